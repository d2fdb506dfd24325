import type { Manifest } from '#kernel/manifest';
import { LOG } from './log/manifest.ts';

export const trace: Manifest = {
  name: 'trace',
  rights: { ...LOG.rights },
  jobs: { ...LOG.jobs },
  schedule: [...LOG.schedule],
  api: (api) => {
    LOG.api(api);
  },
};
