/** A real identity provider (the npm package oidc-provider) on this machine, and a browser that walks through it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import Provider from 'oidc-provider';

export type Person = { sub: string; name: string; national_id: string };

export type LocalProvider = {
  issuer: string;
  discoveryUrl: string;
  /** Who signs in there next; null refuses. */
  person: Person | null;
  /** The requests for a code that came in, as the provider saw them. */
  asked: URLSearchParams[];
  stop: () => Promise<void>;
};

/** @param redirectUri where the provider may send people back to */
export async function startProvider(redirectUri: string): Promise<LocalProvider> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  const issuer = `http://127.0.0.1:${port}`;
  const local: LocalProvider = {
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    person: null,
    asked: [],
    stop: () => stop(server),
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'xa-so',
        client_secret: 'a client secret of tests',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name', 'national_id'] },
    scopes: ['openid', 'profile'],
    findAccount: async (_context, sub) => ({
      accountId: sub,
      claims: async () => ({ ...local.person, sub }),
    }),
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    cookies: { keys: ['keys of tests'] },
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
  });
  const callback = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname === '/auth') local.asked.push(url.searchParams);
    if (url.pathname.startsWith('/interaction/')) void interact(provider, local, request, response);
    else void callback(request, response);
  });
  return local;
}

/** Signs in and consents without asking: the tests are not about the provider's own pages. */
async function interact(
  provider: Provider,
  local: LocalProvider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (!local.person) {
    const refusal = { error: 'access_denied', error_description: 'The person said no' };
    return provider.interactionFinished(request, response, refusal);
  }
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: local.person.sub } });
  }
  const grant = new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) });
  grant.addOIDCScope('openid profile');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

/** Walks the provider's redirects until they leave it. @returns the address it sends back to */
export async function walk(local: LocalProvider, start: string): Promise<URL> {
  const jar = new Map<string, string>();
  let url = start;
  for (let hop = 0; hop < 10; hop += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';', 1)[0]!.split('=', 2) as [string, string];
      jar.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
    url = new URL(next, url).href;
    if (!url.startsWith(local.issuer)) return new URL(url);
  }
  throw new Error('The provider sent us in circles');
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
