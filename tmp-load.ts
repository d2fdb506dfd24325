import { readConfig } from './src/app/config.ts';
import { prepare } from './src/app/prepare.ts';
import { ensureDemo } from './demo/build.ts';
import { runAs } from './src/app/runtime.ts';
import { importCatalogue, fileOnline, move } from '#domain/services';
import { loadCatalog } from './src/domains/services/catalog.ts';
import { sampleAnswers } from '#kernel/forms/sample';
import { localDate } from '#kernel/time';
const prepared = await prepare(readConfig(), console.log);
const { runtime } = prepared;
await ensureDemo(runtime, console.log);
const c = loadCatalog();
for (const commune of await runtime.communes.all()) {
  console.log(
    await runAs(runtime, { commune, actor: { kind: 'system', name: 'demo' } }, (ctx) =>
      importCatalogue(ctx, { procedures: c.procedures, forms: c.forms.flatMap((f) => f.versions) }),
    ),
  );
}
const commune = (await runtime.communes.all())[0]!;
const form = c.forms.find((f) => f.id === 'certified-copy')!.versions.at(-1)!;
for (let i = 0; i < 6; i++) {
  const filed = await runAs(
    runtime,
    {
      commune,
      actor: {
        kind: 'person',
        userId: 'u-demo',
        name: 'x',
        phone: '+84900000001',
        residentId: null,
        grants: [],
      },
      silent: true,
    },
    (ctx) =>
      fileOnline(ctx, {
        procedureCode: '2.000815',
        answers: sampleAnswers(form, { today: localDate('2026-11-23') }, Math.random, 1),
        applicant: { name: 'Nguyễn Thị Hồng Hạnh', phone: '+84900000001', userId: null, residentId: null },
        hamletId: null,
        papers: { original: 'electronic' },
        draftId: null,
        clientId: `load-${i}-${Date.now()}`,
      }),
  );
  console.log(filed);
  const clerk = {
    kind: 'person' as const,
    userId: 'clerk',
    name: 'x',
    phone: null,
    residentId: null,
    grants: [
      { role: 'clerk', hamletId: null },
      { role: 'leader', hamletId: null },
    ],
  };
  if (i > 0)
    await runAs(runtime, { commune, actor: clerk, silent: true }, (ctx) =>
      move(ctx, filed.id, 'receive', {}),
    );
  if (i === 2)
    await runAs(runtime, { commune, actor: clerk, silent: true }, (ctx) =>
      move(ctx, filed.id, 'request_supplement', {
        papers: ['original'],
        reason: 'Ảnh mờ, chưa thấy rõ bốn góc.',
      }),
    );
  if (i === 3)
    await runAs(runtime, { commune, actor: clerk, silent: true }, (ctx) =>
      move(ctx, filed.id, 'withdraw', { reason: 'x' }),
    );
}
await prepared.stop?.();
process.exit(0);
