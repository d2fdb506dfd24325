/** One field of a move's form, with what stands in it. */
import { m } from '#i18n/messages';
import { inLocale } from '#kernel/bilingual';
import type { Ctx } from '#kernel/context';
import type { FieldView } from '#ui/form/view.ts';
import type { Loaded } from '../../dossier/record.ts';
import { WAY_WORDS } from '../desk-words.ts';
import type { FieldKind, MoveField } from './move-fields.ts';

export type Option = { value: string; label: string };

/** Everything that the choices of a dossier's forms need. */
export type Offer = {
  ctx: Ctx;
  loaded: Loaded;
  officials: Option[];
  signers: Option[];
  /** The officials that the reader is. */
  own: readonly string[];
  /** What the rule computes by the citizen's form, as decimal text; null where the rule is not held. */
  fee: string | null;
};

/** The boxes that take one line, by kind. */
const LINES = {
  line: { type: 'text' },
  count: { type: 'text', inputmode: 'numeric', size: 'short' },
  money: { type: 'text', inputmode: 'numeric', size: 'middle', unit: 'đ' },
  day: { type: 'date', size: 'short' },
} as const;

/** The field as it opens: empty, or with what is usual. */
export function drawField(form: string, field: MoveField, offer: Offer): FieldView {
  const common = {
    name: field.name,
    id: `${form}-${field.name}`,
    label: field.label(),
    help: field.help?.(),
    optional: field.optional ? m.forms_optional() : undefined,
    required: !field.optional,
  };
  switch (field.as) {
    case 'line':
    case 'count':
    case 'day':
      return { ...common, kind: 'line', ...LINES[field.as], value: '' };
    case 'money':
      return { ...common, kind: 'line', ...LINES.money, value: offer.fee ?? '' };
    case 'words':
      return { ...common, kind: 'text', rows: 3, value: '' };
    case 'file': {
      const accept = 'application/pdf,image/jpeg,image/png';
      return {
        ...common,
        kind: 'files',
        accept,
        multiple: false,
        rules: m.services_result_rules(),
        files: [],
      };
    }
    default:
      return { ...common, ...choice(field, offer) };
  }
}

const SEVERAL: readonly FieldKind[] = ['papers', 'exemptions'];

function choice(field: MoveField, offer: Offer) {
  const { options, usual } = offered(field, offer);
  const ticked = options.map((option) => ({ ...option, checked: usual.includes(option.value) }));
  if (field.as === 'officer') {
    const none = field.optional ? m.services_ask_same_officer() : m.services_ask_choose();
    return { kind: 'list' as const, none, options: ticked };
  }
  return { kind: SEVERAL.includes(field.as) ? ('several' as const) : ('one' as const), options: ticked };
}

type Offered = { options: Option[]; usual: readonly string[] };

function offered({ as, name }: MoveField, { loaded, officials, signers, own, ctx }: Offer): Offered {
  const { procedure, dossier } = loaded;
  switch (as) {
    case 'officer':
      return name === 'signer' ? { options: signers, usual: own } : { options: officials, usual: [] };
    case 'papers':
      return {
        options: procedure.papers.map((one) => ({ value: one.code, label: inLocale(one.name, ctx.locale) })),
        usual: awaited(loaded),
      };
    case 'exemptions':
      return {
        options: procedure.fee.exemptions.map((one) => ({
          value: one.code,
          label: inLocale(one.label, ctx.locale),
        })),
        usual: [],
      };
    case 'way':
      return {
        options: worded(WAY_WORDS),
        usual: [dossier.resultMedium === 'electronic' ? 'electronic' : 'counter'],
      };
    case 'cash':
      return {
        options: worded({ cash: m.services_ask_cash, transfer: m.services_ask_transfer }),
        usual: ['cash'],
      };
    case 'outcome':
      return {
        options: worded({ granted: m.services_ask_granted, refused: m.services_ask_refused }),
        usual: ['granted'],
      };
    default:
      return media(loaded);
  }
}

/** The papers that were asked for and have not come. */
function awaited({ dossier, actions }: Loaded): readonly string[] {
  const asked = actions.findLast((action) => action.kind === 'request_supplement');
  return dossier.state === 'supplement' && asked ? asked.data.papers : [];
}

function media({ procedure }: Loaded): Offered {
  const all = worded({ electronic: m.services_ask_electronic, paper: m.services_ask_paper });
  const options = all.filter(({ value }) => procedure.result.media.some((medium) => medium === value));
  return { options, usual: options.slice(0, 1).map(({ value }) => value) };
}

function worded(words: Readonly<Record<string, () => string>>): Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label: label() }));
}
