import type { Actor, CommuneRef, Locale } from '#kernel/context';
import type { FileStore } from '#kernel/files/store';
import type { Earlier, RunInCommune } from '#kernel/manifest';
import type { Link } from '#ui/types.ts';
import type { Auth } from '../domains/identity/auth.server.ts';
import type { Session, SignedIn } from '../domains/identity/signed-in.ts';

declare global {
  namespace App {
    interface Locals {
      commune: CommuneRef;
      actor: Actor;
      /** The session behind the actor; null for strangers. */
      session: Session | null;
      /** Signing in and out; only the identity room's pages use it. */
      auth: Auth;
      /** Runs work as the door itself, for what is written down before anybody is signed in. */
      runAsDoor: RunInCommune;
      /** Who holds a session that has just begun. */
      whoHolds: (token: string) => Promise<SignedIn | null>;
      /** The bytes of files; which of them somebody may see is asked of the rows first. */
      files: FileStore;
      locale: Locale;
      requestId: string;
      /** Set by a page that shows itself although what was asked for is not there, or was asked too often. */
      status?: 404 | 429;
      /** Runs a verb or query in one transaction of this request's commune, as this request's actor. */
      run: RunInCommune;
      /** The communes that became part of this one, read as a stranger. */
      earlier: () => Promise<Earlier[]>;
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
