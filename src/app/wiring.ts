/** Puts the rooms' manifests together: rights, listeners, jobs. */
import { DOMAINS } from '../domains.ts';
import type { Installation, Wiring } from '#kernel/context';
import { listenerTask } from '#kernel/events';
import type { ErrandHandler, JobHandler, Manifest } from '#kernel/manifest';
import type { Rule } from '#kernel/rights';

/** @throws Error when two rooms declare the same right, or a right stands outside its room's name */
export function makeWiring(installation: Installation, domains: readonly Manifest[] = DOMAINS): Wiring {
  const policy = new Map<string, Rule>();
  const listeners = new Map<string, string[]>();
  for (const room of domains) {
    for (const [right, rule] of Object.entries(room.rights)) {
      if (!right.startsWith(`${room.name}.`)) throw new Error(`${right} is declared outside its room`);
      policy.set(right, rule);
    }
    for (const event of Object.keys(room.listeners ?? {})) {
      listeners.set(event, [...(listeners.get(event) ?? []), listenerTask(event, room.name)]);
    }
  }
  const holdings = domains.flatMap((room) => room.holdings ?? []);
  const afterClosing = new Set(domains.filter((room) => room.afterClosing).map(({ name }) => name));
  const measures = domains.flatMap((room) => room.measures ?? []);
  const published = domains.flatMap((room) => room.published ?? []);
  return { policy, listeners, holdings, measures, published, afterClosing, installation };
}

/** Whose task it is: `services.deadline.warn` is that of services, `commune.calendar.changed>services` too. */
export function roomOfTask(name: string): string {
  return name.split('>')[1] ?? name.split('.')[0]!;
}

/** Every task the queue may hold → its handler. */
export function taskHandlers(domains: readonly Manifest[] = DOMAINS): Map<string, JobHandler> {
  const handlers = new Map<string, JobHandler>();
  for (const room of domains) {
    for (const [job, handler] of Object.entries(room.jobs ?? {})) handlers.set(job, handler);
    for (const [event, handler] of Object.entries(room.listeners ?? {}))
      handlers.set(listenerTask(event, room.name), handler);
  }
  return handlers;
}

/** Every task that works outside a transaction → its handler. */
export function errandHandlers(domains: readonly Manifest[] = DOMAINS): Map<string, ErrandHandler> {
  return new Map(domains.flatMap((room) => Object.entries(room.errands ?? {})));
}
