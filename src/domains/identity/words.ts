/** Roles and rights in plain words. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/context';
import type { Role } from '#kernel/rights';

const ROLE_NAMES: Record<Role, (inputs: Record<string, never>, options: { locale: Locale }) => string> = {
  admin: m.identity_role_admin,
  leader: m.identity_role_leader,
  clerk: m.identity_role_clerk,
  specialist: m.identity_role_specialist,
  police: m.identity_role_police,
  hamlet_head: m.identity_role_hamlet_head,
  digital_team: m.identity_role_digital_team,
  auditor: m.identity_role_auditor,
};

export function roleName(role: Role, locale: Locale): string {
  return ROLE_NAMES[role]({}, { locale });
}

type Message = (inputs: Record<string, never>, options: { locale: Locale }) => string;

/** A right as a sentence (`services.dossier.view` → message `services_right_dossier_view`); its code where nobody wrote one. */
export function rightWords(right: string, locale: Locale): string {
  return message(right.replace('.', '_right_').replaceAll('.', '_'), locale) ?? right;
}

/** The name of a room (message `<room>_room`), or its code. */
export function roomWords(room: string, locale: Locale): string {
  return message(`${room}_room`, locale) ?? room;
}

function message(key: string, locale: Locale): string | undefined {
  return (m as unknown as Record<string, Message | undefined>)[key]?.({}, { locale });
}
