/** The demo commune Tức Tranh and a small neighbour, built through the verbs, never by inserting into tables. */
import type { Runtime } from '#app/runtime';
import { buildCommunes } from './communes.ts';

/** Fills an installation that has no commune yet; otherwise does nothing. */
export async function ensureDemo(runtime: Runtime, say: (step: string) => void): Promise<void> {
  if ((await runtime.communes.all()).length > 0) return;
  const now = new Date();
  say('Nạp xã mẫu Tức Tranh và xã bên (loading the demo communes) …');
  await buildCommunes(runtime, now);
}
