import type { Actor, CommuneRef, Locale } from '#kernel/context';
import type { RunInCommune } from '#kernel/manifest';
import type { Link } from '#ui/types.ts';

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
    interface PageData {
      /** Where a staff page stands, from its room to itself; shown over the page. */
      crumbs?: Link[];
    }
    interface Error {
      message: string;
      code?: string;
      requestId?: string;
    }
  }
}
