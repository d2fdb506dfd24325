/** Which kinds of leaves can be shown, and where they are read. */
import { publishedProfiles, wholeRecords } from './events.ts';
import { lotRecords } from './lots.ts';
import type { LeafSources } from './source.ts';

export const LEAF_SOURCES: LeafSources = {
  epcis_event: publishedProfiles,
  epcis_record: wholeRecords,
  lot: lotRecords,
};
