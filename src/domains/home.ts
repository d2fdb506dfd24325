import type { ComponentProps } from 'svelte';
import type MeasureTile from '#ui/MeasureTile.svelte';

/** What the commune's home page shows, worded for the reader; the page's load puts it together from the rooms. */
export type Home = {
  /** Procedures that were filed most; `facts` such as "Trong ngày · Không mất phí". */
  popular: { href: string; title: string; facts?: string }[];
  today: {
    open: boolean;
    /** "Đến 17:00. Sáng mai mở lúc 07:30." */
    line: string;
    /** `phone` in +84 form; `zalo` a full address. */
    onDuty: { name: string; role: string; phone?: string; zalo?: string }[];
  };
  /** Tiles of measures; each opens the records that it counted. */
  figures: Omit<ComponentProps<typeof MeasureTile>, 'none'>[];
  news: { href: string; title: string; date: { label: string; iso: string } }[];
};

/** Before the rooms have anything to show. */
export const EMPTY_HOME: Home = {
  popular: [],
  today: { open: false, line: '', onDuty: [] },
  figures: [],
  news: [],
};
