import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { changeEntry, loadEntry, undoEntry } from '../../../diary/edge.entry.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const found = await loadEntry(event);
  const list = { href: localizeHref('/farming/staff/diary'), label: m.farming_diaries() };
  return { ...found, crumbs: [list, { href: event.url.pathname, label: found.entry.kind }] };
};

export const actions: Actions = {
  change: (event) => changeEntry(event, localizeHref('/farming/staff/diary')),
  undo: (event) => undoEntry(event, localizeHref('/farming/staff/diary')),
};
