/** The public log's part of the room's manifest. */
import type { Manifest } from '#kernel/manifest';
import { logApi } from './api.ts';
import { SEQUENCE_JOB } from './append.ts';
import { sequenceSome } from './jobs.ts';

export const LOG = {
  rights: {
    'trace.log.see': { people: 'everybody', audit: 'none' },
    'trace.log.sequence': { system: true, audit: 'none' },
    'trace.log.anchor': { system: true, audit: 'none' },
    'trace.log.check': { system: true, audit: 'done' },
    'trace.log.rotate': { system: true, audit: 'done' },
    'trace.log.forget': { roles: ['admin'], system: true, audit: 'done' },
  },
  jobs: { [SEQUENCE_JOB]: sequenceSome },
  schedule: [{ cron: '* * * * *', job: SEQUENCE_JOB }],
  api: logApi,
} as const satisfies Omit<Manifest, 'name'>;
