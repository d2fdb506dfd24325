import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { setUpCommune, type CommuneSetUp, type MergerPlanInput } from '#domain/commune';
import { importCatalogue } from '#domain/services';
import type { CommuneRef } from '#kernel/context';
import { loadCatalog } from '../../domains/services/catalog.ts';
import type { Command } from '../cli.ts';
import { createCommune } from '../communes.ts';
import { mergeByOperator } from '../merge-report.ts';
import { join } from '../prepare.ts';
import { runAs, type Runtime } from '../runtime.ts';

export const OPERATOR = { kind: 'system', name: 'operator' } as const;

/** @throws Error that names the communes there are */
export async function communeNamed(runtime: Runtime, slug: string | undefined): Promise<CommuneRef> {
  const all = await runtime.communes.all();
  const found = all.find((commune) => commune.slug === slug);
  if (found) return found;
  const slugs = all.map((commune) => commune.slug).join(', ') || '(none)';
  throw new Error(`--commune is one of: ${slugs}`);
}

/** The file of a new commune; `setUp` is checked by the verb. An example stands in docs/operations.md. */
const Place = z.object({
  slug: z.string().regex(/^[a-z0-9-]{2,40}$/),
  name: z.string().trim().min(1),
  hosts: z.array(z.string().regex(/^(?:\*|[a-z0-9.-]+)$/)).min(1),
  agencyCode: z.string().regex(/^[A-Z0-9.]+$/),
  setUp: z.custom<CommuneSetUp>((value) => typeof value === 'object' && value !== null),
});

/** Lists the communes of this installation, adds a real one from a file, or merges some into a new one. */
export const commune: Command = async (args, config, closers) => {
  const options = { confirm: { type: 'string' }, 'accept-open-work': { type: 'boolean' } } as const;
  const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
  const [what, file] = positionals;
  if (what === 'merge' && file) {
    const runtime = await join(config, 'xa commune merge', closers);
    const plan = JSON.parse(readFileSync(file, 'utf8')) as MergerPlanInput;
    const given = { confirm: values.confirm, acceptOpenWork: values['accept-open-work'] ?? false };
    return mergeByOperator(runtime, plan, given);
  }
  if (what !== 'list' && (what !== 'add' || !file))
    throw new Error('npm run xa -- commune list | commune add FILE | commune merge FILE');
  const place = what === 'add' ? Place.parse(JSON.parse(readFileSync(file!, 'utf8'))) : null;
  const runtime = await join(config, 'xa commune', closers);
  if (place) {
    const { setUp, ...about } = place;
    const made = await createCommune(runtime.urls.owner, { ...about, demo: false });
    runtime.communes.forget();
    const { procedures, forms } = loadCatalog();
    const catalogue = { procedures, forms: forms.flatMap(({ versions }) => versions) };
    await runAs(runtime, { commune: made, actor: OPERATOR }, async (ctx) => {
      await setUpCommune(ctx, setUp);
      await importCatalogue(ctx, catalogue);
    });
    console.log(
      `${made.name} is set up. Its first administrator: npm run xa -- admin --commune ${made.slug} …`,
    );
    return 0;
  }
  for (const { slug, name, agencyCode, demo } of await runtime.communes.all())
    console.log([slug, name, agencyCode, demo ? 'demo' : ''].filter(Boolean).join('\t'));
  return 0;
};
