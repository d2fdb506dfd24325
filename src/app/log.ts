/** The log: JSON lines for machines, short lines on a terminal; ids and codes, never personal data. */
import pino, { type Logger } from 'pino';
import { OFFSET_MS } from '#kernel/time';

/** @param readable a terminal is watching: one short line per event */
export function createLog(level: string, readable: boolean): Logger {
  const options = { level, base: undefined, serializers: { err: withoutData } };
  return readable
    ? pino(options, { write: (line) => void process.stdout.write(shortLine(line)) })
    : pino(options);
}

const MARKS: Record<number, string> = { 40: '! ', 50: '✗ ', 60: '✗ ' };

/** One event as a person reads it; exported for its test. */
export function shortLine(json: string): string {
  const { level, time, msg, err, reqId, ...rest } = JSON.parse(json) as Record<string, unknown> & {
    level: number;
    time: number;
  };
  const clock = new Date(time + OFFSET_MS).toISOString().slice(11, 19);
  const facts = Object.entries(rest).map(
    ([key, value]) => `${key}=${typeof value === 'object' ? JSON.stringify(value) : value}`,
  );
  const id = reqId ? ` [${String(reqId).slice(0, 8)}]` : '';
  const stack = err ? `\n${(err as { stack?: string }).stack ?? JSON.stringify(err)}` : '';
  return `${clock} ${MARKS[level] ?? ''}${[msg, ...facts].filter(Boolean).join(' ')}${id}${stack}\n`;
}

/**
 * What of an error may be kept. PostgreSQL repeats the row at fault in `detail` and quotes the input in
 * messages about data (class 22, 23): those stay out, the names of table and constraint stay in.
 */
export function withoutData(thrown: unknown): Record<string, unknown> {
  if (!(thrown instanceof Error)) return { type: typeof thrown };
  const { code, severity, table, column, constraint, routine } = thrown as Error & Record<string, unknown>;
  const ofData = severity !== undefined && /^2[23]/.test(String(code));
  const message = ofData ? thrown.message.replace(/"[^"]*"/g, '"…"') : thrown.message;
  const stack = thrown.stack?.replace(thrown.message, message);
  const known = { type: thrown.name, message, stack, code, table, column, constraint, routine };
  const cause = thrown.cause === undefined ? {} : { cause: withoutData(thrown.cause) };
  return {
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
    ...cause,
  };
}
