/** Asks the pages' bundle for what it renders for strangers without Kit; everything else goes to Kit. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SESSION_COOKIE } from '../domains/identity/auth/cookies.ts';
import type { Runtime } from './runtime.ts';
import type { Answered } from './stranger-pages.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Kit stays in charge whenever somebody is signed in, sends something, or anything is out of the ordinary. */
export function strangersFirst(runtime: Runtime, pages: Handler): Handler {
  return async (request, response) => {
    const page = await answerFor(runtime, request);
    if (!page) return pages(request, response);
    const { status, html, headers } = page;
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(html) }).end(html);
  };
}

/** @returns the rendered page, or null when the request is Kit's */
async function answerFor(runtime: Runtime, request: IncomingMessage): Promise<Answered | null> {
  const { strangerPages, communes } = runtime;
  const { headers, method, url: asked = '/' } = request;
  const cookies = headers.cookie ?? '';
  if (method !== 'GET' || !strangerPages?.rendersFor(asked.split('?', 1)[0]!)) return null;
  if (cookies.includes(SESSION_COOKIE)) return null;
  const commune = await communes.byHost(headers.host);
  if (!commune) return null;
  return strangerPages.answer(commune, {
    url: new URL(asked, 'http://stranger'),
    address: String(headers['x-real-ip'] ?? ''),
    requestId: String(headers['x-request-id'] ?? ''),
    large: cookies.includes('xa_text=large'),
  });
}
