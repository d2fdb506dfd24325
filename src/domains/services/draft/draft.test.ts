/** Drafts through the verbs: who may open which, what survives, what becomes a dossier, once. */
import { randomUUID } from 'node:crypto';
import { describe, beforeAll, expect, it } from 'vitest';
import type { Actor, Ctx } from '#kernel/context';
import { newId, randomToken } from '#kernel/ids';
import { anonymous, citizen, official, system, useWorld } from '#test/world';
import { ProcedureFile } from '../procedure.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { recordMandate } from '../mandate/mandate.actions.ts';
import { CLUB, CLUB_FORM } from '../fixtures.ts';
import {
  attachToDraft,
  deleteDraft,
  detachFromDraft,
  saveDraftPage,
  startDraft,
  sweepDrafts,
} from './draft.actions.ts';
import { listDrafts, openDraft } from './draft.queries.ts';
import { filedFromDraft, submitDraft } from './submit.actions.ts';

const world = useWorld();
const NAME = { full_name: 'Nguyễn Thị Ánh' };
const FILE = { hash: 'a'.repeat(64), size: 1_200, mediaType: 'image/jpeg', pages: null };
const COUNTER = ProcedureFile.parse({
  code: '9.000002',
  versions: [
    {
      ...CLUB.versions[0],
      code: '9.000002',
      online: { level: 'counter', reason: null, source: CLUB.versions[0]!.online.source },
    },
  ],
});

beforeAll(async () => {
  const procedures = [CLUB, COUNTER];
  const load = (ctx: Ctx) => importCatalogue(ctx, { procedures, forms: [CLUB_FORM] });
  await world.as(system, load);
  await world.as(system, load, { commune: world.neighbour });
});

function begin(actor: Actor, key = randomToken(32), over: { mandateId?: string; id?: string } = {}) {
  const id = over.id ?? newId();
  const given = { id, procedureCode: CLUB.code, mandateId: over.mandateId ?? null, key };
  return world.as(actor, (ctx) => startDraft(ctx, given)).then(() => ({ id, key }));
}

/** Everything that the club asks for. */
async function complete(actor: Actor, { id, key }: { id: string; key: string }) {
  await world.as(actor, (ctx) => saveDraftPage(ctx, id, key, 'member', NAME));
  await world.as(actor, (ctx) =>
    attachToDraft(ctx, id, key, { key: 'papers.card', name: 'the.jpg', file: FILE }),
  );
}

const notFound = { code: 'services.draft.not_found', status: 404 };

describe('whose draft it is', () => {
  it('opens for the key of the browser, and for nobody with another key, none, or a made-up id', async () => {
    const { id, key } = await begin(anonymous);
    const opened = await world.as(anonymous, (ctx) => openDraft(ctx, id, key));
    expect(opened.procedure.code).toBe(CLUB.code);
    for (const wrong of [randomToken(32), null, '', `${key}x`])
      await expect(world.as(anonymous, (ctx) => openDraft(ctx, id, wrong))).rejects.toMatchObject(notFound);
    for (const wrong of [randomUUID(), 'nonsense', "' or 1=1 --"])
      await expect(world.as(anonymous, (ctx) => openDraft(ctx, wrong, key))).rejects.toMatchObject(notFound);
  });

  it('is not there in another commune, whatever the key', async () => {
    const { id, key } = await begin(anonymous);
    const there = world.as(anonymous, (ctx) => openDraft(ctx, id, key), { commune: world.neighbour });
    await expect(there).rejects.toMatchObject(notFound);
  });

  it('becomes the account’s at the first save signed in, and opens from another device', async () => {
    const me = citizen();
    const { id, key } = await begin(anonymous);
    await world.as(me, (ctx) => saveDraftPage(ctx, id, key, 'member', NAME));
    await expect(world.as(me, (ctx) => openDraft(ctx, id, null))).resolves.toMatchObject({ values: NAME });
    await expect(world.as(citizen(), (ctx) => openDraft(ctx, id, key))).rejects.toMatchObject(notFound);
    expect(await world.as(citizen(), (ctx) => listDrafts(ctx, key))).toEqual([]);
  });

  it('still saves, and shows nothing, when the sign-in ended in the middle', async () => {
    const me = citizen();
    const { id, key } = await begin(me);
    await world.as(anonymous, (ctx) => saveDraftPage(ctx, id, key, 'member', NAME));
    await expect(world.as(anonymous, (ctx) => openDraft(ctx, id, key))).rejects.toMatchObject({
      code: 'sign_in_needed',
      status: 401,
    });
    await expect(
      world.as(anonymous, (ctx) => saveDraftPage(ctx, id, null, 'member', NAME)),
    ).rejects.toMatchObject(notFound);
    await expect(world.as(me, (ctx) => openDraft(ctx, id, null))).resolves.toMatchObject({ values: NAME });
  });

  it('cannot be taken over by beginning it again', async () => {
    const { id } = await begin(citizen());
    await expect(begin(anonymous, randomToken(32), { id })).rejects.toMatchObject(notFound);
  });

  it('lists what the browser and the account hold, at most twenty', async () => {
    const key = randomToken(32);
    for (let count = 0; count < 20; count += 1) await begin(anonymous, key);
    expect(await world.as(anonymous, (ctx) => listDrafts(ctx, key))).toHaveLength(20);
    await expect(begin(anonymous, key)).rejects.toMatchObject({ code: 'services.draft.too_many' });
  });
});

