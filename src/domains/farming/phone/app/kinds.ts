import type { EntryKind } from '../../diary/entry.ts';

/** What is done most comes first. */
export const ENTRY_KINDS: readonly EntryKind[] = ['pick', 'spray', 'fertilise', 'care', 'irrigate', 'other'];
