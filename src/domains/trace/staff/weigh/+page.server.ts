import { redirect } from '@sveltejs/kit';
import { attempt } from '#app/attempt';
import { listPlots, readPlotCode } from '#domain/farming';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { refuseField } from '#kernel/input';
import { formatDate, formatMoney, type Locale } from '#kernel/format';
import { newId } from '#kernel/ids';
import { parseMoney } from '#kernel/money';
import { localDateOf } from '#kernel/time';
import { growerOf, offeredPicks, type OfferedPick } from '../../lot/ticket.queries.ts';
import { GRADES } from '../../lot/lot.ts';
import { recordTicket, type NewTicket, type WeighedTicket } from '../../lot/ticket.actions.ts';
import { gramsOf } from '../../lot/weight.ts';
import { gradeWords, kiloWords, standardWords } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

/** More than that nobody looks through: the rest is searched for. */
const SHOWN = 20;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const today = localDateOf(new Date());
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 80);
  const picks = await locals.run((ctx) => offeredPicks(ctx, { q }));
  return {
    sent: newId(),
    today,
    grades: GRADES.map((value) => ({ value, label: gradeWords(value, locale) })),
    q,
    picks: picks.slice(0, SHOWN).map((pick) => pickOption(pick, locale)),
    more: Math.max(0, picks.length - SHOWN),
    producer: url.searchParams.get('producer') ?? desk.producers[0]?.value ?? '',
    done: doneView(url.searchParams, locale),
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.trace_weigh({}, { locale }) },
    ],
  };
};

function pickOption(pick: OfferedPick, locale: Locale) {
  const words = [
    kiloWords(pick.leafG, locale),
    formatDate(pick.pickedOn, locale),
    gradeWords(pick.grade, locale),
    standardWords(pick.standard, locale),
  ];
  if (pick.inInterval) words.push(m.trace_pick_inside({}, { locale }));
  return {
    value: pick.id,
    who: [pick.grower, pick.plotCodes.join(', ')].filter(Boolean).join(' · '),
    label: words.join(' · '),
    disabled: pick.inInterval,
  };
}

/** The ticket that was just written, from the address: large enough to read to the seller. */
function doneView(query: URLSearchParams, locale: Locale) {
  const [code, net, amount, lot] = ['ticket', 'net', 'amount', 'lot'].map((name) => query.get(name) ?? '');
  if (!/^P\d{6}-\w{6}$/.test(code!) || !/^\d+$/.test(net!) || !/^\d+$/.test(amount!)) return null;
  return {
    code: code!,
    net: kiloWords(BigInt(net!), locale),
    amount: formatMoney(BigInt(amount!), locale),
    lotHref: localizeHref(`/trace/staff/${lot!}`),
  };
}

export const actions: Actions = {
  default: async ({ locals, request, url }) => {
    const form = await request.formData();
    const pickIds = form.getAll('picks').filter((one) => typeof one === 'string');
    const typed = Object.fromEntries(
      [...form].filter((one): one is [string, string] => typeof one[1] === 'string'),
    );
    typed['picks'] = pickIds.join(' ');
    let ticket: WeighedTicket | undefined;
    const refused = await attempt(locals, 'weigh', typed, async (ctx) => {
      ticket = await recordTicket(ctx, await inputOf(ctx, typed, pickIds));
    });
    if (refused) return refused;
    const { code, netG, amount, lotId } = ticket!;
    const done = new URLSearchParams({ ticket: code, net: String(netG), amount: String(amount), lot: lotId });
    redirect(303, `${url.pathname}?${done}&producer=${encodeURIComponent(typed['producerId'] ?? '')}`);
  },
};

async function inputOf(ctx: Ctx, typed: Record<string, string>, pickIds: string[]): Promise<NewTicket> {
  const { grossKg = '', tareKg = '', price = '', plots = '', pickedOn = '', grade = '' } = typed;
  const pricePerKg = parseMoney(price);
  if (pricePerKg === undefined) refuseField('price', 'trace.ticket.price');
  const grossG = gramsOf(grossKg);
  if (grossG === undefined) refuseField('grossKg', 'trace.weight.unlikely');
  const tareG = tareKg.trim() === '' ? 0n : gramsOf(tareKg);
  if (tareG === undefined) refuseField('tareKg', 'trace.weight.unlikely');
  return {
    id: typed['sent'] ?? '',
    producerId: typed['producerId'] ?? '',
    sellerName: typed['sellerName']?.trim() || (await growerOf(ctx, pickIds)),
    pickIds,
    declared:
      pickIds.length > 0
        ? null
        : { plotIds: await plotIdsOf(ctx, plots), pickedOn, grade: grade as (typeof GRADES)[number] },
    grossG,
    tareG,
    pricePerKg,
    payBy: typed['payBy'] ?? null,
    note: typed['note'] ?? null,
  };
}

/** Codes of plots as they are read out, parted by commas or spaces. */
async function plotIdsOf(ctx: Ctx, typed: string): Promise<string[]> {
  const codes = [...new Set(typed.split(/[\s,;]+/).filter(Boolean))].slice(0, 60);
  const { items } = await listPlots(ctx, { codes, limit: codes.length });
  const ids = new Map(items.map(({ id, code }) => [code, id]));
  return codes.map(
    (one) => ids.get(readPlotCode(one) ?? '') ?? refuseField('plots', 'trace.ticket.plot_unknown'),
  );
}
