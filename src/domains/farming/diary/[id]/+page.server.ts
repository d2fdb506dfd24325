import { localizeHref } from '#i18n/runtime';
import { changeEntry, loadEntry, undoEntry } from '../edge.entry.ts';
import { signInFirst } from '../edge.page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  signInFirst(event);
  return loadEntry(event);
};

export const actions: Actions = {
  change: (event) => changeEntry(event, localizeHref('/farming/diary')),
  undo: (event) => undoEntry(event, localizeHref('/farming/diary')),
};
