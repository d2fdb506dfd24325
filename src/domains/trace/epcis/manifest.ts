/** What the events bring to the room's manifest. */
import type { Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { EPCIS_ERRANDS, EPCIS_JOBS } from './jobs.ts';

/** Who records events for the commune; producers do it by a key of their own. */
const WRITERS: readonly Role[] = ['clerk', 'specialist', 'leader'];
const READERS: readonly Role[] = [...WRITERS, 'auditor'];

export const EPCIS = {
  rights: {
    'trace.event.capture': { roles: WRITERS, producers: true, system: true },
    'trace.capture.read': { roles: READERS, producers: true, system: true, audit: 'none' },
    // Strangers see what is public of what is public; the query decides.
    'trace.event.read': { people: 'everybody', audit: 'none' },
    'trace.event.read_all': { roles: READERS, system: true, audit: 'none' },
    'trace.query.use': { roles: READERS, producers: true, system: true, audit: 'none' },
    'trace.query.keep': { roles: WRITERS, producers: true, system: true },
    'trace.query.subscribe': { roles: WRITERS, producers: true, system: true },
    'trace.query.deliver': { system: true, audit: 'none' },
  },
  jobs: EPCIS_JOBS,
  errands: EPCIS_ERRANDS,
  schedule: [{ cron: '* * * * *', job: 'trace.epcis.due' }],
} satisfies Partial<Manifest>;
