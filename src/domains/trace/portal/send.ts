/** Telling the portal of a lot: the same address and body however often, so that nothing is told twice. */
import { readAnswer, type Answer } from './portal.ts';

const PATIENCE_MS = 15_000;
/** Of an answer no more is read. */
const MOST_BYTES = 20_000;

export type Telling = { url: string; token: string; body: string };

/** Never throws: what was not answered is asked again. */
export async function putToPortal({ url, token, body }: Telling): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return readAnswer(response.status, await beginningOf(response));
  } catch (thrown) {
    return { state: 'again', reference: null, text: String((thrown as Error).cause ?? thrown).slice(0, 200) };
  }
}

async function beginningOf(response: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.length > MOST_BYTES) break;
  }
  return text.slice(0, MOST_BYTES);
}
