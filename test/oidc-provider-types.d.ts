/** The little of oidc-provider that the tests use; the package brings no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  type Claims = Record<string, unknown>;
  type Account = { accountId: string; claims: () => Promise<Claims> };

  export default class Provider {
    constructor(
      issuer: string,
      settings: {
        clients: Record<string, unknown>[];
        pkce: { required: () => boolean };
        claims: Record<string, string[]>;
        scopes: string[];
        findAccount: (context: unknown, sub: string) => Promise<Account>;
        features: { devInteractions: { enabled: boolean } };
        interactions: { url: (context: unknown, interaction: { uid: string }) => string };
        cookies: { keys: string[] };
        ttl: Record<string, number>;
      },
    );
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{
      prompt: { name: string };
      params: Record<string, unknown>;
      session?: { accountId: string };
    }>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: Record<string, unknown>,
    ): Promise<void>;
    Grant: new (grant: { accountId: string; clientId: string }) => {
      addOIDCScope: (scope: string) => void;
      save: () => Promise<string>;
    };
  }
}
