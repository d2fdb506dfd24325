/** The demo commune Tức Tranh and a small neighbour, built through the verbs, never by inserting into tables. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Runtime } from '#app/runtime';
import { buildAccounts, buildTechnician } from './accounts.ts';
import { buildCommunes } from './communes.ts';
import { buildCriteria, buildNeighbourCriteria } from './criteria.ts';
import { PHU_DO_SIZES, TUC_TRANH_SIZES } from './dossiers.ts';
import { buildDiary } from './diary.ts';
import { buildInspections } from './inspections.ts';
import { buildOffice } from './office.ts';
import { buildPlots } from './plots.ts';
import { buildProducers } from './producers.ts';
import { buildPlaces } from './houses-and-works.ts';
import { buildPrivacy } from './privacy.ts';
import { buildServices } from './services.ts';
import { buildLabels } from './tea-labels.ts';
import { buildTea } from './tea.ts';

/** Fills an installation that has no commune yet; begins again where an earlier building was cut short. */
export async function ensureDemo(runtime: Runtime, say: (step: string) => void): Promise<void> {
  const building = join(runtime.config.dataDir, 'demo-being-built');
  if (existsSync(building)) await clear(runtime);
  if ((await runtime.communes.all()).length > 0) return;
  writeFileSync(building, 'The demo is being built. While this file is here the demo is not whole.\n');
  await build(runtime, say);
  rmSync(building);
}

async function build(runtime: Runtime, say: (step: string) => void): Promise<void> {
  const now = new Date();
  say('Nạp xã mẫu Tức Tranh và xã bên (loading the demo communes) …');
  const { tucTranh, phuDo } = await buildCommunes(runtime, now);
  say('Ghi sổ cơ sở sản xuất, kinh doanh (producers) …');
  await buildProducers(runtime, tucTranh, now);
  await buildPlaces(runtime, tucTranh, now);
  say('Vẽ 1.145 ha chè (tea plots) …');
  await buildPlots(runtime, tucTranh, now);
  say('Lập tài khoản cán bộ mẫu (demo sign-ins) …');
  const officials = await buildAccounts(runtime, tucTranh);
  const neighbours = await buildAccounts(runtime, phuDo);
  say('Ghi nhật ký một năm trồng chè (a year of tea diaries) …');
  const technician = await buildTechnician(runtime, tucTranh);
  await buildDiary(runtime, tucTranh, now, technician);
  await buildLabels(runtime, tucTranh, now, technician);
  await buildInspections(runtime, tucTranh, now, officials.find(({ key }) => key === 'dia-chinh')!.actor);
  await buildPrivacy(runtime, tucTranh, officials, now);
  say('Cân, sao, đóng gói chè của một năm (tea lots) …');
  await buildTea(runtime, tucTranh, now);
  say('Nạp 2.180 hồ sơ của năm 2022–2023 và hồ sơ gần đây (dossiers) …');
  await buildServices(runtime, tucTranh, officials, TUC_TRANH_SIZES, now);
  await buildServices(runtime, phuDo, neighbours, PHU_DO_SIZES, now);
  say('Nạp văn bản, nhiệm vụ, lịch công tác (documents, tasks, calendar) …');
  await buildOffice(runtime, tucTranh, officials, now);
  say('Lập bảng tiêu chí xã thông minh (criteria) …');
  await buildCriteria(runtime, tucTranh, officials);
  await buildNeighbourCriteria(runtime, phuDo, neighbours);
}

/** Takes away a half-built demo; never where a real commune exists. */
async function clear(runtime: Runtime): Promise<void> {
  runtime.communes.forget();
  if (!(await runtime.communes.onlyDemo()))
    throw new Error('A real commune is here: the half-built demo stays untouched.');
  const owner = new pg.Client(runtime.urls.owner);
  await owner.connect();
  try {
    await owner.query('truncate commune cascade');
    await owner.query('truncate auth."user" cascade');
  } finally {
    await owner.end();
  }
  runtime.communes.forget();
}
