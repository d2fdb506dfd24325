import { listHamlets } from '#domain/commune';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx, Locale } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { formatDate } from '#kernel/format';
import { may, ROLES, type Role } from '#kernel/rights';
import { addDays, parseLocalDate, startOfDay } from '#kernel/time';
import { createApiKey, endApiKey, listApiKeys, type ApiKey } from '../api-key.ts';
import { ensureStaffUser, makeStaffLink, resetSecondFactor } from '../auth/accounts.ts';
import { attempt, readForm } from '../edge.ts';
import { endRole, grantRole } from '../grant.actions.ts';
import { listGrants } from '../grant.queries.ts';
import { grantState, type RoleGrant } from '../grant.ts';
import { listPolicy } from '../policy.queries.ts';
import { allowInvitation, allowRenewal, listStaffAccounts } from '../staff-account.ts';
import { rightWords, roleName, roomWords } from '../words.ts';
import type { Actions, PageServerLoad } from './$types';

const PER_PAGE = 50;
const VIEWS = ['roles', 'accounts', 'keys', 'rights'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const asked = url.searchParams.get('view');
  const view = VIEWS.find((known) => known === asked) ?? 'roles';
  const filter = {
    q: url.searchParams.get('q')?.slice(0, 200) ?? '',
    role: ROLES.find((known) => known === url.searchParams.get('role')),
    over: url.searchParams.get('over') === '1',
  };
  const page = Math.min(Math.max(Math.trunc(Number(url.searchParams.get('page'))) || 1, 1), 1_000);
  const found = await locals.run(async (ctx) => ({
    mayGrant: may(ctx, 'identity.grant.create'),
    mayKeys: may(ctx, 'identity.api_key.read'),
    hamlets: (await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => ({ id, name })),
    ...(await viewOf(ctx, view, { ...filter, offset: (page - 1) * PER_PAGE, limit: PER_PAGE })),
  }));
  const hamletName = new Map(found.hamlets.map(({ id, name }) => [id, name]));
  const now = new Date();
  return {
    view,
    filter,
    page,
    pages: Math.max(1, Math.ceil(found.total / PER_PAGE)),
    total: found.total,
    mayGrant: found.mayGrant,
    mayKeys: found.mayKeys,
    roleNames: ROLES.map((role) => ({ role, name: roleName(role, locale) })),
    hamlets: found.hamlets,
    grants: found.grants.map((grant) => grantLine(grant, hamletName, now, locale)),
    accounts: found.accounts,
    keys: found.keys.map((key) => keyLine(key, now, locale)),
    policy: found.policy.map((line) => ({
      ...line,
      words: rightWords(line.right, locale),
      roomWords: roomWords(line.room, locale),
    })),
    crumbs: [{ href: localizeHref('/identity/staff'), label: m.identity_nav_rights({}, { locale }) }],
  };
};

function grantLine(grant: RoleGrant, hamletName: ReadonlyMap<string, string>, now: Date, locale: Locale) {
  return {
    id: grant.id,
    name: grant.userName,
    role: roleName(grant.role, locale),
    where: grant.hamletId ? (hamletName.get(grant.hamletId) ?? '') : null,
    from: formatDate(grant.validFrom, locale),
    to: lastDay(grant.validTo, locale),
    state: grantState(grant, now),
    ended: grant.endedAt && formatDate(grant.endedAt, locale),
  };
}

function keyLine(key: ApiKey, now: Date, locale: Locale) {
  return {
    id: key.id,
    name: key.name,
    roles: key.roles.map((role) => roleName(role as Role, locale)).join(', '),
    created: formatDate(key.createdAt, locale),
    to: lastDay(key.validTo, locale),
    over: key.endedAt !== null || (key.validTo !== null && key.validTo <= now),
  };
}

/** The last day of a term, which ends before `validTo`. */
function lastDay(validTo: Date | null, locale: Locale): string | null {
  return validTo && formatDate(new Date(validTo.getTime() - 1), locale);
}

