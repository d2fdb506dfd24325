/** Random lives of dossiers, through the verbs: what figures are tried on. Always the same chances. */
import { appointOfficial } from '#domain/registry';
import { addHamlet } from '#domain/commune';
import { addWork, inspectWork, issueAddress } from '#domain/places';
import {
  answerSlip,
  decideDossier,
  fileAsHelper,
  fileAtCounter,
  fileOnline,
  importCatalogue,
  move,
} from '#domain/services';
import type { Actor, Ctx } from '#kernel/context';
import { addDays, instantAt, localDate } from '#kernel/time';
import { seeded, type Random } from '../demo/random.ts';
import { anOfficial } from '../src/domains/registry/fixtures.ts';
import { CLUB, CLUB_FORM, clubFiling } from '../src/domains/services/fixtures.ts';
import { ProcedureFile } from '../src/domains/services/procedure.ts';
import { citizen, official, system, type World } from './world.ts';

export const FIRST_DAY = localDate('2026-02-02');
export const LAST_DAY = localDate('2026-04-15');

export type Lived = {
  ids: string[];
  officers: string[];
  hamlets: string[];
  procedure: string;
  /** Filed too seldom to be rated by group. */
  rareProcedure: string;
  userOf: (officer: string) => string;
};

const RARE = ProcedureFile.parse({
  code: '9.000002',
  versions: CLUB.versions.map((version) => ({ ...version, code: '9.000002' })),
});

/** As many lives begun between the first day and six weeks later. */
export async function liveRandomly(world: World, count: number): Promise<Lived> {
  const random = seeded(41);
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB, RARE], forms: [CLUB_FORM] }));
  const users = [official('specialist'), official('specialist'), official('leader')];
  const officers = await Promise.all(
    users.map((user, at) =>
      world.as(system, (ctx) =>
        appointOfficial(
          ctx,
          anOfficial({ fullName: `Cán bộ Thứ ${'Nhất Hai Ba'.split(' ')[at]}`, userId: user.userId }),
        ),
      ),
    ),
  );
  const hamlet = (name: string) => world.as(system, (ctx) => addHamlet(ctx, { name }));
  const hamlets = [await hamlet('Khe Cốc'), await hamlet('Tân Thái')];
  await settle(world, random, hamlets);
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const life = new Life(world, random, {
      officers,
      hamlets,
      procedure: at % 23 === 5 ? RARE.code : CLUB.code,
    });
    ids.push(await life.live());
  }
  const userOf = (officer: string) => users[officers.indexOf(officer)]!.userId;
  return {
    ids,
    officers: officers.slice(0, 2),
    hamlets,
    procedure: CLUB.code,
    rareProcedure: RARE.code,
    userOf,
  };
}

/** Houses and public works, some of them below standard. */
async function settle(world: World, random: Random, hamlets: readonly string[]): Promise<void> {
  const kinds = ['road', 'irrigation', 'transformer', 'school', 'hall', 'loudspeaker'] as const;
  const now = instantAt(LAST_DAY, 600);
  for (let at = 0; at < 20; at += 1) {
    await world.as(
      system,
      async (ctx) => {
        const hamletId = random.pick(hamlets);
        const on = addDays(FIRST_DAY, random.int(0, 60));
        const place = `21.72${at + 10}, 105.77${at + 10}`;
        await issueAddress(ctx, { hamletId, number: String(at + 1), place, on });
        const work = { kind: kinds[at % 5]!, name: `Công trình ${at}`, inUseFrom: FIRST_DAY };
        const id = await addWork(ctx, { ...work, hamletId: random.chance(0.2) ? null : hamletId });
        const length = work.kind === 'road' ? { lengthM: 500, hardenedM: random.int(0, 500) } : {};
        const seen = { onDay: on, atStandard: random.chance(0.6), ...length };
        if (random.chance(0.9)) await inspectWork(ctx, id, { condition: 'good', ...seen });
      },
      { now, silent: true },
    );
  }
}

type Place = { officers: string[]; hamlets: string[]; procedure: string };

const staff = official('clerk', 'specialist', 'leader');

/** One dossier, stopped at a random stage, at random times of office days. */
class Life {
  private readonly world: World;
  private readonly random: Random;
  private readonly place: Place;
  private now: Date;
  private id = '';

