/** A draft as the texts that stand in its form, and back: what was typed stays as it was typed until it is right. Pure. */
import { words } from '#kernel/text';
import type { ProcedureDraft } from '../../procedure.ts';

/** Texts by the name of their field, which is the place in the draft: `papers.0.name.vi`. */
export type Typed = Readonly<Record<string, string>>;

/** A ticked box is sent as this. */
export const TICKED = 'yes';
/** The fee's rule that is not held here: another text sets the amount. */
export const NO_RULE = 'unknown';

/** What stands in the form of a draft that was not touched. */
export function typedFrom(draft: ProcedureDraft): Record<string, string> {
  const { synonyms, otherCodes, form, fee, result, timeLimit, ...rest } = draft;
  const amount = fee.rule && 'amount' in fee.rule ? fee.rule.amount : null;
  const shown = {
    ...rest,
    synonyms: synonyms.join('\n'),
    otherCodes: otherCodes.join('\n'),
    form: `${form.id}/${form.version}`,
    timeLimit: timeLimit && { ...timeLimit, cutoff: timeLimit.cutoff !== null },
    fee: {
      ...fee,
      rule: {
        ...(fee.rule ?? { kind: NO_RULE }),
        amount: typeof amount === 'number' ? { counter: amount, online: null } : amount,
      },
    },
    result: {
      ...result,
      media: { paper: result.media.includes('paper'), electronic: result.media.includes('electronic') },
    },
  };
  return Object.fromEntries(flat('', shown));
}

function flat(place: string, value: unknown): [string, string][] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .filter(([key]) => key !== 'condition')
      .flatMap(([key, inner]) => flat(place === '' ? key : `${place}.${key}`, inner));
  if (typeof value === 'boolean') return [[place, value ? TICKED : '']];
  return [[place, value === null || value === undefined ? '' : String(value)]];
}

/** The rows of a list that stand in the form, by their names: `papers.0`, `papers.1`. */
export function rowsOf(typed: Typed, list: string): string[] {
  const numbers = Object.keys(typed).flatMap((name) => {
    const at = name.startsWith(`${list}.`) ? /^\d+(?=\.)/.exec(name.slice(list.length + 1)) : null;
    return at ? [Number(at[0])] : [];
  });
  return [...new Set(numbers)].sort((a, b) => a - b).map((at) => `${list}.${at}`);
}

/**
 * What was typed as a draft to be checked: wrong texts are left wrong, so that the check finds them at
 * their places. What the form does not ask (conditions of papers, the result's template) is kept.
 * @param kept the draft as it was saved last
 */
export function draftInput(code: string, typed: Typed, kept: ProcedureDraft | undefined): unknown {
  const read = reader(typed);
  const { text, ticked, both, bothOrNone, source, rows } = read;
  return {
    code,
    layer: text('layer'),
    name: both('name'),
    synonyms: listed(text('synonyms')),
    otherCodes: listed(text('otherCodes')),
    field: text('field'),
    agency: text('agency'),
    whoMayFile: both('whoMayFile'),
    receivedFromAnywhere: ticked('receivedFromAnywhere'),
    legalBasis: rows('legalBasis').map(source),
    timeLimit: limitOf(read),
    fee: feeOf(read, kept),
    online: {
      level: text('online.level'),
      reason: bothOrNone('online.reason'),
      source: source('online.source'),
    },
    papers: coded(read, 'papers', 'name').map(([row, name]) => paperOf(read, row, name, kept)),
    form: formOf(text('form')),
    steps: coded(read, 'steps', 'name').map(([row, name]) => ({
      code: name,
      name: both(`${row}.name`),
      role: text(`${row}.role`),
      share: read.whole(`${row}.share`),
    })),
    result: {
      name: both('result.name'),
      media: (['paper', 'electronic'] as const).filter((one) => ticked(`result.media.${one}`)),
      template: kept?.result.template ?? null,
      validity: bothOrNone('result.validity'),
    },
    verified: ticked('verified'),
    sources: rows('sources').map(source),
  };
}

function feeOf(read: Reader, kept: ProcedureDraft | undefined): unknown {
  return {
    text: read.both('fee.text'),
    rule: ruleOf(read, kept),
    exemptions: coded(read, 'fee.exemptions', 'label').map(([row, code]) => ({
      code,
      label: read.both(`${row}.label`),
      percent: read.whole(`${row}.percent`),
      source: read.source(`${row}.source`),
    })),
    source: read.source('fee.source'),
  };
}

