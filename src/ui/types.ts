import type { IconName } from './icons.ts';

/** How a thing stands. Always shown by an icon and a word as well as by colour. */
export type Tone = 'ok' | 'info' | 'warn' | 'bad';

/** A link whose words are already in the reader's language. */
export type Link = { href: string; label: string };

/** An entry of a navigation: `current` marks the page that is open, or the room that it stands in. */
export type NavItem = Link & { icon?: IconName; current?: boolean; count?: string };

/** Entries of the staff rail under one heading. */
export type NavGroup = { label: string; items: NavItem[] };

/** A GET form of one text box, such as "tìm thủ tục". */
export type SearchBox = {
  action: string;
  name: string;
  label: string;
  button: string;
  /** An example of what can be typed. */
  placeholder?: string;
  value?: string;
};

/** The large-text switch: a form that posts to `action`; works without JavaScript. */
export type TextSwitch = { action: string; back: string; large: boolean; label: string };

/** One line of a footer or a contact box. */
export type Contact = { icon: IconName; label: string; value: string; href?: string };

/** Over the name ("Ủy ban nhân dân xã") and the name itself; `place` is what it belongs to. */
export type Office = { kicker: string; name: string; place?: string; home: string };

/** The page in the other language, written in that language. */
export type Language = Link & { lang: string };

/** Whoever works at the desk. */
export type SignedIn = {
  name: string;
  role: string;
  menu: NavItem[];
  signOut?: { action: string; label: string };
};

/** The ground under every public page. */
export type Footer = {
  hoursTitle: string;
  hours: string[];
  contactTitle: string;
  contacts: Contact[];
  linksTitle: string;
  links: Link[];
  fine: string[];
};

/** A column of a DataTable. `sort` makes its head a link that sorts. */
export type Column = {
  key: string;
  label: string;
  /** Figures stand at the right, in even digits. */
  numeric?: boolean;
  /** The column that names the row: the title of the card on a phone. */
  main?: boolean;
  /** The head is read aloud but not shown (a column of buttons or of check boxes). */
  labelHidden?: boolean;
  sort?: { href: string; direction?: 'ascending' | 'descending' };
};

/** One entry of a case's timeline. `next` has not happened yet. */
export type TimelineEntry = {
  title: string;
  /** Already formatted, such as `05/06/2023 14:30`. */
  when?: string;
  /** For machines: ISO 8601. */
  datetime?: string;
  who?: string;
  note?: string;
  /** What it came from, such as the dossier; without an address for those who may not open it. */
  link?: { href: string | null; label: string } | null;
  state: 'done' | 'now' | 'next' | 'stopped';
};

/** A value of a chart: `display` is what people read, `value` only sets the length. */
export type Datum = { label: string; value: number; display: string; href?: string };

/** How one cell of a chart is drawn: ticked, striped, empty, dashed for what is not known, crossed out. */
export type CellMark = 'full' | 'half' | 'empty' | 'asked' | 'none';
