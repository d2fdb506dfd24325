/** Who answers for an act by name. Pure. */
import type { Actor } from '#kernel/context';

export function nameOfActor(actor: Actor): string {
  return actor.kind === 'anonymous' ? '' : actor.name;
}
