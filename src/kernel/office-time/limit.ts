/** What a procedure says about its time, and when the clock stood still. */

/**
 * The unit in which a procedure's version gives its limit.
 * - `working_days`: day 0 is the day of reception, counting begins the next day (Civil Code 91/2015 art. 147.2);
 *   the limit ends at closing time of the last working day.
 * - `calendar_days`: every day counts; a last day on which nobody works is replaced by the next working day
 *   (Civil Code art. 148.5).
 * - `working_hours`: time inside office hours only. `hours`: time by the clock, nights included.
 * - `same_day`: closing time of day 0, or of the next working day when that is already past or no working day.
 */
export type LimitUnit = 'working_days' | 'working_hours' | 'hours' | 'calendar_days' | 'same_day';
export const LIMIT_UNITS: readonly LimitUnit[] = [
  'working_days',
  'working_hours',
  'hours',
  'calendar_days',
  'same_day',
];

/** A limit as a procedure gives it. Days are whole; hours may be parts down to the minute; `same_day` has no amount. */
export interface Limit {
  readonly unit: LimitUnit;
  readonly amount?: number | undefined;
}

/**
 * A time during which the clock stood still: waiting for payment or stopped (states 6 and 8 of the national
 * list; a supplement, state 5, does not pause but restarts the limit from zero, NĐ 61/2018 art. 19.4).
 * In limits counted in days the day on which it begins still counts and the day on which it ends does not:
 * that one is the new day 0.
 */
export interface Pause {
  readonly from: Date;
  readonly until: Date;
}
