import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appointOfficial } from '#domain/registry';
import { addDemoSigner, makeDemoAuthority } from '#kernel/documents/signing/demo-authority.server';
import { certificatesOf, signerFromPem } from '#kernel/documents/signing/keys.server';
import { signPdf } from '#kernel/documents/signing/sign.server';
import { acceptSigned, type AcceptedSignature } from '#kernel/files/accept-signed.server';
import { foldText } from '#kernel/text';
import { closeThreads } from '#kernel/threads/pool.server';
import { makePdf, ONE_PAGE } from '#test/pdf';
import { official, system, useWorld } from '#test/world';
import { attachResult } from '../attachment/attachment.actions.ts';
import { AN_OFFICIAL, CLUB, CLUB_FORM, clubFiling } from '../fixtures.ts';
import { importCatalogue } from '../procedure.actions.ts';
import { isGenuine } from '../result/check.queries.ts';
import { apologise } from './apology.actions.ts';
import { decideDossier, type Decision } from './decide.actions.ts';
import { fileAtCounter } from './file.actions.ts';
import { move } from './move.actions.ts';
import { loadDossier } from './record.ts';

const world = useWorld();
const clerk = official('clerk');
const leader = official('leader');
const anybody = { kind: 'anonymous' } as const;
/** A Monday; five working days later is the Monday after. */
const MONDAY = new Date('2026-03-02T09:00:00+07:00');
const FILE = { hash: 'a'.repeat(64), size: 9, mediaType: 'application/pdf', pages: 1 };
let someone = '';

afterAll(closeThreads);

beforeAll(async () => {
  await world.as(system, (ctx) => importCatalogue(ctx, { procedures: [CLUB], forms: [CLUB_FORM] }));
  someone = await world.as(system, (ctx) => appointOfficial(ctx, AN_OFFICIAL));
});

async function processing(): Promise<string> {
  const at = { now: MONDAY };
  const { id } = await world.as(clerk, (ctx) => fileAtCounter(ctx, clubFiling()), at);
  await world.as(clerk, (ctx) => move(ctx, id, 'receive', {}), at);
  await world.as(clerk, (ctx) => move(ctx, id, 'assign', { to: someone }), at);
  return id;
}

const decision = (over: Partial<Decision>): Decision => ({
  outcome: 'granted',
  medium: 'paper',
  signerId: null,
  signerName: 'Chủ tịch',
  attachmentId: null,
  ...over,
});
const decide = (id: string, over: Partial<Decision> = {}) =>
  world.as(leader, (ctx) => decideDossier(ctx, id, decision(over)), { now: MONDAY });
const authority = makeDemoAuthority({ name: AN_OFFICIAL.fullName, from: new Date('2026-01-01'), years: 5 });
const trusted = certificatesOf(authority.rootCertificate);
/** A PDF signed by somebody under the test authority, as the kernel accepts it. */
async function signedBy(...signers: string[]): Promise<AcceptedSignature> {
  let pdf: Uint8Array = makePdf({ objects: ONE_PAGE });
  for (const name of signers) {
    const { key, certificate } = addDemoSigner(authority, { name, from: new Date('2026-01-01'), years: 5 });
    pdf = await signPdf(pdf, signerFromPem(key, certificate), { signedAt: MONDAY });
  }
  return (await acceptSigned(pdf, trusted, MONDAY)).signature;
}
const resultFile = (id: string, signature: AcceptedSignature | null = null) =>
  world.as(leader, (ctx) => attachResult(ctx, id, 'ket-qua.pdf', FILE, signature), { now: MONDAY });