type Reader = ReturnType<typeof reader>;

function reader(typed: Typed) {
  const text = (name: string) => (typed[name] ?? '').trim();
  const both = (name: string) => ({ vi: text(`${name}.vi`), en: text(`${name}.en`) });
  return {
    text,
    both,
    ticked: (name: string) => text(name) === TICKED,
    bothOrNone: (name: string) => (both(name).vi + both(name).en === '' ? null : both(name)),
    source: (name: string) => ({
      text: text(`${name}.text`),
      article: text(`${name}.article`) || null,
      mark: text(`${name}.mark`),
    }),
    rows: (list: string) => rowsOf(typed, list),
    /** A whole number in any usual writing, `20.000` too; what is none stays text, and the check says so. */
    whole: (name: string) => {
      const digits = text(name);
      return /^\d{1,9}$|^\d{1,3}([. ]\d{3}){1,2}$/.test(digits)
        ? Number(digits.replaceAll(/[. ]/g, ''))
        : digits;
    },
  };
}

function listed(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => line.trim() || []);
}

function formOf(text: string): unknown {
  const [id = '', version = ''] = text.split('/');
  return { id, version: Number(version) || version };
}

function limitOf({ text, whole, ticked, both, source }: Reader): unknown {
  const unit = text('timeLimit.unit');
  if (unit === '') return null;
  const longer = text('timeLimit.extendedBy.unit');
  const amount = text('timeLimit.amount');
  return {
    amount: unit === 'same_day' && amount === '' ? 0 : whole('timeLimit.amount'),
    unit,
    cutoff: ticked('timeLimit.cutoff') ? '15:00' : null,
    extendedBy:
      longer === ''
        ? null
        : {
            amount: whole('timeLimit.extendedBy.amount'),
            unit: longer,
            when: both('timeLimit.extendedBy.when'),
            source: source('timeLimit.extendedBy.source'),
          },
    text: both('timeLimit.text'),
    source: source('timeLimit.source'),
  };
}

function ruleOf({ text, whole, rows }: Reader, kept: ProcedureDraft | undefined): unknown {
  const kind = text('fee.rule.kind');
  const online = text('fee.rule.amount.online');
  const counter = whole('fee.rule.amount.counter');
  const amount = online === '' ? counter : { counter, online: whole('fee.rule.amount.online') };
  const before = kept?.fee.rule?.kind === 'by_page' ? kept.fee.rule : { copies: 'copies', pages: 'pages' };
  switch (kind) {
    case NO_RULE:
      return null;
    case 'fixed':
      return { kind, amount };
    case 'by_quantity':
      return { kind, quantity: text('fee.rule.quantity'), amount };
    case 'by_page':
      return {
        kind,
        copies: before.copies,
        pages: before.pages,
        tiers: rows('fee.rule.tiers').map((row) => ({
          fromPage: whole(`${row}.fromPage`),
          each: whole(`${row}.each`),
        })),
        maxPerCopy: text('fee.rule.maxPerCopy') === '' ? null : whole('fee.rule.maxPerCopy'),
      };
    default:
      return { kind };
  }
}

function paperOf(
  { text, whole, ticked, both, bothOrNone }: Reader,
  row: string,
  code: string,
  kept: ProcedureDraft | undefined,
): unknown {
  return {
    code,
    name: both(`${row}.name`),
    kind: text(`${row}.kind`),
    count: whole(`${row}.count`),
    required: ticked(`${row}.required`),
    when: bothOrNone(`${row}.when`),
    condition: kept?.papers.find((paper) => paper.code === code)?.condition ?? null,
    digitisable: ticked(`${row}.digitisable`),
  };
}

/** Rows with their codes: a new row gets one of its Vietnamese name, which no other row has. */
function coded({ text, rows }: Reader, list: string, named: string): [row: string, code: string][] {
  const taken = new Set(rows(list).flatMap((row) => text(`${row}.code`) || []));
  return rows(list).map((row) => {
    const given = text(`${row}.code`);
    if (given !== '') return [row, given];
    const bare = words(text(`${row}.${named}.vi`))
      .join('_')
      .replaceAll(/[^a-z0-9_]/g, '');
    const base = (/^[a-z]/.test(bare) ? bare : `n_${bare}`).slice(0, 40);
    let code = base;
    for (let number = 2; taken.has(code); number += 1) code = `${base}_${number}`;
    taken.add(code);
    return [row, code];
  });
}
