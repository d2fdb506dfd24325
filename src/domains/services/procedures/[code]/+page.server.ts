import { m } from '#i18n/messages';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { localDateOf, parseLocalDate } from '#kernel/time';
import { usualTime } from '../../figures/usual-time.ts';
import { findProcedureOn } from '../../procedure.queries.ts';
import { procedureView } from './view.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const asked = parseLocalDate(url.searchParams.get('on') ?? '');
  const { version, usual, today } = await locals.run(async (ctx) => {
    const day = localDateOf(ctx.now);
    const found = mustExist(await findProcedureOn(ctx, params.code, asked ?? day), 'services.procedure');
    return { version: found, usual: await usualWords(ctx, params.code, day), today: day };
  });
  const current = version.validFrom <= today && (version.validTo === null || today <= version.validTo);
  return { procedure: procedureView(version, locals.locale), usual, current };
};

/** How long it usually takes; nothing while fewer than five cases could tell. */
async function usualWords(ctx: Ctx, code: string, day: string): Promise<string | null> {
  const { numerator, value } = await usualTime.compute(ctx, { asOf: day, scope: `procedure:${code}` });
  if (value === null || numerator < 5) return null;
  const params = { days: String(value), count: String(numerator) };
  return value === 0 ? m.services_procedure_usual_same_day(params) : m.services_procedure_usual(params);
}