describe('a result', () => {
  it('that is electronic needs its file', async () => {
    const id = await processing();
    await expect(decide(id, { medium: 'electronic' })).rejects.toMatchObject({
      code: 'services.result.file_needed',
    });
    const attachmentId = await resultFile(id, await signedBy(AN_OFFICIAL.fullName));
    const { dossier } = await decide(id, { medium: 'electronic', attachmentId, signerId: someone });
    expect(dossier.resultMedium).toBe('electronic');
  });

  it('that is electronic is no scan: only a file whose signature held; on paper a scan will do', async () => {
    const id = await processing();
    const attachmentId = await resultFile(id);
    for (const outcome of ['granted', 'refused'] as const)
      await expect(
        decide(id, { outcome, reason: 'r', legal: 'l', medium: 'electronic', attachmentId }),
      ).rejects.toMatchObject({ code: 'services.result.not_verified' });
    expect((await decide(id, { attachmentId })).dossier.resultMedium).toBe('paper');
  });

  it('is refused when somebody else signed its file than the official who was chosen', async () => {
    const id = await processing();
    const attachmentId = await resultFile(id, await signedBy('Lê Thị Khác'));
    const electronic = { medium: 'electronic', attachmentId } as const;
    await expect(decide(id, { ...electronic, signerId: someone })).rejects.toMatchObject({
      code: 'services.result.other_signer',
      params: { signed: 'Lê Thị Khác (DEMO)', chosen: AN_OFFICIAL.fullName },
    });
    // The name that was sent along does not help: an official chosen by id signs under the directory's name.
    await expect(
      decide(id, { ...electronic, signerId: someone, signerName: 'Lê Thị Khác' }),
    ).rejects.toMatchObject({ code: 'services.result.other_signer' });
  });

  it('takes the name without accents and case, and the office’s seal after the person’s signature', async () => {
    const id = await processing();
    const name = foldText(AN_OFFICIAL.fullName).toUpperCase();
    const attachmentId = await resultFile(id, await signedBy(name, 'Ủy ban nhân dân xã Tức Tranh'));
    const { dossier } = await decide(id, { medium: 'electronic', attachmentId, signerId: someone });
    expect(dossier.resultMedium).toBe('electronic');
  });

  it('keeps with its file who signed, under which certificate, and when that was checked', async () => {
    const id = await processing();
    const attachmentId = await resultFile(id, await signedBy(AN_OFFICIAL.fullName));
    const { rows } = await world.owner.query('select signature from services_attachment where id = $1', [
      attachmentId,
    ]);
    const { checkedAt, signatures } = rows[0].signature as AcceptedSignature;
    expect(checkedAt).toBe(MONDAY.toISOString());
    expect(signatures).toEqual([
      {
        name: `${AN_OFFICIAL.fullName} (DEMO)`,
        issuer: expect.stringContaining('DEMO'),
        serial: expect.stringMatching(/^[0-9A-F]{32}$/),
        signedAt: MONDAY.toISOString(),
      },
    ]);
  });

  it('whose file was altered after signing never gets so far', async () => {
    const { key, certificate } = authority;
    const pdf = await signPdf(makePdf({ objects: ONE_PAGE }), signerFromPem(key, certificate), {
      signedAt: MONDAY,
    });
    const altered = Buffer.concat([pdf, Buffer.from('\n% thêm')]);
    await expect(acceptSigned(altered, trusted, MONDAY)).rejects.toMatchObject({
      code: 'kernel.documents.signature_not_whole',
      status: 422,
    });
    await expect(acceptSigned(pdf, [], MONDAY)).rejects.toMatchObject({
      code: 'kernel.documents.signature_untrusted',
    });
  });

  it('never has another dossier’s file, on paper neither', async () => {
    const id = await processing();
    const attachmentId = await resultFile(await processing());
    for (const medium of ['electronic', 'paper'] as const) {
      await expect(decide(id, { medium, attachmentId })).rejects.toMatchObject({
        code: 'services.result.file_needed',
      });
    }
  });

  it('that refuses says why and by which law', async () => {
    const id = await processing();
    const refusal = { outcome: 'refused', reason: 'Thiếu điều kiện' } as const;
    await expect(decide(id, refusal)).rejects.toMatchObject({ code: 'services.result.reason_needed' });
    expect((await decide(id, { ...refusal, legal: 'Điều 1' })).dossier.outcome).toBe('refused');
  });

  it('is known to the public check by its token alone, and in its own commune', async () => {
    const { checkToken, resultNumber } = await decide(await processing());
    const check = (token: string, more = {}) => world.as(anybody, (ctx) => isGenuine(ctx, token), more);
    expect(await check(checkToken)).toBe(true);
    expect(await check(`${checkToken.slice(0, -1)}~`)).toBe(false);
    expect(await check(resultNumber)).toBe(false);
    expect(await check(checkToken, { commune: world.neighbour })).toBe(false);
  });

  it('has a number of its year’s own book, one after the other', async () => {
    const numbers = [await decide(await processing()), await decide(await processing())].map((one) =>
      Number(one.resultNumber.replace('/2026', '')),
    );
    expect(numbers[1]).toBe(numbers[0]! + 1);

    const byHand = `${numbers[1]! + 1}/2026`;
    expect((await decide(await processing(), { number: byHand })).resultNumber).toBe(byHand);
    await expect(decide(await processing(), { number: byHand })).rejects.toMatchObject({
      code: 'services.result.number_taken',
    });
    expect((await decide(await processing())).resultNumber).toBe(`${numbers[1]! + 2}/2026`);
  });
});

describe('the apology letter', () => {
  const LATER = { reason: 'Chờ xác minh', due: '2026-03-12T17:00:00+07:00' };
  const send = (id: string, now: string, data = LATER) =>
    world.as(clerk, (ctx) => apologise(ctx, id, data), { now: new Date(now) });

  it('gives a new date, once', async () => {
    const id = await processing();
    const { row } = await send(id, '2026-03-05T09:00:00+07:00');
    expect(row.due_at).toEqual(new Date(LATER.due));
    await expect(
      send(id, '2026-03-06T09:00:00+07:00', { ...LATER, due: '2026-03-20T17:00:00+07:00' }),
    ).rejects.toMatchObject({ code: 'services.dossier.reappointed_before' });
    const { row: after } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
    expect(after.due_at).toEqual(new Date(LATER.due));
  });

  it('goes out on the working day before the limit at the latest', async () => {
    const id = await processing();
    const { row } = await world.as(clerk, (ctx) => loadDossier(ctx, id));
    expect(row.due_at).toEqual(new Date('2026-03-09T17:00:00+07:00'));
    for (const late of ['2026-03-07T09:00:00+07:00', '2026-03-09T08:00:00+07:00'])
      await expect(send(id, late)).rejects.toMatchObject({ code: 'services.apology.too_late' });
    expect((await send(id, '2026-03-06T16:00:00+07:00')).dossier.apologised).toBe(true);
  });

  it('names a time after the limit at which the office is open', async () => {
    const id = await processing();
    const refused = { '2026-03-09T16:00:00+07:00': 'not_later', '2026-03-14T09:00:00+07:00': 'closed_then' };
    for (const [due, code] of Object.entries(refused))
      await expect(send(id, '2026-03-04T09:00:00+07:00', { ...LATER, due })).rejects.toMatchObject({
        code: `services.apology.${code}`,
      });
  });
});
