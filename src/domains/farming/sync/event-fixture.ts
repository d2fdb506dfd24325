/** A request as the endpoints see it, for tests. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#kernel/context';
import type { FileStore } from '#kernel/files/store';
import type { diaryStage } from '../diary/stage-fixture.ts';

const ORIGIN = 'http://localhost:3000';

export type Ask = {
  actor?: Actor;
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit;
  params?: object;
};
type Place = { actor: Actor; files: FileStore; as: Awaited<ReturnType<typeof diaryStage>>['as'] };

export function eventOf(
  { actor, files, as, method = 'GET', headers = {}, body, params = {} }: Ask & Place,
  path: string,
): RequestEvent {
  const reads = method === 'GET' || method === 'HEAD';
  const url = new URL(path, ORIGIN);
  const all = reads ? headers : { origin: ORIGIN, ...headers };
  return {
    url,
    params,
    request: new Request(url, { method, headers: all, ...(body !== undefined && { body }) }),
    locals: { actor, locale: 'vi', files, run: (work: never) => as(actor, work) },
  } as unknown as RequestEvent;
}
