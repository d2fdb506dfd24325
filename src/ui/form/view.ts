/** A form's page as it is drawn: everything worded, nothing left to decide. */

/** What every question has. `id` is the place that the error summary leads to. */
type Question = {
  /** The name under which the answer is sent. */
  name: string;
  id: string;
  label: string;
  help?: string | undefined;
  /** Said after the label of a question that may stay empty. */
  optional?: string | undefined;
  /** A word on where the answer comes from, or on what was not checked. */
  note?: string | undefined;
  error?: string | undefined;
  required: boolean;
};

export type ChoiceOption = { value: string; label: string; help?: string | undefined; checked: boolean };

/** A file that was taken in already. */
export type KeptFile = {
  id: string;
  name: string;
  size: string;
  href?: string | undefined;
  removeLabel: string;
};

export type FieldView =
  | (Question & {
      kind: 'line';
      type: 'text' | 'date' | 'time' | 'tel' | 'email';
      inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | undefined;
      autocomplete?: string | undefined;
      value: string;
      /** How long the answer usually is, for the width of the box. */
      size?: 'short' | 'middle' | undefined;
      unit?: string | undefined;
      min?: string | undefined;
      max?: string | undefined;
      suggestions?: readonly string[] | undefined;
    })
  | (Question & { kind: 'text'; value: string; rows: number })
  | (Question & { kind: 'one' | 'several'; options: ChoiceOption[] })
  | (Question & { kind: 'list'; options: ChoiceOption[]; none: string })
  | (Question & { kind: 'agree'; checked: boolean })
  | (Question & { kind: 'files'; accept: string; multiple: boolean; rules: string; files: KeptFile[] });

/** Questions under one heading; without a title they stand directly on the page. */
export type SectionView = {
  id: string;
  title?: string | undefined;
  /** The page says the same already: the title is read aloud only. */
  titleHidden?: boolean;
  help?: string | undefined;
  fields: FieldView[];
};

export type PageView = {
  title: string;
  help?: string | undefined;
  sections: SectionView[];
  /** Sent along: the keys of the questions that the page showed. */
  shown: { name: string; keys: string[] };
  errorsTitle: string;
  errors: { href: string; label: string }[];
  /** Whether the page sends files, which needs another way of posting. */
  files: boolean;
};
