/**
 * The way to the national traceability portal, or to any other system that takes the minimum data (NĐ 37/2026/NĐ-CP
 * art. 23.5). Its interface is not published: this one is ours (catalog/portal.json, not verified), off unless the
 * operator sets an address.
 */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import type { CommuneRef, Installation } from '#kernel/context';
import data from '../catalog/portal.json' with { type: 'json' };

export const PORTAL_SOURCE = z.strictObject({ source: Bilingual, verified: z.boolean() }).parse(data);

export const PORTAL_STATES = ['waiting', 'sent', 'acknowledged', 'refused'] as const;
export type PortalState = (typeof PORTAL_STATES)[number];

const Portal = z.strictObject({
  /** `{code}` stands for the lot's code. https; http to this machine alone, for trying. */
  url: z.string().refine(isSafe),
  /** Sent as `authorization: Bearer …`. */
  token: z.string().min(1),
});
const Settings = z.strictObject({ communes: z.record(z.string(), Portal).default({}) });
export type Portal = z.output<typeof Portal>;

function isSafe(url: string): boolean {
  if (!URL.canParse(url) || !url.includes('{code}')) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && hostname === '127.0.0.1');
}

/** The portal of a commune; null while none is set. @throws Error naming the setting, never its value */
export function portalOf(installation: Installation, { slug }: Pick<CommuneRef, 'slug'>): Portal | null {
  const read = Settings.safeParse(installation.settings('trace') ?? {});
  if (!read.success)
    throw new Error(`Portal settings: ${read.error.issues.map(({ path }) => path.join('.')).join('; ')}`);
  return read.data.communes[slug] ?? null;
}

/** What a portal said. `again`: nothing that tells yes or no; it is asked again later. */
export type Answer = {
  state: Exclude<PortalState, 'waiting'> | 'again';
  reference: string | null;
  text: string | null;
};

const LONGEST = 300;
const Said = z.object({ reference: z.string().max(100).optional(), message: z.string().optional() });

/** @param body of the answer, JSON or not */
export function readAnswer(status: number, body: string): Answer {
  let said: z.output<typeof Said> = {};
  try {
    said = Said.parse(JSON.parse(body));
  } catch {
    // Whatever else was said is kept as it is.
    said = { message: body };
  }
  const text = [String(status), said.message?.trim().slice(0, LONGEST)].filter(Boolean).join(': ');
  return { state: stateOf(status), reference: said.reference ?? null, text: status < 300 ? null : text };
}

function stateOf(status: number): Answer['state'] {
  if (status === 202) return 'sent';
  if (status >= 200 && status < 300) return 'acknowledged';
  // Too early, too many, no right: the same lot may well be taken later.
  if (status >= 400 && status < 500 && ![401, 403, 408, 425, 429].includes(status)) return 'refused';
  return 'again';
}
