/** The register over HTTP: producers that agreed to be shown, craft villages, income. Figures stand under /measures. */
import { createRoute, z } from '@hono/zod-openapi';
import { listHamlets } from '#domain/commune';
import { Day, jsonOf, OPTIONAL_KEY, pageOf, pageQuery, pageRange, problemResponses } from '#kernel/api';
import type { Api } from '#kernel/manifest';
import { listCraftVillages } from './craft/craft.queries.ts';
import { listIncomes } from './income/income.queries.ts';
import { KINDS } from './producer.ts';
import { publicProducers, type PublicProducer } from './profile/profile.queries.ts';

const ProducerView = z
  .object({
    slug: z.string(),
    kind: z.enum(KINDS),
    name: z.string(),
    hamlet: z.string().nullable(),
    trades: z.array(z.string()),
    about: z.string().nullable(),
    about_en: z.string().nullable(),
    head: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    website: z.string().nullable(),
    demo: z.boolean(),
  })
  .openapi('Producer');

const CraftView = z
  .object({
    hamlet: z.string().nullable(),
    name: z.string(),
    trade: z.string(),
    decision: z.string(),
    issuer: z.string(),
    recognised_on: Day,
    last_day: Day.nullable(),
    verified: z.boolean(),
    demo: z.boolean(),
  })
  .openapi('CraftVillage');

const IncomeView = z
  .object({
    year: z.int(),
    hamlet: z.string().nullable().openapi({ description: 'Null for the commune as a whole.' }),
    amount_dong: z.string().openapi({ description: 'Whole đồng a person a year.', example: '58500000' }),
    source: z.string(),
    stated_on: Day,
    verified: z.boolean(),
  })
  .openapi('IncomePerPerson');

const shared = { method: 'get' as const, tags: ['producers'], security: OPTIONAL_KEY };
const producersRoute = createRoute({
  ...shared,
  path: '/producers',
  summary: 'Producers that agreed to be shown, with what they agreed to',
  request: {
    query: pageQuery({
      q: z.string().max(200, 'input.too_big').optional(),
      kind: z.enum(KINDS).optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(ProducerView), 'One page'), ...problemResponses() },
});
const craftRoute = createRoute({
  ...shared,
  path: '/craft-villages',
  summary: 'Recognitions of craft villages, ended ones too',
  responses: {
    200: jsonOf(z.object({ items: z.array(CraftView) }), 'The recognitions'),
    ...problemResponses(),
  },
});
const incomeRoute = createRoute({
  ...shared,
  path: '/income-per-person',
  summary: 'Income per person by year, every source side by side',
  responses: { 200: jsonOf(z.object({ items: z.array(IncomeView) }), 'The values'), ...problemResponses() },
});

/** Adds the room's routes to the API. */
export function producersApi(api: Api): void {
  api.openapi(producersRoute, async (c) => {
    const query = c.req.valid('query');
    const { found, names } = await c.var.run(async (ctx) => ({
      found: await publicProducers(ctx, { q: query.q ?? '', kind: query.kind, ...pageRange(query) }),
      names: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
    }));
    const items = found.items.map((one) => producerView(one, names));
    return c.json({ items, total: found.total, page: query.page, per_page: query.per_page }, 200);
  });
  api.openapi(craftRoute, async (c) => {
    const { all, names } = await c.var.run(async (ctx) => ({
      all: await listCraftVillages(ctx),
      names: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
    }));
    const items = all.map((one) => ({
      hamlet: names.get(one.hamletId) ?? null,
      name: one.name,
      trade: one.trade,
      decision: one.decisionNumber,
      issuer: one.decisionIssuer,
      recognised_on: one.from,
      last_day: one.last,
      verified: one.verified,
      demo: one.demo,
    }));
    return c.json({ items }, 200);
  });
  api.openapi(incomeRoute, async (c) => {
    const { all, names } = await c.var.run(async (ctx) => ({
      all: await listIncomes(ctx),
      names: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
    }));
    const items = all.map((one) => ({
      year: one.year,
      hamlet: one.hamletId && (names.get(one.hamletId) ?? null),
      amount_dong: String(one.amount),
      source: one.source,
      stated_on: one.statedOn,
      verified: one.verified,
    }));
    return c.json({ items }, 200);
  });
}

function producerView(one: PublicProducer, names: ReadonlyMap<string, string>): z.infer<typeof ProducerView> {
  const { slug, kind, name, trades, about, aboutEn, headName, phone, email, website, demo } = one;
  return {
    slug,
    kind,
    name,
    about,
    phone,
    email,
    website,
    demo,
    hamlet: one.hamletId && (names.get(one.hamletId) ?? null),
    trades: [...trades],
    about_en: aboutEn,
    head: headName,
  };
}
