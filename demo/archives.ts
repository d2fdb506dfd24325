/** The demo's archives: one with a volume that was scanned, checked and indexed, one that has just begun. */
import { runAs, type Runtime } from '#app/runtime';
import {
  addScans,
  checkBatch,
  getBatch,
  indexItem,
  judgeScans,
  openArchive,
  runCheck,
  startBatch,
} from '#domain/office';
import type { Actor, CommuneRef } from '#kernel/context';
import { renderPdf } from '#kernel/documents/render.server';

const YEARS = [2015, 2016, 2017] as const;

/** Builds the archives. @param actor who keeps the registers */
export async function buildArchives(
  runtime: Runtime,
  commune: CommuneRef,
  actor: Actor,
  now: Date,
): Promise<void> {
  const who = { commune, actor, now, silent: true };
  const scans = await Promise.all(YEARS.map((year) => scanOf(runtime, commune, year, now)));
  const batch = await runAs(runtime, who, async (ctx) => {
    const archive = await openArchive(ctx, {
      name: 'Sổ đăng ký văn bản đến 2015–2024 (DEMO)',
      kind: 'documents',
      place: 'Phòng lưu trữ, giá 2',
      fromYear: 2015,
      toYear: 2024,
      expected: 10,
    });
    await openArchive(ctx, {
      name: 'Sổ hộ tịch trước 2010 (DEMO)',
      kind: 'civil_status',
      place: 'Phòng Tư pháp – Hộ tịch',
      fromYear: 1980,
      toYear: 2010,
      expected: 120,
      closed: true,
    });
    const id = await startBatch(ctx, archive, 'Sổ các năm 2015–2017');
    await addScans(ctx, id, scans);
    await checkBatch(ctx, id);
    return id;
  });
  const program: Actor = { kind: 'system', name: 'demo' };
  await runAs(runtime, { ...who, actor: program }, (ctx) => runCheck(ctx, { batch }));
  await runAs(runtime, who, async (ctx) => {
    const pages = (await getBatch(ctx, batch)).scans;
    const looked = pages.map(({ id, position }) => ({ id, position, verdict: 'good' as const }));
    await judgeScans(ctx, batch, { scans: looked });
    for (const [at, year] of YEARS.entries()) {
      const title = `Sổ đăng ký văn bản đến năm ${year} (DEMO)`;
      await indexItem(ctx, batch, { kind: 'Sổ đăng ký', year, title, from: at + 1, to: at + 1 });
    }
  });
}

/** A page that stands for a scanned one. */
async function scanOf(runtime: Runtime, commune: CommuneRef, year: number, now: Date) {
  const bytes = await renderPdf({
    template: 'domains/office/document/book.typ',
    title: `Sổ đăng ký văn bản đến năm ${year}`,
    issuedAt: now,
    tagged: false,
    data: {
      demo: true,
      agency: `Ủy ban nhân dân xã ${commune.name}`,
      heading: 'SỔ ĐĂNG KÝ VĂN BẢN ĐẾN',
      year,
      columns: ['Số đến', 'Ngày đến', 'Tác giả', 'Trích yếu'],
      widths: [1, 2, 4, 8],
      rows: [['1', `05/01/${year}`, 'Ủy ban nhân dân huyện (DEMO)', 'Kế hoạch công tác năm (DEMO)']],
      first: 1,
      last: 1,
    },
  });
  const { hash, size } = await runtime.files.put(bytes);
  return {
    name: `so-den-${year}.pdf`,
    hash,
    size,
    mediaType: 'application/pdf',
    pages: 1,
    width: null,
    height: null,
  };
}
