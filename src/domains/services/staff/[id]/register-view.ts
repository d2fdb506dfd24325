/** What the dossier changed in the commune's register, for the page of the dossier. */
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { vitalOfSource } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { may } from '#kernel/rights';

/** The event with its links for those who may open the register; nothing where the register was not told. */
export async function registerView(ctx: Ctx, id: string) {
  if (!may(ctx, 'registry.vital.link')) return null;
  const vital = await vitalOfSource(ctx, { kind: 'dossier', id });
  if (!vital) return null;
  const links = [
    vital.residentId !== null && may(ctx, 'registry.resident.view')
      ? { href: localizeHref(`/registry/staff/${vital.residentId}`), label: m.services_register_person() }
      : null,
    vital.householdId !== null && may(ctx, 'registry.household.view')
      ? {
          href: localizeHref(`/registry/staff/households/${vital.householdId}`),
          label: m.services_register_household(),
        }
      : null,
    vital.state === 'open' && may(ctx, 'registry.vital.see')
      ? { href: localizeHref('/registry/staff/vital'), label: m.services_register_open_list() }
      : null,
  ].filter((one) => one !== null);
  return { words: WORDS[vital.kind][vital.state](), links };
}

const WORDS = {
  birth: {
    recorded: m.services_register_birth,
    open: m.services_register_birth_open,
    closed: m.services_register_closed,
  },
  death: {
    recorded: m.services_register_death,
    open: m.services_register_death_open,
    closed: m.services_register_closed,
  },
};
