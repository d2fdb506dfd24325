/** What runs by the clock: the rooms' own schedules, and the installation's few. Patterns are in the commune's time. */
import { parseCronItem, parseCronItems, type CronMatcher, type ParsedCronItem } from 'graphile-worker';
import { DOMAINS } from '../domains.ts';
import { OFFSET_MS } from '#kernel/time';

/** The installation's own: audit heads and the public logs' shortly after the day has ended; files that no row names, after the rooms' own sweeps. */
export const INSTALLATION_CLOCK = [
  { cron: '5 0 * * *', job: 'installation.audit_heads' },
  { cron: '10 0 * * *', job: 'installation.log_anchors' },
  { cron: '50 3 * * *', job: 'installation.files' },
] as const;

/** Jobs of the rooms that run once for every commune. */
export function roomSchedule(): { cron: string; job: string }[] {
  return DOMAINS.flatMap((room) => room.schedule ?? []);
}

/** All schedules for the worker, its hours told in the commune’s time; what was missed while it stood still is not made up for. */
export function cronItems(): ParsedCronItem[] {
  return parseCronItems(
    [...roomSchedule(), ...INSTALLATION_CLOCK].map(({ cron, job }) => ({
      task: `clock:${job}`,
      match: inLocalTime(cron),
      identifier: job,
      options: { backfillPeriod: 0 },
    })),
  );
}

/** The queue asks in UTC; a commune's "23:50" is Viet Nam's, the whole year seven hours ahead. */
export function inLocalTime(pattern: string): CronMatcher {
  const { match } = parseCronItem({ task: 'any', match: pattern });
  return ({ min, hour, date, month }) => {
    const utc = Date.UTC(new Date().getUTCFullYear(), month - 1, date, hour, min);
    const local = new Date(utc + OFFSET_MS);
    return match({
      min: local.getUTCMinutes(),
      hour: local.getUTCHours(),
      date: local.getUTCDate(),
      month: local.getUTCMonth() + 1,
      dow: local.getUTCDay(),
    });
  };
}
