import { createRoute, z } from '@hono/zod-openapi';
import {
  DateInput,
  Day,
  jsonOf,
  OPTIONAL_KEY,
  pageOf,
  pageQuery,
  pageRange,
  problemResponses,
} from '#kernel/api';
import { groupCode } from '#kernel/ids';
import type { Api } from '#kernel/manifest';
import { getHamlet, listHamlets } from '#domain/commune';
import { getFoundAddress } from './find.queries.ts';
import { listPublicWorks, type StandingWork } from './work.queries.ts';
import { CONDITIONS, WORK_KINDS } from './work.ts';

const AddressView = z
  .object({
    code: z.string().openapi({ example: '23FH-JKMR', description: 'On the plate of the house.' }),
    number: z.string(),
    hamlet: z.string(),
    ended_on: Day.nullable(),
    place: z
      .object({ lat: z.number(), lng: z.number(), open_location_code: z.string() })
      .nullable()
      .openapi({ description: 'Only where the household agreed to be shown.' }),
    demo: z.boolean(),
  })
  .openapi('Address');

const WorkView = z
  .object({
    id: z.uuid(),
    kind: z.enum(WORK_KINDS),
    name: z.string(),
    hamlet: z.string().nullable(),
    place: z.object({ lat: z.number(), lng: z.number() }).nullable(),
    in_use_from: Day,
    inspected_on: Day.nullable(),
    condition: z.enum(CONDITIONS).nullable(),
    at_standard: z.boolean().nullable(),
    length_m: z.int().nullable(),
    hardened_m: z.int().nullable(),
    wifi: z.boolean().nullable(),
    demo: z.boolean(),
  })
  .openapi('Work');

const about = { tags: ['places'], security: OPTIONAL_KEY };

const addressRoute = createRoute({
  ...about,
  method: 'get',
  path: '/addresses/{code}',
  summary: 'The house of a plate; its place only where the household agreed',
  request: {
    params: z.object({
      code: z
        .string()
        .max(60)
        .openapi({ param: { name: 'code', in: 'path' } }),
    }),
  },
  responses: { 200: jsonOf(AddressView, 'The address'), ...problemResponses() },
});

const worksRoute = createRoute({
  ...about,
  method: 'get',
  path: '/works',
  summary: 'Public works in use on a day (today when not given), as the newest inspection found them',
  request: {
    query: pageQuery({
      kind: z.enum(WORK_KINDS).optional(),
      on: DateInput.optional(),
      q: z.string().max(100, 'input.too_big').optional(),
    }),
  },
  responses: { 200: jsonOf(pageOf(WorkView), 'One page of works'), ...problemResponses() },
});

/** Adds the room's routes to the API. */
export function placesApi(api: Api): void {
  api.openapi(addressRoute, async (c) => {
    const { code } = c.req.valid('param');
    const { found, hamlet } = await c.var.run(async (ctx) => {
      const address = await getFoundAddress(ctx, code);
      return { found: address, hamlet: await getHamlet(ctx, address.hamletId) };
    });
    const { place, number, endedOn, demo } = found;
    return c.json(
      {
        code: groupCode(found.code),
        number,
        hamlet: hamlet.name,
        ended_on: endedOn,
        place: place && { lat: place.lat, lng: place.lng, open_location_code: place.locationCode },
        demo,
      },
      200,
    );
  });
  api.openapi(worksRoute, async (c) => {
    const { kind, on, q, ...page } = c.req.valid('query');
    const { found, names } = await c.var.run(async (ctx) => ({
      found: await listPublicWorks(ctx, { kind, q, ...(on && { on }), ...pageRange(page) }),
      names: new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name])),
    }));
    const items = found.items.map((work) => workView(work, names));
    return c.json({ items, total: found.total, page: page.page, per_page: page.per_page }, 200);
  });
}

function workView(work: StandingWork, names: ReadonlyMap<string, string>): z.infer<typeof WorkView> {
  const { id, kind, name, hamletId, point, inUseFrom, standing, demo } = work;
  return {
    id,
    kind,
    name,
    hamlet: (hamletId && names.get(hamletId)) ?? null,
    place: point,
    in_use_from: inUseFrom,
    inspected_on: standing?.onDay ?? null,
    condition: standing?.condition ?? null,
    at_standard: standing?.atStandard ?? null,
    length_m: standing?.lengthM ?? null,
    hardened_m: standing?.hardenedM ?? null,
    wifi: standing?.wifi ?? null,
    demo,
  };
}
