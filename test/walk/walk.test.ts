/**
 * Whoever asks, every page, file, operation and measure shows only what he may see. Each hamlet, the desk and the
 * neighbouring commune hold one thing of every kind under marker words; the walk asks everything as everybody and looks
 * for the words in the answers. What is added later is walked too: routes come from the file tree, operations from the
 * API's own document, choices from the forms of the pages. A new thing of a hamlet is planted in plant.ts.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { runAs } from '#app/runtime';
import { createApiKey } from '#domain/identity';
import { isAppError } from '#kernel/errors';
import { localDateOf } from '#kernel/time';
import { DOMAINS } from '../../src/domains.ts';
import { official, system } from '../world.ts';
import { mark, marksIn, SEARCH_WORD, type Kind, type Place } from './marks.ts';
import { operationsOf } from './operations.ts';
import { addressOf, ROUTES } from './routes.ts';
import { STAFF_ROLES, useWalk, type Asker } from './stage.ts';
import { inTurns, Walker } from './walker.ts';

const stage = useWalk();
type Seen = { place: Place; kind: Kind };

/** What everybody may read, and why. */
const PUBLIC: Partial<Record<Kind, string>> = {
  work: 'the register of public works is published: name, hamlet and state',
  craft: 'a craft village is recognised by a public decision',
  shown: 'this producer agreed to a public profile; this photograph was marked as public',
  news: 'an announcement',
  tea: 'stands on a pack that was released, or in what buyers are told of a recall',
};
/** What everybody may read at one address. */
const PUBLIC_AT: Partial<Record<Kind, RegExp>> = {
  // Who has the code read it on the plate, at the house; the place itself stays hidden.
  house: /^\/dia-chi\/[0-9A-Z]{4}-[0-9A-Z]{4}$/,
};
/** Where somebody reads again what he asked for himself. */
const OWN_TRIES = /^\/can-bo\/nhat-ky/;

/** Pages that no link of another page leads to; they are asked with every planted id. */
const BY_LETTER: Record<string, string> = {
  '/criteria/staff/reports/[id]/[file]': 'for those who may take it out; held to its own tests of rights',
  '/criteria/staff/snapshots/[id]/bundle': 'for those who may take it out; held to its own tests of rights',
  '/criteria/staff/surveys/[id]': 'the walk has fewer households than a survey asks; held to its own tests',
  '/identity/oidc/[...step]': 'answers to an identity provider',
  '/farming/phone/photo/[entry]/[photo]': 'takes in a photo, answers nothing to read',
  '/farming/phone/sync': 'takes in what a phone wrote',
  '/trace/staff/[id]/labels/[run].pdf': 'for whoever printed them, within the hour',
  '/trace/log/[...path]': 'files of the public log, held to its own tests',
  '/office/feed/[token]': 'the secret address is the proof',
  '/services/rate/[token]': 'the secret of a slip',
  '/services/file/[code]/[draft]': 'opens by the browser’s own key',
  '/services/file/[code]/[draft]/[page]': 'opens by the browser’s own key',
  '/services/file/[code]/[draft]/files/[id]': 'opens by the browser’s own key',
  '/services/mine/[id]/files/[file]': 'a result that was handed out',
  '/services/staff/[id]/slip.pdf': 'of a decided dossier',
  '/services/staff/procedures/[code]/draft': 'of a procedure that is being changed',
  '/services/staff/procedures/[code]/publish': 'of a procedure that is being changed',
};

/** Those who may see little: they ask for everything that anybody came to. */
const PRYING = ['head_a', 'stranger', 'citizen'];
/** Those of another commune: they ask for our things by their ids. */
const FOREIGN = ['foreign', 'foreign_here'];
/** Everything is asked as everybody: minutes where the machine has other work. */
const LONG_MS = 900_000;
let walkers: Record<string, Walker>;
let ids: ReadonlyMap<string, Seen>;

