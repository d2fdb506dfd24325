import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { mustExist } from '#kernel/errors';
import type { Locale } from '#kernel/format';
import { compareSets, type FieldChange } from '../../../../compare.ts';
import { COLUMNS, ruleWords, type Column } from '../../../../exchange/columns.ts';
import { getVersions } from '../../../../set.queries.ts';
import type { Rule } from '../../../../rollup.ts';
import type { PageServerLoad } from './$types';

/** What one version says other than another. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const versions = await getVersions(ctx, params.set);
    const pick = (name: string) =>
      mustExist(
        versions.find(({ version }) => String(version) === url.searchParams.get(name)),
        'criteria.set',
      );
    const [before, after] = [pick('before'), pick('after')];
    const base = localizeHref(`/criteria/staff/sets/${params.set}`);
    return {
      title: after.set.title[ctx.locale],
      before: String(before.version),
      after: String(after.version),
      base,
      changes: compareSets(before.set, after.set).flatMap((one) => {
        const line = one.code === '' ? m.criteria_head({}, ctx) : `${one.code}. ${one.text[ctx.locale]}`;
        if (one.what !== 'changed')
          return [{ id: one.code, line, field: WHAT[one.what]({}, ctx), before: '', after: '' }];
        return one.fields.map((field) => ({
          id: `${one.code} ${field.field}`,
          line,
          field: fieldWords(field, ctx.locale),
          before: valueWords(field.field, field.before, ctx.locale),
          after: valueWords(field.field, field.after, ctx.locale),
        }));
      }),
      crumbs: [
        { href: localizeHref('/criteria/staff/sets'), label: m.criteria_sets({}, ctx) },
        { href: base, label: params.set },
        { href: url.pathname, label: m.criteria_compare({}, ctx) },
      ],
    };
  });

const WHAT = { added: m.criteria_line_added, removed: m.criteria_line_removed };

const HEADS: Partial<Record<FieldChange['field'], Column>> = {
  text: 'textVi',
  title: 'textVi',
  kind: 'kind',
  level: 'kind',
  unit: 'unitVi',
  evidence: 'evidenceVi',
  operator: 'operator',
  threshold: 'threshold',
  formula: 'formula',
  source: 'source',
  verified: 'verified',
  validFrom: 'validFrom',
  validTo: 'validTo',
  owner: 'owner',
  rule: 'rule',
};

function fieldWords({ field }: FieldChange, locale: Locale): string {
  const column = HEADS[field];
  return column ? COLUMNS[column].head : m.criteria_line_above({}, { locale });
}

function valueWords(field: FieldChange['field'], value: unknown, locale: Locale): string {
  if (value === null || value === undefined || value === '') return '–';
  if (field === 'rule') return ruleWords(value as Rule) || m.criteria_rule_all({}, { locale });
  if (typeof value === 'boolean') return (value ? m.criteria_yes : m.criteria_no)({}, { locale });
  if (typeof value !== 'object') return String(value);
  const record = value as Record<string, unknown>;
  return String(
    record[locale] ??
      Object.entries(record)
        .map(([key, one]) => `${key}: ${String(one)}`)
        .join('; '),
  );
}
