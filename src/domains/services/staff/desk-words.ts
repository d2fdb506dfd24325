/** Words of the officials' pages for what the desk's lists and forms choose from. */
import type { Purpose } from '#domain/registry';
import { m } from '#i18n/messages';
import type { Channel } from '../dossier/dossier.ts';
import type { QueueSort, QueueView } from '../queue/queue.queries.ts';

export const VIEW_WORDS: Record<QueueView, () => string> = {
  mine: m.services_view_mine,
  unassigned: m.services_view_unassigned,
  open: m.services_view_open,
  late: m.services_view_late,
  due_soon: m.services_view_due_soon,
  done: m.services_view_done,
  all: m.services_view_all,
};

export const CHANNEL_WORDS: Record<Channel, () => string> = {
  online: m.services_channel_online,
  helper: m.services_channel_helper,
  counter: m.services_channel_counter,
};

export const SORT_WORDS: Record<QueueSort, () => string> = {
  due: m.services_sort_due,
  filed: m.services_sort_filed,
  filed_up: m.services_sort_filed_up,
  code: m.services_sort_code,
};

export const WAY_WORDS = {
  counter: m.services_way_counter,
  electronic: m.services_way_electronic,
  post: m.services_way_post,
} as const;

/** Why a person's data is opened. */
export const PURPOSE_WORDS: Record<Purpose, () => string> = {
  dossier: m.registry_purpose_dossier,
  own_request: m.registry_purpose_own_request,
  correction: m.registry_purpose_correction,
  inspection: m.registry_purpose_inspection,
  visit: m.registry_purpose_visit,
};
