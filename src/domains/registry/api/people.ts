/** Residents and households over the API: masked in lists, whole only with a purpose. */
import { createRoute, z } from '@hono/zod-openapi';
import { Day, jsonOf, NEEDS_KEY, pageOf, pageQuery, pageRange, problemResponses } from '#kernel/api';
import { isId } from '#kernel/ids';
import type { Api } from '#kernel/manifest';
import { RELATIONS } from '../household/household.ts';
import {
  getHousehold,
  listHouseholds,
  type Household,
  type HouseholdLine,
} from '../household/household.queries.ts';
import { PURPOSES, SEXES, type MaskedResident, type Resident } from '../resident.ts';
import { getResident, searchResidents } from '../resident.queries.ts';

const about = { tags: ['registry'], security: NEEDS_KEY };

const ThingId = z
  .string()
  .refine(isId, 'input.bad_id')
  .openapi({ param: { name: 'id', in: 'path' }, format: 'uuid' });

const Hamlet = z.string().refine(isId, 'input.bad_id').optional();

const ResidentSummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    birth_year: z.int().nullable(),
    sex: z.enum(SEXES).nullable(),
    hamlet_id: z.uuid().nullable(),
    national_id: z.string().nullable().openapi({ description: 'Masked.' }),
    phone: z.string().nullable().openapi({ description: 'Masked.' }),
    deceased: z.boolean(),
    demo: z.boolean(),
  })
  .openapi('ResidentSummary');

const ResidentDetail = z
  .object({
    id: z.uuid(),
    name: z.string(),
    birth_date: Day.nullable(),
    birth_known: z.enum(['day', 'year']).openapi({
      description: 'Of many elders only the year is known; the date is then 1 January.',
    }),
    sex: z.enum(SEXES).nullable(),
    national_id: z.string().nullable(),
    phone: z.string().nullable(),
    hamlet_id: z.uuid().nullable(),
    address: z.string().nullable(),
    deceased_on: Day.nullable(),
    demo: z.boolean(),
    version: z.int(),
  })
  .openapi('Resident');

const HouseholdSummary = z
  .object({
    id: z.uuid(),
    number: z.string().openapi({ example: '00142' }),
    hamlet_id: z.uuid(),
    address: z.string().nullable(),
    head: z.object({ id: z.uuid(), name: z.string(), birth_year: z.int().nullable() }).nullable(),
    head_to_confirm: z.boolean(),
    people: z.int(),
    demo: z.boolean(),
  })
  .openapi('HouseholdSummary');

const HouseholdDetail = z
  .object({
    id: z.uuid(),
    number: z.string(),
    hamlet_id: z.uuid(),
    address: z.string().nullable(),
    opened_on: Day,
    closed_on: Day.nullable(),
    head_to_confirm: z.boolean(),
    members: z.array(
      ResidentSummary.extend({ relation: z.enum(RELATIONS), joined_on: Day }).openapi('HouseholdMember'),
    ),
    demo: z.boolean(),
  })
  .openapi('Household');

const residentsRoute = createRoute({
  ...about,
  method: 'get',
  path: '/residents',
  summary:
    'Residents by words of the name, a whole identification number or a whole telephone number; masked',
  request: { query: pageQuery({ q: z.string().max(200, 'input.too_big').optional(), hamlet: Hamlet }) },
  responses: { 200: jsonOf(pageOf(ResidentSummary), 'One page by name'), ...problemResponses() },
});

const residentRoute = createRoute({
  ...about,
  method: 'get',
  path: '/residents/{id}',
  summary: 'A resident’s record; the view is written down with its purpose',
  request: {
    params: z.object({ id: ThingId }),
    query: z.strictObject({ purpose: z.enum(PURPOSES, 'registry.purpose_needed') }),
  },
  responses: { 200: jsonOf(ResidentDetail, 'The record'), ...problemResponses() },
});

const householdsRoute = createRoute({
  ...about,
  method: 'get',
  path: '/households',
  summary: 'Households of today, by hamlet and number',
  request: { query: pageQuery({ q: z.string().max(200, 'input.too_big').optional(), hamlet: Hamlet }) },
  responses: { 200: jsonOf(pageOf(HouseholdSummary), 'One page'), ...problemResponses() },
});

const householdRoute = createRoute({
  ...about,
  method: 'get',
  path: '/households/{id}',
  summary: 'A household with its present members, masked',
  request: { params: z.object({ id: ThingId }) },
  responses: { 200: jsonOf(HouseholdDetail, 'The household'), ...problemResponses() },
});

/** Adds residents and households to the API. */
export function peopleApi(api: Api): void {
  api.openapi(residentsRoute, async (c) => {
    const { q, hamlet, ...page } = c.req.valid('query');
    const filter = { q, hamletId: hamlet, ...pageRange(page) };
    const { items, total } = await c.var.run((ctx) => searchResidents(ctx, filter));
    return c.json({ items: items.map(personOf), total, page: page.page, per_page: page.per_page }, 200);
  });
  api.openapi(residentRoute, async (c) => {
    const { id } = c.req.valid('param');
    const { purpose } = c.req.valid('query');
    return c.json(recordOf(await c.var.run((ctx) => getResident(ctx, id), { purpose })), 200);
  });
  api.openapi(householdsRoute, async (c) => {
    const { q, hamlet, ...page } = c.req.valid('query');
    const filter = { q, hamletId: hamlet, ...pageRange(page) };
    const { items, total } = await c.var.run((ctx) => listHouseholds(ctx, filter));
    return c.json({ items: items.map(lineOf), total, page: page.page, per_page: page.per_page }, 200);
  });
  api.openapi(householdRoute, async (c) => {
    const { id } = c.req.valid('param');
    return c.json(householdOf(await c.var.run((ctx) => getHousehold(ctx, id))), 200);
  });
}

function personOf(one: MaskedResident): z.infer<typeof ResidentSummary> {
  return {
    id: one.id,
    name: one.fullName,
    birth_year: one.birthYear,
    sex: one.sex,
    hamlet_id: one.hamletId,
    national_id: one.nationalId,
    phone: one.phone,
    deceased: one.deceased,
    demo: one.demo,
  };
}

function recordOf(one: Resident): z.infer<typeof ResidentDetail> {
  return {
    id: one.id,
    name: one.fullName,
    birth_date: one.birthDate,
    birth_known: one.birthKnown,
    sex: one.sex,
    national_id: one.nationalId,
    phone: one.phone,
    hamlet_id: one.hamletId,
    address: one.address,
    deceased_on: one.deceasedOn,
    demo: one.demo,
    version: one.version,
  };
}

function lineOf(line: HouseholdLine): z.infer<typeof HouseholdSummary> {
  const { id, number, hamletId, address, head, headToConfirm, people, demo } = line;
  return {
    id,
    number,
    hamlet_id: hamletId,
    address,
    head: head && { id: head.id, name: head.name, birth_year: head.birthYear },
    head_to_confirm: headToConfirm,
    people,
    demo,
  };
}

function householdOf(one: Household): z.infer<typeof HouseholdDetail> {
  return {
    id: one.id,
    number: one.number,
    hamlet_id: one.place.hamletId,
    address: one.place.address,
    opened_on: one.openedOn,
    closed_on: one.closedOn,
    head_to_confirm: one.headToConfirm,
    members: one.people.map((who) => ({
      ...personOf(who),
      relation: who.relation,
      joined_on: who.joinedOn,
    })),
    demo: one.demo,
  };
}
