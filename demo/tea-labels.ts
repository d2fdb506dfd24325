/**
 * What the demo's technician read on labels, with its photo, and the phones on which she keeps diaries. The pictures
 * are drawn here and say DEMO; the days are those of the register, which itself is not compared with any label.
 */
import { toBuffer } from 'bwip-js/node';
import { runAs, type Runtime } from '#app/runtime';
import { findProduct, recordLabel, shutOutDevice, useDevice } from '#domain/farming';
import type { Actor, Ctx } from '#kernel/context';
import { acceptUpload } from '#kernel/files/accept.server';
import { addDays, instantAt, localDateOf } from '#kernel/time';
import type { DemoCommune } from './communes.ts';

const READ = ['matrine', 'azadirachtin', 'bt', 'abamectin'];
const PHOTO = { kinds: ['png'], maxBytes: 1_000_000, maxPages: 1 } as const;

/** Needs the technician's appointment (`buildDiary`). */
export async function buildLabels(
  runtime: Pick<Runtime, 'handle' | 'wiring' | 'files'>,
  { commune }: DemoCommune,
  now: Date,
  technician: Actor,
): Promise<void> {
  const day = (back: number) => instantAt(addDays(localDateOf(now), -back), 540);
  const as = (at: Date, work: (ctx: Ctx) => Promise<unknown>) =>
    runAs(runtime, { commune, actor: technician, now: at, silent: true }, work);
  for (const [at, productCode] of READ.entries()) {
    const product = findProduct(productCode)!;
    const phiDays = product.uses![0]!.phiDays!;
    const { bytes } = await acceptUpload(await drawn(productCode, phiDays), PHOTO);
    const { hash } = await runtime.files.put(bytes);
    const dose = `${product.name}: nhãn mẫu (DEMO)`;
    await as(day(300 - at), (ctx) => recordLabel(ctx, { productCode, phiDays, dose }, { hash }));
  }
  const [lost, inUse] = ['019b0000-0000-7000-8000-00000000d301', '019b0000-0000-7000-8000-00000000d302'];
  await as(day(210), (ctx) => useDevice(ctx, { id: lost!, name: 'Điện thoại cũ (DEMO)' }));
  await as(day(200), (ctx) => shutOutDevice(ctx, lost!));
  await as(day(1), (ctx) => useDevice(ctx, { id: inUse!, name: 'Điện thoại của tổ (DEMO)' }));
}

/** A strip like those of shops, with the words under it: no label of anybody. */
function drawn(productCode: string, days: number): Promise<Buffer> {
  return toBuffer({
    bcid: 'code128',
    text: `DEMO ${productCode} PHI ${days}`,
    includetext: true,
    textyoffset: 4,
    scale: 4,
    height: 30,
    padding: 12,
    backgroundcolor: 'FFFFFF',
  });
}
