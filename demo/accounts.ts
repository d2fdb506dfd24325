/**
 * Sign-ins of the demo's officials: published passwords and one published authenticator secret. Accounts made
 * here are marked demo and are refused wherever a real commune exists.
 */
import { grantRole } from '#domain/identity';
import { linkOfficial } from '#domain/registry';
import { runAs, type Runtime } from '#app/runtime';
import type { Actor } from '#kernel/context';
import { ensureStaffUser } from '../src/domains/identity/auth/accounts.ts';
import { DEMO_PASSWORD, DEMO_TOTP_SECRET } from '../src/domains/identity/auth/demo.ts';
import type { DemoCommune, DemoOfficial } from './communes.ts';

/** A demo official who can act: the account, and the actor that the history is entered as. */
export type DemoPerson = DemoOfficial & { email: string; actor: Actor };

/** The e-mail under which a demo official signs in, `mot-cua-1@tuc-tranh.demo`. */
export function demoEmail(key: string, slug: string): string {
  return `${key}@${slug}.demo`;
}

/** The one hamlet official with a sign-in, so that the demo shows what a hamlet's head sees. */
const KHE_COC = 'truong-xom-khe-coc';

/** Gives every official with a role an account, its grants and the link to the directory. */
export async function buildAccounts(runtime: Runtime, demo: DemoCommune): Promise<DemoPerson[]> {
  const { commune } = demo;
  const people: DemoPerson[] = [];
  for (const official of demo.officials.filter(
    ({ key, grants, hamletId }) => grants.length > 0 && (hamletId === null || key === KHE_COC),
  )) {
    const email = demoEmail(official.key, commune.slug);
    const userId = await ensureStaffUser(runtime.auth, {
      email,
      name: official.name,
      password: DEMO_PASSWORD,
      totpSecret: DEMO_TOTP_SECRET,
      homeCommune: commune.id,
      demo: true,
    });
    await runAs(runtime, { commune, actor: { kind: 'system', name: 'demo' }, silent: true }, async (ctx) => {
      await linkOfficial(ctx, official.officialId, userId);
      for (const { role, hamletId } of official.grants) await grantRole(ctx, { userId, role, hamletId });
    });
    const actor: Actor = {
      kind: 'person',
      userId,
      name: official.name,
      phone: null,
      residentId: null,
      grants: official.grants,
    };
    people.push({ ...official, email, actor });
  }
  return people;
}

/** The sign-in of the organic group's technician: no role, only the diaries of its members. */
export async function buildTechnician(runtime: Runtime, { commune }: DemoCommune): Promise<Actor> {
  const name = 'Ma Thị Kỹ Thuật (DEMO)';
  const userId = await ensureStaffUser(runtime.auth, {
    email: demoEmail('ky-thuat-1', commune.slug),
    name,
    password: DEMO_PASSWORD,
    totpSecret: DEMO_TOTP_SECRET,
    homeCommune: commune.id,
    demo: true,
  });
  return { kind: 'person', userId, name, phone: null, residentId: null, grants: [] };
}