describe('saving', () => {
  it('keeps what is right, says what is wrong, and never stores what the form does not ask', async () => {
    const { id, key } = await begin(anonymous);
    const hostile = { full_name: 'x'.repeat(60_000), __proto__: 'x', 'papers.card': ['forged'], other: 'x' };
    const saved = await world.as(anonymous, (ctx) => saveDraftPage(ctx, id, key, 'member', hostile));
    expect(saved.errors.full_name?.code).toBe('too_long');
    const opened = await world.as(anonymous, (ctx) => openDraft(ctx, id, key));
    expect(opened.values).toEqual({});
  });

  it('goes to the next page, then to the end', async () => {
    const { id, key } = await begin(anonymous);
    const next = async (page: string, raw: Record<string, string>) =>
      (await world.as(anonymous, (ctx) => saveDraftPage(ctx, id, key, page, raw))).next;
    expect(await next('attachments', {})).toBe('member');
    expect(await next('member', NAME)).toBeNull();
    await expect(
      world.as(anonymous, (ctx) => saveDraftPage(ctx, id, key, 'nowhere', {})),
    ).rejects.toMatchObject({ code: 'services.draft.page_not_found' });
  });

  it('takes a file once, takes it out, and refuses papers that nobody asks for', async () => {
    const { id, key } = await begin(anonymous);
    const card = { key: 'papers.card', name: 'the.jpg', file: FILE };
    for (let times = 0; times < 2; times += 1)
      await world.as(anonymous, (ctx) => attachToDraft(ctx, id, key, card));
    const { files } = await world.as(anonymous, (ctx) => openDraft(ctx, id, key));
    expect(files.map((file) => file.paperCode)).toEqual(['card']);
    await expect(
      world.as(anonymous, (ctx) => attachToDraft(ctx, id, key, { ...card, key: 'papers.gold' })),
    ).rejects.toMatchObject({ code: 'services.paper.unknown' });
    await expect(
      world.as(anonymous, (ctx) => attachToDraft(ctx, id, randomToken(32), card)),
    ).rejects.toMatchObject(notFound);
    await world.as(anonymous, (ctx) => detachFromDraft(ctx, id, key, files[0]!.id));
    expect((await world.as(anonymous, (ctx) => openDraft(ctx, id, key))).files).toEqual([]);
  });

  it('does not begin what is only taken at the counter', async () => {
    const given = { id: newId(), procedureCode: COUNTER.code, mandateId: null, key: randomToken(32) };
    await expect(world.as(anonymous, (ctx) => startDraft(ctx, given))).rejects.toMatchObject({
      code: 'services.procedure.counter_only',
    });
  });

  it('ends after thirty days without a touch, with its files', async () => {
    const { id, key } = await begin(anonymous);
    await complete(anonymous, { id, key });
    const later = { now: new Date(Date.now() + 31 * 86_400_000) };
    await expect(world.as(anonymous, (ctx) => openDraft(ctx, id, key), later)).rejects.toMatchObject(
      notFound,
    );
    expect(await world.as(system, sweepDrafts, later)).toBeGreaterThan(0);
    const { rows } = await world.owner.query('select 1 from services_attachment where draft_id = $1', [id]);
    expect(rows).toEqual([]);
  });

  it('is thrown away by its owner alone', async () => {
    const { id, key } = await begin(anonymous);
    await expect(world.as(anonymous, (ctx) => deleteDraft(ctx, id, randomToken(32)))).rejects.toMatchObject(
      notFound,
    );
    await world.as(anonymous, (ctx) => deleteDraft(ctx, id, key));
    await expect(world.as(anonymous, (ctx) => openDraft(ctx, id, key))).rejects.toMatchObject(notFound);
  });
});

