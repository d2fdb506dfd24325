/** Does what a form of the dossier's page asks for. */
import { getOfficial } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { AppError, refuse } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { attachResult, type ResultFile } from '../../attachment/attachment.actions.ts';
import { collectFee } from '../../counter/fee.actions.ts';
import { feeOf } from '../../counter/fee.queries.ts';
import { askMove } from '../../dossier/ask.actions.ts';
import type { MoveOptions } from '../../dossier/move.actions.ts';
import { wasDone } from '../../dossier/record.ts';
import { viewDossier } from '../../dossier/view.queries.ts';
import { fieldsOf } from './move-form.ts';
import type { FormMove } from './move-fields.ts';
import { readQuantities } from './quantities.ts';
import { readFields } from './read-move.ts';

export type Posted = { kind: FormMove; typed: Readonly<Record<string, string[]>> };

/** @throws AppError those of the move; `input.invalid` with codes by field */
export async function act(ctx: Ctx, id: string, posted: Posted, file: ResultFile | null): Promise<void> {
  const options: MoveOptions = {
    clientId: line(posted, 'client'),
    seen: Number(line(posted, 'seen')) || undefined,
  };
  if (posted.kind === 'decide') return decide(ctx, id, posted, file, options);
  if (posted.kind === 'collect_fee') return pay(ctx, id, posted, options);
  const loaded = await viewDossier(ctx, id);
  const data = await readFields(ctx, fieldsOf(posted.kind, { loaded, fee: null }), posted.typed);
  await askMove(ctx, id, { kind: posted.kind, data }, options);
}

async function pay(ctx: Ctx, id: string, posted: Posted, options: MoveOptions): Promise<void> {
  const loaded = await viewDossier(ctx, id);
  const computed = await feeOf(ctx, loaded, { exemptions: posted.typed.exemptions ?? [] });
  const fee = computed.amount === null ? null : computed.amount.toString();
  const data = await readFields(ctx, fieldsOf('collect_fee', { loaded, fee }), posted.typed);
  await collectFee(
    ctx,
    id,
    {
      way: data.way === 'transfer' ? 'transfer' : 'cash',
      exemptions: posted.typed.exemptions ?? [],
      quantities: readQuantities(loaded.procedure.fee.rule, (name) => line(posted, name) ?? ''),
      amount: data.amount === undefined ? undefined : BigInt(String(data.amount)),
    },
    options,
  );
}

/** The result's file and the decision in one transaction: neither stands without the other. */
async function decide(
  ctx: Ctx,
  id: string,
  posted: Posted,
  file: ResultFile | null,
  options: MoveOptions,
): Promise<void> {
  const loaded = await viewDossier(ctx, id);
  if (options.clientId && (await wasDone(ctx, id, options.clientId))) return;
  const {
    signer,
    file: _file,
    ...data
  } = await readFields(ctx, fieldsOf('decide', { loaded, fee: null }), posted.typed);
  if (data.medium === 'electronic' && data.outcome === 'granted' && !file?.signature)
    throw new AppError('input.invalid', 422, {}, { file: 'services.result.file_needed' });
  if (!isId(String(signer))) refuse('services.officer.not_in_office');
  const official = await getOfficial(ctx, String(signer));
  const attachmentId = file && (await attachResult(ctx, id, file.name, file.file, file.signature));
  const decision = { ...data, signerId: official.id, signerName: official.fullName, attachmentId };
  await askMove(ctx, id, { kind: 'decide', data: decision }, options);
}

function line({ typed }: Posted, name: string): string | undefined {
  return typed[name]?.[0]?.slice(0, 100) || undefined;
}
