import type { Manifest } from '#kernel/manifest';
import { EPCIS } from './epcis/manifest.ts';
import { LOG } from './log/manifest.ts';

export const trace: Manifest = {
  name: 'trace',
  rights: { ...EPCIS.rights, ...LOG.rights },
  jobs: { ...EPCIS.jobs, ...LOG.jobs },
  errands: EPCIS.errands,
  schedule: [...EPCIS.schedule, ...LOG.schedule],
  api: (api) => {
    LOG.api(api);
  },
};
