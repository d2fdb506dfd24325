/** Publications as pages show them. */
import { localizeHref } from '#i18n/runtime';
import { formatDate, type Locale } from '#kernel/format';
import { itemOf } from './items.ts';
import { PUBLICATION_STATES, type Group, type Publication, type PublicationState } from './publication.ts';
import { channelWords, groupLabel, itemOptions, publicationLabel } from './words.ts';

/** One line of the register. @param late it began later than the law allows */
export function publicationRow(
  one: Publication & { state: PublicationState },
  late: boolean,
  locale: Locale,
) {
  return {
    id: one.id,
    href: localizeHref(`/office/staff/publications/${one.id}`),
    title: one.title,
    group: groupName(one.item, locale),
    channels: channelWords(one.channels, locale),
    decided: formatDate(one.decidedOn, locale),
    span: one.from ? `${formatDate(one.from, locale)} – ${one.to ? formatDate(one.to, locale) : '…'}` : '–',
    late: late && one.from !== null,
    label: publicationLabel(one.state),
    files: one.files,
  };
}

/** `2. Dự toán, quyết toán ngân sách …` */
export function groupName(code: string, locale: Locale): string {
  const { number, name } = itemOf(code);
  return `${number}. ${name[locale]}`;
}

/** One of the fourteen groups. */
export function groupRow({ item, state, published }: Group, year: number, locale: Locale) {
  return {
    code: item.code,
    name: groupName(item.code, locale),
    published,
    label: groupLabel(state),
    href: `?year=${year}&item=${item.code}`,
  };
}

/** The choices of the filters. */
export function publicationOptions(locale: Locale) {
  return {
    items: itemOptions(locale),
    states: PUBLICATION_STATES.map((value) => ({ value, label: publicationLabel(value).label })),
  };
}
