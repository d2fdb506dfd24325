/** Communes that became part of another one, asked by whoever asks their successor. */
import type { CommuneRef, Ctx } from '#kernel/context';
import type { Earlier } from '#kernel/manifest';
import { runAs, type Caller, type Runtime } from './runtime.ts';

/**
 * What became part of a commune, also by several mergers, newest first. Read as a stranger whoever asks: rights in
 * the successor are none in a predecessor here.
 */
export async function earlierOf(
  runtime: Pick<Runtime, 'handle' | 'wiring' | 'communes'>,
  { commune, locale, requestId, now }: Omit<Caller, 'actor'>,
): Promise<Earlier[]> {
  const all = await runtime.communes.all();
  return predecessorsIn(all, commune).map((one) => ({
    name: one.name,
    run: <T>(work: (ctx: Ctx) => Promise<T>) =>
      runAs(
        runtime,
        {
          commune: one,
          actor: { kind: 'anonymous' },
          ...(locale && { locale }),
          ...(requestId && { requestId }),
          ...(now && { now }),
        },
        work,
      ),
  }));
}

function predecessorsIn(all: readonly CommuneRef[], commune: CommuneRef): CommuneRef[] {
  const direct = all.filter(({ closure }) => closure?.successor.id === commune.id);
  return [...direct, ...direct.flatMap((one) => predecessorsIn(all, one))];
}
