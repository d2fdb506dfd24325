/** The higher level's address, and one call to it. */
import { z } from 'zod';
import type { CommuneRef, Installation } from '#kernel/context';
import type { Report } from './report.queries.ts';

const PATIENCE_MS = 20_000;
const Address = z.strictObject({ url: z.url({ protocol: /^https?$/ }), key: z.string().min(1) });
const Settings = z.strictObject({
  default: Address.optional(),
  communes: z.record(z.string(), Address).default({}),
});
export type Address = z.infer<typeof Address>;

/** Where a commune's reports go: its own address, else the installation's. @throws Error naming the setting at fault */
export function addressOf(
  installation: Installation,
  { slug }: Pick<CommuneRef, 'slug'>,
): Address | undefined {
  const { reports } = (installation.settings('criteria') ?? {}) as { reports?: unknown };
  const read = Settings.safeParse(reports ?? {});
  if (!read.success)
    throw new Error(`Report settings: ${read.error.issues.map(({ path }) => path.join('.')).join('; ')}`);
  return read.data.communes[slug] ?? read.data.default;
}

export type Answer = { taken: boolean; again: boolean; words: string };

/** Posts the frozen text as it is, with its hash; a repeat of the same report is known by its id. Never throws. */
export async function handOver({ url, key }: Address, { id, body, digest }: Report): Promise<Answer> {
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        'idempotency-key': id,
        'x-content-sha256': digest,
      },
      body,
    });
    const taken = status >= 200 && status < 300;
    return { taken, again: status >= 500 || status === 429, words: String(status) };
  } catch (thrown) {
    const { code } = ((thrown as Error).cause ?? {}) as { code?: string };
    return { taken: false, again: true, words: code ?? (thrown as Error).name };
  }
}
