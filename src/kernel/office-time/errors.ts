import { AppError } from '../errors.ts';

/** What a question about office time can be refused for; the code is `kernel.office_time.<reason>`. */
export type OfficeTimeReason =
  /** Not an instant, or before 1976 or after 2399. */
  | 'bad_instant'
  /** Zero, negative, not whole (days), finer than a minute (hours), or more than ten years. */
  | 'bad_amount'
  | 'bad_unit'
  /** Not `HH:MM`. */
  | 'bad_cutoff'
  /** A pause that ends before it begins. */
  | 'bad_pause'
  /** An entry that is no date or has no kind. */
  | 'bad_calendar'
  /** One date both off and worked. */
  | 'conflicting_days'
  /** Hours that overlap, run backwards, or leave no working day in the week. */
  | 'bad_hours'
  /** Not one working day within the next two years. */
  | 'no_working_day';

/** Thrown for nonsense input; the edge answers 422 with the code, `params.detail` is the offending value. */
export class OfficeTimeError extends AppError {
  constructor(reason: OfficeTimeReason, detail: string) {
    super(`kernel.office_time.${reason}`, 422, { detail: detail.slice(0, 100) });
    this.name = 'OfficeTimeError';
  }
}
