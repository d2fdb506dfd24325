/** Asks the pages' bundle for what it renders for strangers without Kit; everything else goes to Kit. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SESSION_COOKIE } from '../domains/identity/auth/cookies.ts';
import type { Runtime } from './runtime.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Kit stays in charge whenever somebody is signed in, sends something, or anything is out of the ordinary. */
export function strangersFirst(runtime: Runtime, pages: Handler): Handler {
  return async (request, response) => {
    const { strangerPages, communes } = runtime;
    const url = new URL(request.url ?? '/', 'http://stranger');
    const { headers, method } = request;
    const cookies = headers.cookie ?? '';
    if (!strangerPages?.rendersFor(url.pathname) || method !== 'GET' || cookies.includes(SESSION_COOKIE))
      return pages(request, response);
    const commune = await communes.byHost(headers.host);
    if (!commune) return pages(request, response);
    const {
      status,
      html,
      headers: kept,
    } = await strangerPages.answer(commune, {
      url,
      address: String(headers['x-real-ip'] ?? ''),
      requestId: String(headers['x-request-id'] ?? ''),
      large: cookies.includes('xa_text=large'),
    });
    response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(html) }).end(html);
  };
}