describe('filing a draft', () => {
  it('needs a sign-in and a complete form; nothing is lost by trying', async () => {
    const { id, key } = await begin(anonymous);
    await expect(world.as(anonymous, (ctx) => submitDraft(ctx, id, key))).rejects.toMatchObject({
      status: 401,
    });
    await expect(world.as(citizen(), (ctx) => submitDraft(ctx, id, key))).rejects.toMatchObject({
      code: 'services.draft.incomplete',
      fields: { full_name: 'forms.required' },
    });
    await expect(world.as(anonymous, (ctx) => openDraft(ctx, id, key))).resolves.toBeDefined();
  });

  it('makes one dossier of fifty posts at once, with the draft’s answers, files and the proved phone', async () => {
    const me = citizen('+84912000111');
    const draft = await begin(anonymous);
    await complete(anonymous, draft);
    const posts = Array.from({ length: 50 }, () =>
      world.as(me, (ctx) => submitDraft(ctx, draft.id, draft.key)),
    );
    const filed = await Promise.all(posts);
    expect(new Set(filed.map((one) => one.id)).size).toBe(1);
    expect(filed.filter((one) => !one.again)).toHaveLength(1);
    const { rows } = await world.owner.query(
      `select d.applicant_name, d.applicant_phone, d.applicant_user_id, f.answers,
        (select count(*)::int from services_attachment a where a.dossier_id = d.id) as files
       from services_dossier d join services_dossier_form f on f.dossier_id = d.id where d.id = $1`,
      [filed[0]!.id],
    );
    expect(rows).toEqual([
      {
        applicant_name: NAME.full_name,
        applicant_phone: '+84912000111',
        applicant_user_id: me.userId,
        answers: NAME,
        files: 1,
      },
    ]);
    await expect(world.as(me, (ctx) => openDraft(ctx, draft.id, draft.key))).rejects.toMatchObject(notFound);
  });

  it('tells nobody else what became of a draft', async () => {
    const me = citizen();
    const draft = await begin(me);
    await complete(me, draft);
    await world.as(me, (ctx) => submitDraft(ctx, draft.id, draft.key));
    const stranger = citizen();
    expect(await world.as(stranger, (ctx) => filedFromDraft(ctx, draft.id))).toBeNull();
    await expect(world.as(stranger, (ctx) => submitDraft(ctx, draft.id, draft.key))).rejects.toMatchObject(
      notFound,
    );
  });

  it('under a mandate files in the person’s name; without one it does not begin', async () => {
    const helper = citizen('+84912000222');
    const mandateId = await world.as(official('clerk'), (ctx) =>
      recordMandate(ctx, {
        helperUserId: helper.userId,
        helperName: 'Hoàng Văn Cháu',
        helperPhone: '+84912000222',
        personName: 'Hoàng Thị Già',
        personPhone: '+84912000333',
        residentId: null,
        scope: 'Mọi thủ tục',
        evidence: 'Giấy ủy quyền',
        validTo: new Date(Date.now() + 30 * 86_400_000),
      }),
    );
    await expect(begin(citizen(), undefined, { mandateId })).rejects.toMatchObject({
      code: 'services.mandate.not_found',
    });
    const draft = await begin(helper, undefined, { mandateId });
    await complete(helper, draft);
    const filed = await world.as(helper, (ctx) => submitDraft(ctx, draft.id, draft.key));
    const { rows } = await world.owner.query(
      'select channel, applicant_name, applicant_phone, helper_user_id from services_dossier where id = $1',
      [filed.id],
    );
    expect(rows).toEqual([
      {
        channel: 'helper',
        applicant_name: 'Hoàng Thị Già',
        applicant_phone: '+84912000333',
        helper_user_id: helper.userId,
      },
    ]);
  });
});
