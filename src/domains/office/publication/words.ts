/** Words for publications. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import type { Label } from '../words.ts';
import { CHANNELS, ITEMS } from './items.ts';
import type { GroupState, PublicationState } from './publication.ts';

export function publicationLabel(state: PublicationState): Label {
  switch (state) {
    case 'overdue':
      return { tone: 'bad', label: m.office_publication_state_overdue() };
    case 'waiting':
      return { tone: 'warn', icon: 'clock', label: m.office_publication_state_waiting() };
    case 'planned':
      return { tone: 'info', icon: 'calendar', label: m.office_publication_state_planned() };
    case 'showing':
      return { tone: 'ok', icon: 'eye', label: m.office_publication_state_showing() };
    case 'too_short':
      return { tone: 'bad', label: m.office_publication_state_too_short() };
    case 'ended':
      return { tone: 'ok', label: m.office_publication_state_ended() };
    case 'withdrawn':
      return { tone: 'info', icon: 'close', label: m.office_publication_state_withdrawn() };
  }
}

export function groupLabel(state: GroupState): Label {
  switch (state) {
    case 'done':
      return { tone: 'ok', label: m.office_publication_group_done() };
    case 'behind':
      return { tone: 'bad', label: m.office_publication_group_behind() };
    case 'missing':
      return { tone: 'warn', label: m.office_publication_group_missing() };
    case 'no_cause':
      return { tone: 'info', icon: 'info', label: m.office_publication_group_no_cause() };
  }
}

export function itemOptions(locale: Locale): { value: string; label: string }[] {
  return ITEMS.map(({ code, number, name }) => ({ value: code, label: `${number}. ${name[locale]}` }));
}

export function channelOptions(locale: Locale): { value: string; label: string }[] {
  return CHANNELS.map(({ code, name }) => ({ value: code, label: name[locale] }));
}

export function channelWords(codes: readonly string[], locale: Locale): string {
  return CHANNELS.filter(({ code }) => codes.includes(code))
    .map(({ name }) => name[locale])
    .join(', ');
}
