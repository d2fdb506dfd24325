/** The forms of the moves that state, law and rights allow: drawn, and read back. */
import { listOfficials } from '#domain/registry';
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import { formatMoney } from '#kernel/format';
import { newId } from '#kernel/ids';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import type { FieldView } from '#ui/form/view.ts';
import { feeOf } from '../../counter/fee.queries.ts';
import type { State } from '../../dossier/dossier.ts';
import { desksOf } from '../../dossier/officer.ts';
import { possibleMoves } from '../../dossier/moves.ts';
import { asThing, type Loaded } from '../../dossier/record.ts';
import { durationWords } from '../../words.ts';
import { drawField, type Offer, type Option } from './draw-field.ts';
import {
  FORM_MOVES,
  MOVE_FIELDS,
  MOVE_LEADS,
  MOVE_TITLES,
  type FormMove,
  type MoveField,
} from './move-fields.ts';
import { quantityFields } from './quantities.ts';

export type MoveForm = {
  kind: FormMove;
  title: string;
  lead: string | null;
  fields: FieldView[];
  hidden: Record<string, string>;
  /** Sends a file. */
  files: boolean;
  danger: boolean;
};

/** What is done first in each state. */
const FIRST: Partial<Record<State, readonly FormMove[]>> = {
  registered: ['receive'],
  received: ['assign'],
  processing: ['decide', 'advance'],
  supplement: ['supplement'],
  payment: ['collect_fee'],
  stopped: ['resume'],
  done: ['return'],
};
const DANGEROUS: readonly FormMove[] = ['decline', 'withdraw'];

/** The forms that the reader may use now: what comes next first, the rest folded. */
export async function moveForms(
  ctx: Ctx,
  loaded: Loaded,
): Promise<{ first: MoveForm[]; others: MoveForm[] }> {
  const thing = asThing(loaded.row);
  const possible = new Set<string>(possibleMoves(loaded.dossier, loaded.procedure));
  const kinds = FORM_MOVES.filter(
    (kind) => possible.has(kind) && may(ctx, `services.dossier.${kind}`, thing),
  );
  const offer = await offerOf(ctx, loaded);
  const first = firstOf(loaded, kinds);
  const forms = kinds.map((kind) => formOf(kind, offer));
  return {
    first: first.flatMap((kind) => forms.find((form) => form.kind === kind) ?? []),
    others: forms.filter(({ kind }) => !first.includes(kind)),
  };
}

/** The signature comes first only where the dossier has come to it. */
function firstOf({ dossier, procedure }: Loaded, kinds: readonly FormMove[]): FormMove[] {
  const wanted = FIRST[dossier.state] ?? [];
  const toSign = ['leader', 'police_leader'].includes(procedure.steps[dossier.step]?.role ?? '');
  const apt = wanted.filter(
    (kind) => kinds.includes(kind) && (kind !== 'decide' || toSign || !kinds.includes('advance')),
  );
  return apt.slice(0, 1);
}

async function offerOf(ctx: Ctx, loaded: Loaded): Promise<Offer> {
  const officials = (await listOfficials(ctx, localDateOf(ctx.now))).filter(
    ({ unit }) => unit !== 'hamlet' && unit !== 'digital_team',
  );
  const option = ({ id, fullName, post }: (typeof officials)[number]): Option => ({
    value: id,
    label: `${fullName} (${post})`,
  });
  const signers = officials.filter(({ unit }) => unit === 'leaders' || unit === 'police');
  const fee = await feeOf(ctx, loaded, { exemptions: [] });
  return {
    officials: officials.map(option),
    signers: signers.map(option),
    own: (await desksOf(ctx)).own,
    loaded,
    ctx,
    fee: fee.amount === null ? null : fee.amount.toString(),
  };
}

function formOf(kind: FormMove, offer: Offer): MoveForm {
  const fields = fieldsOf(kind, offer).map((field) => drawField(kind, field, offer));
  return {
    kind,
    title: MOVE_TITLES[kind](),
    lead: leadOf(kind, offer),
    fields,
    hidden: { kind, seen: String(offer.loaded.row.last_seq), client: newId(offer.ctx.now) },
    files: fields.some((field) => field.kind === 'files'),
    danger: DANGEROUS.includes(kind),
  };
}

/** A fee that the rule computes is not typed; what it counts may be counted anew. */
export function fieldsOf(
  kind: FormMove,
  { loaded, fee }: Pick<Offer, 'loaded' | 'fee'>,
): readonly MoveField[] {
  const fields: readonly MoveField[] = MOVE_FIELDS[kind];
  if (kind !== 'collect_fee') return fields;
  const { rule, exemptions } = loaded.procedure.fee;
  return [
    ...fields.filter(
      ({ as }) => (as !== 'money' || fee === null) && (as !== 'exemptions' || exemptions.length > 0),
    ),
    ...quantityFields(rule),
  ];
}

function leadOf(kind: FormMove, { loaded, ctx, fee }: Offer): string | null {
  const { procedure, dossier } = loaded;
  const next = procedure.steps[dossier.step + 1];
  if (kind === 'advance' && next)
    return m.services_move_advance_lead({ step: inLocale(next.name, ctx.locale) });
  const more = procedure.timeLimit?.extendedBy;
  if (kind === 'extend' && more)
    return m.services_move_extend_lead({
      more: durationWords(more, ctx.locale),
      when: inLocale(more.when, ctx.locale),
    });
  if (kind === 'collect_fee')
    return fee === null
      ? m.services_fee_by_hand()
      : m.services_fee_computed({ amount: formatMoney(BigInt(fee), ctx.locale) });
  return MOVE_LEADS[kind]?.() ?? null;
}
