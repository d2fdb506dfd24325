/** Which kinds of leaves can be shown, and where they are read. */
import type { LeafSources } from './source.ts';

export const LEAF_SOURCES: LeafSources = {};