  constructor(world: World, random: Random, place: Place) {
    this.world = world;
    this.random = random;
    this.place = place;
    this.now = instantAt(addDays(FIRST_DAY, random.int(0, 42)), random.int(480, 900));
  }

  private async do<T>(work: (ctx: Ctx) => Promise<T>, actor: Actor = staff): Promise<T> {
    const done = await this.world.as(actor, work, { now: this.now, silent: true });
    this.now = new Date(this.now.getTime() + this.random.int(1, 60) * 3_600_000);
    return done;
  }

  private act(kind: Parameters<typeof move>[2], data: object): Promise<unknown> {
    return this.do((ctx) => move(ctx, this.id, kind, data as never));
  }

  async live(): Promise<string> {
    const { random } = this;
    await this.file();
    if (random.chance(0.05)) return this.id;
    if (random.chance(0.05)) {
      await this.act('decline', { reason: 'Không thuộc thẩm quyền', legal: 'NĐ 61/2018' });
      return this.id;
    }
    await this.act('receive', {});
    if (random.chance(0.5)) await this.act('digitise', { papers: ['card'] });
    if (random.chance(0.08)) return this.id;
    await this.act('assign', { to: random.pick(this.place.officers.slice(0, 2)) });
    if (random.chance(0.2)) await this.act('hand_over', { to: this.place.officers[1]!, reason: 'Nghỉ phép' });
    if (!(await this.interrupt())) return this.id;
    await this.finish();
    return this.id;
  }

  private async file(): Promise<void> {
    const { random, place } = this;
    const channel = random.pick(['online', 'helper', 'counter'] as const);
    const papers = {
      card: channel === 'counter' ? 'paper' : random.chance(0.1) ? 'paper' : 'electronic',
    } as const;
    const hamletId = random.chance(0.1) ? null : random.pick(place.hamlets);
    const filing = clubFiling({ procedureCode: place.procedure, papers, hamletId });
    const self = citizen();
    const filed = await this.do(
      (ctx) => {
        if (channel === 'counter') return fileAtCounter(ctx, filing);
        return channel === 'online' ? fileOnline(ctx, filing) : fileAsHelper(ctx, filing, self.userId);
      },
      channel === 'counter' ? staff : self,
    );
    this.id = filed.id;
  }

  /** Pauses, extensions, withdrawal. @returns whether the life goes on */
  private async interrupt(): Promise<boolean> {
    const { random } = this;
    if (random.chance(0.3)) {
      await this.act('request_supplement', { papers: ['card'], reason: 'Mờ' });
      if (random.chance(0.2)) return false;
      this.now = new Date(this.now.getTime() + random.int(0, 12) * 86_400_000);
      await this.act('supplement', { papers: ['card'] });
    }
    if (random.chance(0.2)) {
      await this.act('stop', { reason: 'Chờ xác minh', legal: 'NĐ 61/2018' });
      if (random.chance(0.4)) return false;
      await this.act('resume', {});
    }
    if (random.chance(0.2)) await this.act('extend', { reason: 'Ủy viên đi vắng' });
    if (random.chance(0.1)) {
      await this.act('withdraw', {});
      return false;
    }
    if (random.chance(0.2)) this.now = new Date(this.now.getTime() + random.int(3, 12) * 86_400_000);
    return !random.chance(0.1);
  }

  private async finish(): Promise<void> {
    const { random } = this;
    await this.act('advance', { to: this.place.officers[2]! });
    const refused = random.chance(0.25);
    const decided = await this.do((ctx) =>
      decideDossier(ctx, this.id, {
        outcome: refused ? 'refused' : 'granted',
        medium: refused && random.chance(0.5) ? 'electronic' : 'paper',
        signerId: null,
        signerName: 'Chủ tịch',
        attachmentId: null,
        ...(refused ? { reason: 'Không đủ điều kiện', legal: 'NĐ 61/2018' } : {}),
      }),
    );
    if (random.chance(0.8)) {
      const score = () => random.int(0, 2) as 0 | 1 | 2;
      const scores = { time: score(), attitude: score(), result: 2 as const };
      await this.do((ctx) => answerSlip(ctx, decided.slipToken, { scores, comment: null, way: 'link' }));
    }
  }
}
