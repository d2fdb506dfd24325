/** For tests of deliveries: the simulators, an errand with a clock of the test's own, and what became of messages. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { runAs } from '#app/runtime';
import { makeWiring } from '#app/wiring';
import type { CommuneRef, Installation } from '#kernel/context';
import type { Errand } from '#kernel/manifest';
import { startMailServer, type MailServer } from '#test/simulators/smtp';
import { startSmsGateway, type SmsGateway } from '#test/simulators/sms-gateway';
import { startZns, type ZnsSimulator } from '#test/simulators/zns';
import { system, testInstallation, type World } from '#test/world';
import { notify, type Notice } from './index.ts';
import { deliver } from './jobs.ts';

const NOON = new Date('2026-03-10T05:00:00Z');
export const later = (ms: number, from = NOON) => new Date(from.getTime() + ms);

export const filed = (more: Partial<Notice> = {}): Notice => ({
  event: 'services.dossier.filed',
  to: { phone: '+84912345678' },
  params: {
    name: 'Nguyễn Văn An',
    code: 'H55.242-260310-0001',
    filed_at: NOON,
    tracking_code: 'FH23-4567',
    procedure: 'Đăng ký khai sinh',
    link: '/tra-cuu',
  },
  key: crypto.randomUUID(),
  ...more,
});

type DeliveryRow = {
  id: string;
  channel: string;
  state: string;
  attempts: number;
  error_code: string | null;
  error_text: string | null;
  provider_id: string | null;
  not_before: Date;
};

export type Outside = {
  sms: SmsGateway;
  mail: MailServer;
  zns: ZnsSimulator;
  /** The time of the next transaction, also the simulators'. */
  now: Date;
  /** As in an installation with these channels; Zalo always belongs to the commune itself. */
  errand: (channels: Channels, commune?: CommuneRef) => Errand;
  deliveriesOf: (message: string | null) => Promise<DeliveryRow[]>;
  /** Tells, and makes the first attempt. */
  told: (at: Errand, notice: Notice) => Promise<string | null>;
  /** One attempt at everything that waits. */
  attempt: (at: Errand, message: string | null) => Promise<void>;
};
type Channels = { sms?: unknown; email?: unknown; zns?: unknown };

/** Starts the simulators for the calling test file; every test begins at noon with nothing sent. */
export function useOutside(world: World): Outside {
  const outside = { now: NOON } as Outside;
  beforeAll(async () => {
    const [sms, mail, zns] = await Promise.all([startSmsGateway(), startMailServer(), startZns()]);
    Object.assign(outside, { sms, mail, zns });
  });
  afterAll(() => Promise.all([outside.sms?.stop(), outside.mail?.stop(), outside.zns?.stop()]));
  beforeEach(() => {
    const { sms, mail, zns } = outside;
    outside.now = NOON;
    zns.now = () => outside.now;
    zns.strangers.clear();
    for (const list of [sms.taken, mail.taken, zns.taken, sms.mishaps, mail.mishaps, zns.mishaps])
      list.length = 0;
  });
  outside.errand = (channels, commune = world.commune) => {
    const installation = installationWith(channels);
    const wiring = makeWiring(installation);
    const { handle } = world;
    return {
      commune,
      installation,
      run: (work) => runAs({ handle, wiring }, { commune, actor: system, now: outside.now }, work),
    };
  };
  outside.deliveriesOf = async (message) => {
    const { rows } = await world.owner.query(
      'select * from notifications_delivery where message_id = $1 order by id',
      [message],
    );
    return rows as DeliveryRow[];
  };
  outside.told = async (at, notice) => {
    const { id } = await at.run((ctx) => notify(ctx, notice));
    await outside.attempt(at, id);
    return id;
  };
  outside.attempt = async (at, message) => {
    for (const { id, state } of await outside.deliveriesOf(message)) {
      if (state === 'queued' || state === 'held') await deliver(at, { delivery: id });
    }
  };
  return outside;
}

function installationWith({ zns, ...shared }: Channels): Installation {
  const communes = zns ? { 'tuc-tranh': { zns } } : {};
  return testInstallation({ notifications: { default: shared, communes } });
}
