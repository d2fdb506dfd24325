/** The portal's part of the room's manifest. */
import type { ErrandHandler, Manifest } from '#kernel/manifest';
import type { Role } from '#kernel/rights';
import { nextForPortal, notePortalAnswer, PORTAL_ERRAND, queueForPortal } from './portal.actions.ts';
import { putToPortal } from './send.ts';

const WRITERS: readonly Role[] = ['clerk', 'specialist', 'leader'];

/** Outside any transaction: the portal may take its time. */
const tell: ErrandHandler = async ({ run }, { lot }) => {
  const id = String(lot);
  const telling = await run((ctx) => nextForPortal(ctx, id));
  if (!telling) return;
  const answer = await putToPortal(telling);
  await run((ctx) => notePortalAnswer(ctx, id, answer));
};

export const PORTAL = {
  rights: {
    'trace.portal.queue': { system: true, audit: 'none' },
    'trace.portal.see': { roles: [...WRITERS, 'auditor'], audit: 'none' },
    'trace.portal.send': { roles: WRITERS },
  },
  jobs: { 'trace.portal.queue': async (ctx) => void (await queueForPortal(ctx)) },
  errands: { [PORTAL_ERRAND]: tell },
  schedule: [{ cron: '*/15 * * * *', job: 'trace.portal.queue' }],
} as const satisfies Partial<Manifest>;
