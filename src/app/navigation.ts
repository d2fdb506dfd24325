/** The rooms' entries that a person may open, for the staff rail and the menus. */
import { localizeHref } from '#i18n/runtime';
import { grantsOf, type Actor, type Locale } from '#kernel/context';
import type { Manifest, NavItem } from '#kernel/manifest';
import type { Policy, Rule } from '#kernel/rights';
import { icons, type IconName } from '#ui/icons.ts';
import type { NavItem as Entry } from '#ui/types.ts';

/** Every room's entries, in the order of the rooms. */
export function navigationOf(domains: readonly Manifest[]): readonly NavItem[] {
  return domains.flatMap((room) => room.navigation ?? []);
}

/**
 * Whether the entry is any use to this person. Wider than `may`: a grant for one hamlet opens the page too,
 * which then shows that hamlet's things only; the page's own verbs decide.
 */
function opens(rule: Rule | undefined, actor: Actor): boolean {
  if (!rule) return false;
  if (rule.people === 'everybody') return true;
  if (rule.people !== undefined && actor.kind === 'person') return true;
  const roles: readonly string[] = rule.roles ?? [];
  return grantsOf(actor).some((grant) => roles.includes(grant.role));
}

function isIcon(name: string | undefined): name is IconName {
  return name !== undefined && name in icons;
}

/** The entries of one place that the actor may open, worded and addressed for the reader. */
export function entriesFor(
  items: readonly NavItem[],
  place: NavItem['place'],
  reader: { actor: Actor; policy: Policy; locale: Locale },
): Entry[] {
  return items
    .filter((item) => item.place === place && opens(reader.policy.get(item.right), reader.actor))
    .map((item) => ({
      href: localizeHref(item.href, { locale: reader.locale }),
      label: item.label(reader.locale),
      icon: isIcon(item.icon) ? item.icon : undefined,
    }));
}
