/** A paper before it is drawn: which template, filled with what. Plain data, so rooms make it and edges draw it. */

/** What goes into a template: JSON, nothing else. Money and dates come as words already. */
export type PaperValue =
  string | number | boolean | null | readonly PaperValue[] | { readonly [key: string]: PaperValue };

export interface Paper {
  /** The template below `src/`, such as `domains/services/papers/receipt.typ`. */
  readonly template: string;
  /** Title of the document as readers of the file see it. */
  readonly title: string;
  readonly data: { readonly [key: string]: PaperValue };
  /** Texts drawn as QR codes, by the name under which the template places them. */
  readonly codes?: { readonly [name: string]: string };
  /** How much of a code may be lost (see `qrSvg`); M unless told. */
  readonly correction?: 'M' | 'Q';
  /** The instant of issue; it becomes the file's creation date, so the same paper gives the same bytes. */
  readonly issuedAt: Date;
  /** Whether the file is kept for years (PDF/A-2b); slips that are printed and thrown away need not. */
  readonly archival?: boolean;
  /** False leaves out the tags by which screen readers follow a file: in a table of a thousand rows they outweigh it tenfold. */
  readonly tagged?: boolean;
}
