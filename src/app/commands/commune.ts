/** What commands about one commune share. */
import type { CommuneRef } from '#kernel/context';
import type { Runtime } from '../runtime.ts';

export const OPERATOR = { kind: 'system', name: 'operator' } as const;

/** @throws Error that names the communes there are */
export async function communeNamed(runtime: Runtime, slug: string | undefined): Promise<CommuneRef> {
  const all = await runtime.communes.all();
  const found = all.find((commune) => commune.slug === slug);
  if (found) return found;
  const slugs = all.map((commune) => commune.slug).join(', ') || '(none)';
  throw new Error(`--commune is one of: ${slugs}`);
}
