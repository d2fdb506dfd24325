/** What lies at the commune's desk and belongs to no hamlet, through the verbs. */
import { publishAnnouncement } from '#domain/commune';
import {
  addStep,
  beginDraft,
  catalogSets,
  draftSet,
  freezeBoard,
  makeReport,
  giveOpinion,
  openConsultation,
  publishSet,
  recordValue,
} from '#domain/criteria';
import {
  addEntry,
  addScans,
  checkBatch,
  draftDocument,
  enterPublication,
  giveTask,
  indexItem,
  judgeScans,
  getBatch,
  openArchive,
  registerDocument,
  runCheck,
  startBatch,
} from '#domain/office';
import { appointOfficial, takeInList } from '#domain/registry';
import { recordMandate } from '#domain/services';
import { localDateOf } from '#kernel/time';
import { keepFile, mark, named } from './marks.ts';
import { plantMoney } from './plant-money.ts';
import { as, FROM, type Planted, type Planter } from './planter.ts';

/** What the Committee's desk keeps: tasks, documents, calendar, publications, imports, mandates, a digitised archive. */
export async function plantDesk(planter: Planter, hamlets: readonly Planted[]): Promise<Planted> {
  const place = 'Cowi';
  const planted: Planted = { place, hamletId: '', ids: new Map(), residentId: '', householdId: '', pack: '' };
  const file = await keepFile(planter.runtime, place);
  await as(planter, async (ctx) => {
    const userId = planter.desk.kind === 'person' ? planter.desk.userId : null;
    const post = {
      fullName: 'Nguyễn Văn Bàn',
      post: 'Chủ tịch',
      unit: 'leaders',
      termFrom: '2020-01-01',
    } as const;
    const official = await appointOfficial(ctx, { ...post, userId });
    const task = await giveTask(
      ctx,
      { title: named(place, 'task'), assignee: official, dueDays: 3 },
      { files: [file] },
    );
    const letter = { type: 'letter', sender: 'UBND tỉnh', summary: named(place, 'document') };
    const { id: received } = await registerDocument(ctx, letter, { files: [file] });
    const draft = {
      type: 'letter',
      summary: named(place, 'document'),
      unitSign: 'VP',
      body: named(place, 'document'),
    };
    const addressees = 'UBND tỉnh';
    const drafted = await draftDocument(ctx, { ...draft, addressees, signerId: official });
    const today = localDateOf(ctx.now);
    const entry = await addEntry(ctx, {
      day: today,
      from: '08:00',
      to: '09:00',
      title: named(place, 'entry'),
    });
    const shown = { item: 'plan', title: named(place, 'publication'), channels: ['board'], decidedOn: FROM };
    const publication = await enterPublication(ctx, shown, [file]);
    const [criteria] = catalogSets();
    await draftSet(ctx, criteria!);
    await publishSet(ctx, criteria!.code, { from: FROM });
    await beginDraft(ctx, criteria!.code);
    const line = { set: criteria!.code, indicator: '2.1.1' };
    const value = { value: 90, onDay: today, evidence: named('Cowi', 'publication') };
    await recordValue(ctx, line, value, [{ ...file, type: file.mediaType }]);
    const frozen = await freezeBoard(ctx, criteria!.code, { asOf: today });
    planted.ids.set(frozen, 'publication');
    const step = { what: named(place, 'task'), beginsOn: today, due: today };
    await addStep(ctx, line, step);
    const report = await makeReport(ctx, { kind: 'month', day: FROM });
    planted.ids.set(report, 'publication');
    const asked = { title: 'Lấy ý kiến thử', question: 'Còn thiếu gì?', closesOn: today };
    const consultation = await openConsultation(ctx, asked);
    await giveOpinion(ctx, consultation, { body: 'Ý kiến thử' });
    planted.ids.set(consultation, 'news');
    const news = { kind: 'news', title: named(place, 'news'), body: 'Tin thử' } as const;
    await publishAnnouncement(ctx, news);
    const rows = [
      ['Họ và tên', 'Ngày sinh', 'Xóm'],
      [named(place, 'import'), '01/01/1990', 'Khe Cốc'],
    ];
    const list = await takeInList(ctx, { fileName: `${mark(place, 'import')}.xlsx`, rows });
    await recordMandate(ctx, {
      ...MANDATE,
      personName: named(place, 'mandate'),
      validTo: new Date(ctx.now.getTime() + 864e5),
    });
    for (const id of [task, received, drafted, entry, publication, list]) planted.ids.set(id, 'task');
  });
  await plantArchive(planter, planted, hamlets);
  await plantMoney(planter, hamlets);
  return planted;
}

const MANDATE = {
  helperUserId: '01900000-0000-7000-8000-00000000000a',
  helperName: 'Người giúp',
  helperPhone: '+84912000111',
  personPhone: '+84912000222',
  residentId: null,
  scope: 'Nộp hồ sơ',
  evidence: 'Giấy ủy quyền',
};

async function plantArchive(planter: Planter, planted: Planted, hamlets: readonly Planted[]): Promise<void> {
  const files = await Promise.all(hamlets.map(({ place }) => keepFile(planter.runtime, place)));
  const batch = await as(planter, async (ctx) => {
    const span = { fromYear: 2015, toYear: 2020, expected: hamlets.length };
    const archive = await openArchive(ctx, { name: named('Cowi', 'archive'), kind: 'land', ...span });
    const id = await startBatch(ctx, archive, 'Tập 1');
    const pages = files.map((file) => ({ ...file, width: null, height: null }));
    await addScans(ctx, id, pages);
    await checkBatch(ctx, id);
    planted.ids.set(archive, 'archive').set(id, 'archive');
    return id;
  });
  await as({ ...planter, desk: { kind: 'system', name: 'walk' } }, (ctx) => runCheck(ctx, { batch }));
  await as(planter, async (ctx) => {
    const { scans } = await getBatch(ctx, batch);
    const looked = scans.map(({ id, position }) => ({ id, position, verdict: 'good' as const }));
    await judgeScans(ctx, batch, { scans: looked });
    for (const { id } of scans) planted.ids.set(id, 'archive');
    for (const [at, { place, hamletId, ids }] of hamlets.entries()) {
      const piece = {
        kind: 'Sổ',
        year: 2016,
        title: named(place, 'archive'),
        person: named(place, 'archive'),
      };
      ids.set(await indexItem(ctx, batch, { ...piece, hamletId, from: at + 1, to: at + 1 }), 'archive');
    }
  });
}
