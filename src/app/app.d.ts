import type { Actor, CommuneRef, Locale } from '#kernel/context';
import type { RunInCommune } from '#kernel/manifest';

declare global {
  namespace App {
    interface Locals {
      commune: CommuneRef;
      actor: Actor;
      locale: Locale;
      requestId: string;
      /** Runs a verb or query in one transaction of this request's commune, as this request's actor. */
      run: RunInCommune;
    }
    interface Error {
      message: string;
      code?: string;
      requestId?: string;
    }
  }
}
