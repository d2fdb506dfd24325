/** Short forms of the office: what is asked, and what a refused form shows again. */

/** What a refused form shows again. */
export type Refused = {
  /** Which form of the page. */
  form: string;
  /** The refusal as a whole. */
  message: string;
  /** What is wrong with single fields, by name. */
  fields: Record<string, string>;
  typed: Record<string, string>;
};

type Option = { value: string; label: string };

/** One question; `value` is what stands in it at first. */
export type Question = {
  name: string;
  label: string;
  help?: string | undefined;
  /** May stay empty. */
  optional?: boolean;
  value?: string | null | undefined;
} & (
  | {
      kind: 'line';
      type?: 'text' | 'date' | 'time' | 'tel' | 'email';
      size?: 'short' | 'middle';
      autocomplete?: string;
    }
  | { kind: 'text'; rows?: number }
  | { kind: 'list' | 'one'; options: readonly Option[] }
  /** `value` holds the ticked ones, parted by commas. */
  | { kind: 'several'; options: readonly Option[] }
  /** Sent as `yes` when ticked. */
  | { kind: 'agree' }
  | { kind: 'files'; accept: string; multiple?: boolean; rules: string }
);
