import type { Manifest } from '#kernel/manifest';
import { EPCIS } from './epcis/manifest.ts';
import { LOG } from './log/manifest.ts';
import { LOTS } from './lot/manifest.ts';
import { PORTAL } from './portal/manifest.ts';

export const trace: Manifest = {
  name: 'trace',
  rights: { ...EPCIS.rights, ...LOG.rights, ...LOTS.rights, ...PORTAL.rights },
  jobs: { ...EPCIS.jobs, ...LOG.jobs, ...LOTS.jobs, ...PORTAL.jobs },
  listeners: LOTS.listeners,
  navigation: LOTS.navigation,
  measures: LOTS.measures,
  errands: { ...EPCIS.errands, ...PORTAL.errands },
  schedule: [...EPCIS.schedule, ...LOG.schedule, ...LOTS.schedule, ...PORTAL.schedule],
  api: (api) => {
    LOG.api(api);
    LOTS.api(api);
  },
};
