import type { Manifest } from '#kernel/manifest';
import { documentRights } from './document/moves.ts';
import { warnOfDocuments } from './document/warn.actions.ts';
import { STAFF_NAVIGATION } from './navigation.ts';

const DESK = ['clerk', 'specialist', 'leader', 'police', 'admin'] as const;
const REGISTRARS = ['clerk', 'specialist', 'admin'] as const;

export const office: Manifest = {
  name: 'office',
  navigation: STAFF_NAVIGATION,
  jobs: {
    'office.document.warn': async (ctx) => void (await warnOfDocuments(ctx)),
  },
  schedule: [{ cron: '5,35 * * * *', job: 'office.document.warn' }],
  rights: {
    'office.file.add': { roles: DESK, people: 'signed_in', audit: 'none' },
    'office.file.list': { roles: [...DESK, 'auditor'], audit: 'none' },
    'office.file.open': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.document.list': { roles: [...DESK, 'auditor'], system: true, audit: 'none' },
    'office.document.view': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.document.export': { roles: DESK, audit: 'seen' },
    'office.document.read_book': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.document.register': { roles: REGISTRARS },
    'office.document.draft': { roles: DESK },
    'office.document.warn': { system: true },
    ...documentRights(),
  },
};
