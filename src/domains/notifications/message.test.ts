import { expect, it } from 'vitest';
import { assertMove } from './message.ts';

it.each([
  ['sent', 'queued'],
  ['sent', 'failed'],
  ['failed', 'sent'],
  ['queued', 'sent'],
] as const)('no delivery goes from %s to %s', (from, to) => {
  expect(() => assertMove(from, to)).toThrow(`from ${from} to ${to}`);
});
