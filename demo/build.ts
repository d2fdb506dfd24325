/** The demo commune Tức Tranh and a small neighbour, built through the verbs, never by inserting into tables. */
import { createCommune } from '#app/communes';
import type { Runtime } from '#app/runtime';

/** Fills an installation that has no commune yet; otherwise does nothing. */
export async function ensureDemo(runtime: Runtime, say: (step: string) => void): Promise<void> {
  if ((await runtime.communes.all()).length > 0) return;
  say('Nạp xã mẫu Tức Tranh (loading the demo commune) …');
  await createCommune(runtime.urls.owner, {
    slug: 'tuc-tranh',
    name: 'Tức Tranh',
    hosts: ['localhost', '*'],
    agencyCode: 'H55.242',
    demo: true,
  });
  await createCommune(runtime.urls.owner, {
    slug: 'phu-do',
    name: 'Phú Đô',
    hosts: ['phu-do.localhost'],
    agencyCode: 'H55.243',
    demo: true,
  });
  runtime.communes.forget();
}
