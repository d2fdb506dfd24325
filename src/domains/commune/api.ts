/** The commune over HTTP: what it is, its hamlets, its announcements. Office time stands in api-office-time.ts. */
import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import {
  Day,
  Instant,
  jsonOf,
  pageOf,
  PageQuery,
  pageRange,
  OPTIONAL_KEY,
  problemResponses,
} from '#kernel/api';
import { formatIso } from '#kernel/format';
import type { Ctx } from '#kernel/context';
import type { ApiEnv } from '#kernel/manifest';
import { localDateOf } from '#kernel/time';
import { ANNOUNCEMENT_KINDS, type Announcement } from './announcement.ts';
import { listAnnouncements } from './announcement.queries.ts';
import { officeTimeApi } from './api-office-time.ts';
import { unitsApi } from './api-units.ts';
import type { Hamlet } from './hamlet.ts';
import { listHamlets } from './hamlet.queries.ts';
import { communeSite } from './setting.queries.ts';
import { unitOn, type Unit } from './unit.ts';

const UnitView = z
  .object({
    official_code: z.string(),
    name: z.string(),
    district: z.string().nullable(),
    province: z.string(),
    valid_from: Day.nullable(),
    valid_to: Day.nullable(),
    successor_code: z.string().nullable(),
    source: z.string(),
    verified: z.boolean(),
  })
  .openapi('Unit');

const CommuneView = z
  .object({
    slug: z.string(),
    name: z.string(),
    agency_code: z.string(),
    demo: z.boolean(),
    unit: UnitView.nullable().openapi({ description: 'What the commune is today.' }),
    units: z.array(UnitView).openapi({ description: 'What it is and was, oldest first.' }),
    address: z.string().nullable(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    introduction: z.object({ vi: z.string().nullable(), en: z.string().nullable() }),
  })
  .openapi('Commune');

const HamletView = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    demo_name: z.boolean().openapi({ description: 'A stand-in of the demo, not an official name.' }),
    valid_from: Day.nullable(),
    valid_to: Day.nullable(),
    former_names: z.array(z.object({ name: z.string(), until: Day })),
  })
  .openapi('Hamlet');

const AnnouncementView = z
  .object({
    id: z.uuid(),
    kind: z.enum(ANNOUNCEMENT_KINDS),
    title: z.object({ vi: z.string(), en: z.string().nullable() }),
    body: z.object({ vi: z.string(), en: z.string().nullable() }),
    published_at: Instant,
    expires_at: Instant.nullable(),
    downtime_from: Instant.nullable(),
    downtime_to: Instant.nullable(),
  })
  .openapi('Announcement');

const about = { tags: ['commune'], security: OPTIONAL_KEY };

const communeRoute = createRoute({
  ...about,
  method: 'get',
  path: '/commune',
  summary: 'The commune: its administrative units by date, and how to reach it',
  responses: { 200: jsonOf(CommuneView, 'The commune'), ...problemResponses() },
});

const hamletsRoute = createRoute({
  ...about,
  method: 'get',
  path: '/hamlets',
  summary: 'The hamlets of the commune, in its own order',
  request: {
    query: z.strictObject({
      q: z.string().max(100, 'input.too_big').optional().openapi({
        description: 'Part of a present or former name; accents are not needed.',
      }),
      ended: z.enum(['true', 'false']).optional().openapi({ description: '`true`: ended ones too.' }),
    }),
  },
  responses: {
    200: jsonOf(z.object({ items: z.array(HamletView), total: z.int() }), 'The hamlets'),
    ...problemResponses(),
  },
});

const announcementsRoute = createRoute({
  ...about,
  method: 'get',
  path: '/announcements',
  summary: 'What the commune announces now: urgent first, then the newest',
  request: { query: PageQuery },
  responses: { 200: jsonOf(pageOf(AnnouncementView), 'The announcements'), ...problemResponses() },
});

/** Adds the room's routes to the API. */
export function communeApi(api: OpenAPIHono<ApiEnv>): void {
  api.openapi(communeRoute, async (c) => c.json(await c.var.run(communeView), 200));
  api.openapi(hamletsRoute, async (c) => {
    const { q, ended } = c.req.valid('query');
    const on = ended === 'true' ? 'ever' : undefined;
    const found = await c.var.run((ctx) => listHamlets(ctx, { ...(q && { q }), ...(on && { on }) }));
    return c.json({ items: found.map(hamletView), total: found.length }, 200);
  });
  api.openapi(announcementsRoute, async (c) => {
    const page = c.req.valid('query');
    const { items, total } = await c.var.run((ctx) => listAnnouncements(ctx, pageRange(page)));
    return c.json(
      { items: items.map(announcementView), total, page: page.page, per_page: page.per_page },
      200,
    );
  });
  officeTimeApi(api);
  unitsApi(api);
}

async function communeView(ctx: Ctx): Promise<z.infer<typeof CommuneView>> {
  const { settings, units } = await communeSite(ctx);
  const today = unitOn(units, localDateOf(ctx.now));
  const { slug, name, agencyCode, demo } = ctx.commune;
  return {
    slug,
    name,
    agency_code: agencyCode,
    demo,
    unit: today ? unitView(today) : null,
    units: units.map(unitView),
    address: settings.address,
    phone: settings.phone,
    email: settings.email,
    introduction: { vi: settings.introduction, en: settings.introductionEn },
  };
}

function unitView(unit: Unit): z.infer<typeof UnitView> {
  return {
    official_code: unit.officialCode,
    name: unit.name,
    district: unit.district,
    province: unit.province,
    valid_from: unit.validFrom,
    valid_to: unit.validTo,
    successor_code: unit.successorCode,
    source: unit.source,
    verified: unit.verified,
  };
}

function hamletView(hamlet: Hamlet): z.infer<typeof HamletView> {
  const { id, slug, name, demoName, validFrom, validTo, formerNames } = hamlet;
  return {
    id,
    slug,
    name,
    demo_name: demoName,
    valid_from: validFrom,
    valid_to: validTo,
    former_names: formerNames,
  };
}

function announcementView(one: Announcement): z.infer<typeof AnnouncementView> {
  return {
    id: one.id,
    kind: one.kind,
    title: { vi: one.title, en: one.titleEn },
    body: { vi: one.body, en: one.bodyEn },
    published_at: formatIso(one.publishedAt),
    expires_at: one.expiresAt && formatIso(one.expiresAt),
    downtime_from: one.downtimeFrom && formatIso(one.downtimeFrom),
    downtime_to: one.downtimeTo && formatIso(one.downtimeTo),
  };
}
