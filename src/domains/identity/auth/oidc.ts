/**
 * Identity providers by configuration (VNeID, Thái Nguyên ID …): a JSON file that only its owner may read,
 * because it holds client secrets. No file, no buttons.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';

const OidcProvider = z.strictObject({
  /** Part of the address that the provider sends people back to. */
  id: z.string().regex(/^(?!link$|callback$)[a-z][a-z0-9-]{1,30}$/),
  name: Bilingual,
  /** The provider's `.well-known/openid-configuration`. */
  discoveryUrl: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
  scopes: z.array(z.string()).default(['openid', 'profile']),
  /** The claim that holds the 12-digit personal number; without it the provider opens no register. */
  nationalIdClaim: z.string().optional(),
  nameClaim: z.string().default('name'),
  /** Whether a sign-in there proves two factors, and so opens the staff pages. */
  secondFactor: z.boolean().default(false),
});
export type OidcProvider = z.infer<typeof OidcProvider>;

/** What a provider says of a person, as far as it matters here. */
export type Claims = { provider: string; nationalId: string | null; name: string };

/**
 * Reads the providers' file. @returns none when there is no file
 * @throws Error when others may read the file, or naming what is wrong in it
 */
export function readProviders(file: string): OidcProvider[] {
  if (!existsSync(file)) return [];
  if ((statSync(file).mode & 0o077) !== 0) throw new Error(`${file} may be read by others: chmod 600 it.`);
  const read = z.array(OidcProvider).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`${file}: ${z.prettifyError(read.error)}`);
  const ids = read.data.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw new Error(`${file}: two providers have the same id`);
  return read.data;
}

/** A provider in the form better-auth takes; `tell` hears the claims of whoever arrives. */
export function providerSettings(provider: OidcProvider, tell: (claims: Claims) => void) {
  return {
    providerId: provider.id,
    discoveryUrl: provider.discoveryUrl,
    requireIdTokenVerification: true,
    clientId: provider.clientId,
    clientSecret: provider.clientSecret,
    scopes: provider.scopes,
    pkce: true,
    mapProfileToUser: (profile: Record<string, unknown>) => {
      const claims = claimsOf(provider, profile);
      tell(claims);
      // Never the provider's e-mail: two people must not become one because an address is the same.
      const subject = createHash('sha256')
        .update(`${provider.id}\0${String(profile.sub)}`)
        .digest('hex');
      return {
        name: claims.name,
        email: `${subject.slice(0, 32)}@${provider.id}.invalid`,
        emailVerified: true,
        image: undefined,
      };
    },
  };
}

function claimsOf(provider: OidcProvider, profile: Record<string, unknown>): Claims {
  const text = (claim: string | undefined) => {
    const value = claim === undefined ? undefined : profile[claim];
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  };
  const nationalId = text(provider.nationalIdClaim);
  return {
    provider: provider.id,
    nationalId: /^\d{12}$/.test(nationalId) ? nationalId : null,
    name: text(provider.nameClaim),
  };
}