beforeAll(async () => {
  const { askers, ask, planted } = stage;
  ids = new Map(
    Object.values(planted).flatMap(({ place, ids: own }) =>
      [...own].map(([id, kind]) => [id, { place, kind }] as const),
    ),
  );
  const everybody = { ...askers, foreign_here: { ...askers.foreign!, host: askers.stranger!.host } };
  walkers = Object.fromEntries(
    Object.entries(everybody).map(([name, asker]) => [name, new Walker(asker, ask, ids)]),
  );
  const known = new Set<string>();
  for (const [name, walker] of Object.entries(walkers)) {
    if (name !== 'foreign_here') await walker.wander(isStaff(name) ? known : undefined);
    for (const path of walker.heard.keys()) known.add(path);
  }
  const blind = [...planted.b.ids.keys(), ...planted.desk.ids.keys()];
  for (const route of unreached()) for (const id of blind) known.add(addressOf(route, id));
  for (const { pack } of Object.values(planted).filter((one) => one.pack))
    for (const path of [pack, `${addressOf('/trace/feedback')}?lo=${pack}`]) known.add(path);
  for (const name of PRYING) await inTurns([...known], (path) => walkers[name]!.visit(path));
  const byId = [...known].filter((path) => [...ids.keys()].some((id) => path.includes(id)));
  for (const name of FOREIGN) await inTurns(byId, (path) => walkers[name]!.visit(path));
}, LONG_MS);

function isStaff(name: string): boolean {
  return (STAFF_ROLES as readonly string[]).includes(name);
}

function unreached(): string[] {
  const reached = new Set(Object.values(walkers).flatMap((walker) => [...walker.reached]));
  return ROUTES.filter((route) => !reached.has(route));
}

const isPublic = ({ kind }: Seen, path = '') =>
  PUBLIC[kind] !== undefined || (PUBLIC_AT[kind]?.test(path) ?? false);
const of =
  (...places: Place[]) =>
  (one: Seen) =>
    places.includes(one.place);

/** What somebody was told that is not for him. */
function told(name: string, forbidden: (one: Seen) => boolean): string[] {
  const found = [...walkers[name]!.heard].flatMap(([path, { seen, ids: named }]) => [
    ...seen
      .filter((one) => forbidden(one) && !isPublic(one, path))
      .map(({ place, kind }) => `${path}: ${mark(place, kind)}`),
    ...named
      .filter((one) => forbidden(one) && !isPublic(one, path) && !OWN_TRIES.test(path))
      .map(({ place, kind, id }) => `${path}: id ${id} of ${mark(place, kind)}`),
  ]);
  return [...new Set(found)];
}

describe('the pages', () => {
  it('all answer somebody, or are asked with every id', () => {
    // Whoever adds a page plants what it shows (plant.ts), or says here why nobody comes to it.
    expect(unreached().filter((route) => !(route in BY_LETTER))).toEqual([]);
  });

  it('never fail', () => {
    const faults = Object.entries(walkers).flatMap(([name, { heard }]) =>
      [...heard].filter(([, { status }]) => status >= 500).map(([path]) => `${name} ${path}`),
    );
    expect(faults).toEqual([]);
  });

  it('show a hamlet’s head nothing of another hamlet, nor of the desk, nor of the neighbour', () => {
    expect(told('head_a', of('Bexu', 'Cowi', 'Nuvy'))).toEqual([]);
    expect(told('head_b', of('Anbo', 'Cowi', 'Nuvy'))).toEqual([]);
  });

  it('show strangers nothing but what is public', () => {
    expect(told('stranger', of('Anbo', 'Bexu', 'Cowi', 'Nuvy'))).toEqual([]);
  });

  it('show a citizen himself and nobody else', () => {
    const own: readonly Kind[] = ['person', 'lane', 'own'];
    const isOwn = ({ place, kind }: Seen) => place === 'Anbo' && own.includes(kind);
    expect(told('citizen', (one) => !isOwn(one))).toEqual([]);
  });

  it('show one commune nothing of another', () => {
    expect(told('foreign', of('Anbo', 'Bexu', 'Cowi'))).toEqual([]);
    expect(told('foreign_here', of('Anbo', 'Bexu', 'Cowi'))).toEqual([]);
    for (const role of STAFF_ROLES) expect(told(role, of('Nuvy')), role).toEqual([]);
  });

  it('show what was planted to those who may see it', () => {
    const seen = (names: readonly string[], place: Place) =>
      new Set(
        names
          .flatMap((name) => [...walkers[name]!.heard.values()].flatMap((one) => one.seen))
          .filter((one) => one.place === place)
          .map(({ kind }) => kind),
      );
    const hamlet = [
      'person',
      'lane',
      'producer',
      'head',
      'member',
      'paper',
      'house',
      'reason',
      'note',
      'money',
      'seller',
      'buyer',
    ];
    const desk = ['task', 'document', 'entry', 'publication', 'import', 'mandate', 'archive', 'file'];
    for (const place of ['Anbo', 'Bexu'] as const)
      expect([...seen(STAFF_ROLES, place)]).toEqual(
        expect.arrayContaining([...hamlet, 'applicant', 'archive', 'file']),
      );
    expect([...seen(STAFF_ROLES, 'Cowi')]).toEqual(expect.arrayContaining(desk));
    expect([...seen(['head_a'], 'Anbo')]).toEqual(expect.arrayContaining([...hamlet, 'file']));
    expect([...seen(['head_b'], 'Bexu')]).toEqual(expect.arrayContaining([...hamlet, 'file']));
    expect([...seen(['stranger'], 'Anbo')]).toEqual(expect.arrayContaining(['tea', 'shown']));
    expect([...seen(['citizen'], 'Anbo')]).toEqual(expect.arrayContaining(['own']));
  });
});