/** Only what the open view shows is asked for: every list is written into the audit record. */
async function viewOf(ctx: Ctx, view: (typeof VIEWS)[number], filter: Parameters<typeof listGrants>[1]) {
  const grants = view === 'roles' ? await listGrants(ctx, filter) : { items: [], total: 0 };
  const needsAccounts = view === 'accounts' || (view === 'roles' && may(ctx, 'identity.grant.create'));
  return {
    grants: grants.items,
    total: grants.total,
    accounts: needsAccounts ? await listStaffAccounts(ctx) : [],
    keys: view === 'keys' ? await listApiKeys(ctx) : [],
    policy: view === 'rights' ? listPolicy(ctx) : [],
  };
}

export const actions: Actions = {
  grant: async (event) => {
    const form = await readForm(event, 'user', 'role', 'hamlet', 'from', 'to');
    return attempt({ at: 'grant' as const }, async () => {
      const term = termOf(form.from, form.to);
      const input = { userId: form.user, role: form.role, hamletId: form.hamlet || null, ...term };
      await event.locals.run((ctx) => grantRole(ctx, input));
      return { done: 'granted' as const };
    });
  },

  end: async (event) => {
    const { id } = await readForm(event, 'id');
    return attempt({ at: 'end' as const }, async () => {
      await event.locals.run((ctx) => endRole(ctx, id));
      return { done: 'ended' as const };
    });
  },

  /** Makes a staff account and the one-time link that its owner gets from the administrator. */
  invite: async (event) => {
    const { email, name } = await readForm(event, 'email', 'name');
    const { auth, run, commune } = event.locals;
    return attempt({ at: 'invite' as const, email, name }, async () => {
      await run(async (ctx) => allowInvitation(ctx, { email, name }));
      const userId = await ensureStaffUser(auth, { email, name, homeCommune: commune.id });
      const account = await run((ctx) => allowRenewal(ctx, userId, 'link')).catch(() =>
        refuse('identity.account.elsewhere', 409),
      );
      return { done: 'linked' as const, name: account.name, link: await linkFor(event, userId) };
    });
  },

  /** A new link; with `second_factor` the lost authenticator goes too, and every session ends. */
  renew: async (event) => {
    const { user, what } = await readForm(event, 'user', 'what');
    const { auth, run } = event.locals;
    return attempt({ at: 'renew' as const }, async () => {
      const kind = what === 'second_factor' ? 'second_factor' : 'link';
      const account = await run((ctx) => allowRenewal(ctx, user, kind));
      if (kind === 'second_factor') await resetSecondFactor(auth, user);
      return { done: 'linked' as const, name: account.name, link: await linkFor(event, user) };
    });
  },

  createKey: async (event) => {
    const form = await event.request.formData();
    const roles = form.getAll('roles').map(String);
    return attempt({ at: 'key' as const }, async () => {
      const { validTo } = termOf('', String(form.get('to') ?? ''));
      const input = { name: String(form.get('name') ?? ''), roles, validTo };
      const { key } = await event.locals.run((ctx) => createApiKey(ctx, input));
      return { done: 'key' as const, key };
    });
  },

  endKey: async (event) => {
    const { id } = await readForm(event, 'id');
    return attempt({ at: 'key' as const }, async () => {
      await event.locals.run((ctx) => endApiKey(ctx, id));
      return { done: 'key_ended' as const };
    });
  },
};

/** A term from the first day to the last, both included; no first day means from now on. */
function termOf(from: string, to: string): { validFrom?: Date; validTo: Date | null } {
  const [first, last] = [parseLocalDate(from), parseLocalDate(to)];
  if ((from !== '' && !first) || (to !== '' && !last)) refuse('identity.grant.term', 422);
  return {
    ...(first && { validFrom: startOfDay(first) }),
    validTo: last ? startOfDay(addDays(last, 1)) : null,
  };
}

async function linkFor({ locals, url }: { locals: App.Locals; url: URL }, userId: string): Promise<string> {
  const token = await makeStaffLink(locals.auth, userId);
  return `${url.origin}${localizeHref('/identity/link', { locale: 'vi' })}?token=${token}`;
}
