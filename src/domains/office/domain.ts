import type { Manifest } from '#kernel/manifest';
import { hearOfficialLeft } from './agenda/feed.actions.ts';
import { officeApi } from './api.ts';
import { CHECK, runCheck } from './archive/archive.actions.ts';
import { documentRights } from './document/moves.ts';
import { warnOfDocuments } from './document/warn.actions.ts';
import { MEASURES } from './figures.ts';
import { STAFF_NAVIGATION } from './navigation.ts';
import { taskRights } from './task/moves.ts';
import { warnOfTasks } from './task/warn.actions.ts';
import { HOLDINGS } from './holdings.ts';
import { hearCalendarChange, RECOMPUTE, recomputeDocuments, recomputeTasks } from './recompute.actions.ts';

const DESK = ['clerk', 'specialist', 'leader', 'police', 'admin'] as const;
const REGISTRARS = ['clerk', 'specialist', 'admin'] as const;

export const office: Manifest = {
  name: 'office',
  api: officeApi,
  holdings: HOLDINGS,
  navigation: STAFF_NAVIGATION,
  measures: MEASURES,
  listeners: {
    'registry.official.left': hearOfficialLeft,
    'commune.calendar.changed': hearCalendarChange,
  },
  jobs: {
    [CHECK]: runCheck,
    [RECOMPUTE.document]: recomputeDocuments,
    [RECOMPUTE.task]: recomputeTasks,
    'office.document.warn': async (ctx) => void (await warnOfDocuments(ctx)),
    'office.task.warn': async (ctx) => void (await warnOfTasks(ctx)),
  },
  schedule: [
    { cron: '5,35 * * * *', job: 'office.document.warn' },
    { cron: '10,40 * * * *', job: 'office.task.warn' },
  ],
  rights: {
    'office.form.open': { roles: DESK, audit: 'none' },
    'office.file.add': { roles: DESK, people: 'signed_in', audit: 'none' },
    'office.file.list': { roles: [...DESK, 'auditor'], people: 'owner', audit: 'none' },
    'office.file.open': { roles: [...DESK, 'auditor'], people: 'owner', audit: 'seen' },
    'office.document.list': { roles: [...DESK, 'auditor'], system: true, audit: 'none' },
    'office.document.view': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.document.export': { roles: DESK, audit: 'seen' },
    'office.document.read_book': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.document.register': { roles: REGISTRARS },
    'office.document.draft': { roles: DESK },
    'office.limit.recompute': { system: true, audit: 'none' },
    'office.document.warn': { system: true },
    ...documentRights(),
    // The head of a hamlet has the tasks that he works on.
    'office.task.list': { roles: [...DESK, 'auditor', 'hamlet_head'], system: true, audit: 'none' },
    'office.task.view': { roles: [...DESK, 'auditor'], people: 'owner', audit: 'seen' },
    'office.task.export': { roles: DESK, audit: 'seen' },
    'office.task.give': { roles: DESK },
    'office.task.warn': { system: true },
    ...taskRights(),
    'office.entry.list': { roles: [...DESK, 'auditor'], audit: 'none' },
    'office.entry.see_public': { people: 'everybody', audit: 'none' },
    'office.entry.edit': { roles: ['leader', ...REGISTRARS] },
    'office.feed.open': { roles: DESK },
    // The secret address is the proof.
    'office.feed.read': { people: 'everybody', audit: 'none' },
    'office.publication.list': { roles: [...DESK, 'auditor'], audit: 'none' },
    'office.publication.see': { people: 'everybody', audit: 'none' },
    'office.publication.edit': { roles: REGISTRARS },
    'office.publication.export': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.archive.list': { roles: [...DESK, 'auditor'], audit: 'none' },
    'office.archive.edit': { roles: ['leader', ...REGISTRARS] },
    'office.archive.scan': { roles: REGISTRARS },
    'office.archive.check': { system: true, audit: 'none' },
    'office.archive.index': { roles: REGISTRARS },
    'office.archive.export': { roles: DESK, audit: 'seen' },
    'office.archive.view_item': { roles: [...DESK, 'auditor'], audit: 'seen' },
    'office.archive.view_closed': { roles: ['leader', 'admin'], audit: 'seen' },
    'office.figures.see': { roles: [...DESK, 'auditor'], system: true, audit: 'none' },
    'office.feed.clear': { system: true },
  },
};