describe('the API', () => {
  it('tells nobody more than the pages, and takes nothing from those who may not', async () => {
    const { askers, keys, planted, ask } = stage;
    const document = (await ask(askers.stranger!, '/api/v1/openapi.json')).text;
    const measures = DOMAINS.flatMap((room) => room.measures ?? []).map(({ name }) => name);
    const hamlets = [planted.a.hamletId, planted.b.hamletId];
    const parts = [...ids.keys(), ...hamlets];
    const asked = operationsOf(document, { ids: parts, measures, hamlets, search: SEARCH_WORD });
    expect(asked.length).toBeGreaterThan(100);
    const callers: [string, Asker, (one: Seen) => boolean][] = [
      ['stranger', askers.stranger!, of('Anbo', 'Bexu', 'Cowi', 'Nuvy')],
      // A cookie is no key: whoever is signed in on the pages is anybody here.
      ['head_a', askers.head_a!, of('Anbo', 'Bexu', 'Cowi', 'Nuvy')],
      ['foreign', keys.foreign!, of('Anbo', 'Bexu', 'Cowi')],
      ['foreign here', { ...keys.foreign!, host: askers.stranger!.host }, of('Anbo', 'Bexu', 'Cowi')],
      ...STAFF_ROLES.map((role): [string, Asker, typeof isPublic] => [role, keys[role]!, of('Nuvy')]),
    ];
    const wrong: string[] = [];
    for (const [name, asker, forbidden] of callers) {
      const staff = isStaff(name);
      await inTurns(asked, async ({ method, path }) => {
        if (staff && method !== 'GET') return;
        const { status, text } = await ask(asker, path, method);
        const leaked = marksIn(text).filter((one) => forbidden(one) && !isPublic(one));
        const said = leaked.map(({ place, kind }) => mark(place, kind)).join();
        if (said || status >= 500 || (method !== 'GET' && status < 400))
          wrong.push(`${name} ${method} ${path} ${status} ${said}`);
      });
    }
    expect(wrong).toEqual([]);
  });

  it('knows no key of a hamlet’s head', async () => {
    const made = stage.world.as(system, (ctx) =>
      createApiKey(ctx, { name: 'k', roles: ['hamlet_head'], validTo: null }),
    );
    await expect(made).rejects.toMatchObject({ status: 422 });
  });
});

describe('the measures', () => {
  it('open to a hamlet’s head no record of another hamlet, however they are asked', async () => {
    const { a, b } = stage.planted;
    const { runtime, world } = stage;
    const actor = official({ role: 'hamlet_head', hamletId: a.hamletId });
    const scopes = ['commune', 'hamlet:none', ...[a, b].map(({ hamletId }) => `hamlet:${hamletId}`)];
    const wrong: string[] = [];
    let own = 0;
    for (const measure of DOMAINS.flatMap((room) => room.measures ?? []))
      for (const scope of scopes.filter((one) => measure.scopes.includes(one.split(':', 1)[0]!)))
        for (const part of ['numerator', 'denominator'] as const) {
          const list = runAs(runtime, { commune: world.commune, actor }, (ctx) =>
            measure.list(ctx, { asOf: localDateOf(ctx.now), scope }, part, { offset: 0, limit: 200 }),
          );
          const said = await list.then(JSON.stringify, (thrown: unknown) => {
            if (isAppError(thrown) && thrown.status === 403) return '';
            throw thrown;
          });
          const strange = of('Bexu', 'Cowi', 'Nuvy');
          const leaked = [
            ...marksIn(said),
            ...[...ids].flatMap(([id, thing]) => (said.includes(id) ? [thing] : [])),
          ].filter((one) => strange(one) && !isPublic(one));
          own += marksIn(said).filter(of('Anbo')).length;
          wrong.push(...leaked.map(({ place, kind }) => `${measure.name} ${scope} ${mark(place, kind)}`));
        }
    expect(wrong).toEqual([]);
    expect(own).toBeGreaterThan(10);
  });
});
