/** The questions about a publication. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import type { Question } from '#ui/form/short-form.ts';
import type { Publication } from './publication.ts';
import { channelOptions, itemOptions } from './words.ts';

type Option = { value: string; label: string };

/** @param known the entry that is changed */
export function publicationQuestions(
  locale: Locale,
  officials: readonly Option[],
  known?: Partial<Publication>,
): Question[] {
  return [
    {
      kind: 'list',
      name: 'item',
      label: m.office_publication_item(),
      options: itemOptions(locale),
      value: known?.item,
    },
    { kind: 'line', name: 'title', label: m.office_publication_title(), value: known?.title },
    day(
      'decidedOn',
      m.office_publication_decided_on(),
      m.office_publication_decided_help(),
      known?.decidedOn,
    ),
    {
      kind: 'several',
      name: 'channels',
      label: m.office_publication_channels(),
      options: channelOptions(locale),
      value: known?.channels?.join(','),
    },
    day('from', m.office_publication_from(), m.office_publication_from_help(), known?.from, true),
    day('to', m.office_publication_to(), m.office_publication_to_help(), known?.to, true),
    {
      kind: 'line',
      name: 'place',
      label: m.office_publication_place(),
      optional: true,
      value: known?.place,
    },
    { kind: 'line', name: 'link', label: m.office_publication_link(), optional: true, value: known?.link },
    ...careQuestions(officials, known),
  ];
}

function careQuestions(officials: readonly Option[], known?: Partial<Publication>): Question[] {
  return [
    {
      kind: 'list',
      name: 'officialId',
      label: m.office_publication_official(),
      options: officials,
      optional: true,
      value: known?.officialId,
    },
    { kind: 'text', name: 'note', label: m.office_note(), rows: 2, optional: true, value: known?.note },
  ];
}

function day(
  name: string,
  label: string,
  help: string,
  value: string | null | undefined,
  optional = false,
): Question {
  return { kind: 'line', type: 'date', name, label, help, optional, value };
}

/** What was typed, as the verbs take it. */
export function publicationInput(typed: Readonly<Record<string, string>>) {
  return { ...typed, channels: typed.channels ? typed.channels.split(',') : [] } as never;
}
