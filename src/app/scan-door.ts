/** The door for codes on packs, before Kit: reads the Digital Link, answers its kind of question, counts the scan. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CommuneRef } from '#kernel/context';
import { localDateOf } from '#kernel/time';
import { readDigitalLink } from '../domains/trace/digital-link/digital-link.ts';
import { linkPath } from '../domains/trace/digital-link/link.ts';
import { countScans } from '../domains/trace/scan/count.actions.ts';
import { scanCounter } from '../domains/trace/scan/counter.ts';
import { linksetOf, resolve } from '../domains/trace/scan/linkset.ts';
import type { Asked } from '../domains/trace/scan/scan.queries.ts';
import { languageOf, marksUnder } from '../domains/trace/scan/scan.ts';
import { takesGzip } from './packed.ts';
import { runAs, type Runtime } from './runtime.ts';
import type { Handler } from './stranger-door.ts';

/** Whether a path is a Digital Link of a trade item: GTINs are the only keys that packs of tea carry. */
export function isScan(path: string): boolean {
  return path.startsWith('/01/');
}

/** How often scans are written down. */
const FLUSH_MS = 5_000;

export type ScanDoor = { handle: Handler; stop: () => Promise<void> };

export function openScanDoor(runtime: Runtime): ScanDoor {
  const counter = scanCounter();
  const markFor = marksUnder(runtime.wiring.installation.key('trace.scan.places'));
  const flush = async () => {
    for (const [id, counts] of counter.take()) {
      const commune = (await runtime.communes.all()).find((one) => one.id === id);
      const caller = { actor: { kind: 'system', name: 'scans' } } as const;
      if (commune) await runAs(runtime, { commune, ...caller }, (ctx) => countScans(ctx, counts));
    }
  };
  const timer = setInterval(() => {
    flush().catch((thrown: unknown) => runtime.log.error({ err: thrown }, 'scans were not written'));
  }, FLUSH_MS);
  timer.unref();
  const handle: Handler = async (request, response) => {
    const commune = await runtime.communes.byHost(request.headers.host);
    if (!commune || !runtime.scanPages) return void response.writeHead(404).end();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    const scanned = await answer(runtime, commune, request, response);
    if (!scanned || request.method === 'HEAD') return;
    const mark = markFor(String(request.headers['x-real-ip'] ?? ''));
    counter.add(commune.id, { ...scanned, day: localDateOf(new Date()), mark });
  };
  const stop = async () => {
    clearInterval(timer);
    await flush();
  };
  return { handle, stop };
}

type Scanned = { lotId: string; serial: string | null };

/** @returns the lot that somebody looked at */
async function answer(
  runtime: Runtime,
  commune: CommuneRef,
  { url: raw = '/', headers, method }: IncomingMessage,
  response: ServerResponse,
): Promise<Scanned | null> {
  const url = new URL(raw, 'http://buyer');
  const read = readDigitalLink(`http://buyer${raw}`, { older: true });
  const path = read.ok ? linkPath(read.link) : url.pathname;
  const asked = read.ok ? askedOf(read.link) : null;
  const locale = languageOf(url.searchParams.get('lang'), String(headers['accept-language'] ?? ''));
  if (asked) {
    const link = { path, lot: asked.code };
    const way = resolve(url.searchParams.get('linkType'), String(headers.accept ?? ''), link, locale);
    if (way.kind === 'redirect') {
      response.writeHead(307, { location: way.to, vary: 'accept, accept-language' }).end();
      return null;
    }
    if (way.kind === 'linkset') {
      const { origin } = runtime.wiring.installation;
      sendLinkset(response, JSON.stringify(linksetOf(origin, path, asked.code, locale)));
      return null;
    }
  }
  const page = await runtime.scanPages!.answer(commune, { asked, path, locale });
  const packed = takesGzip(String(headers['accept-encoding'] ?? ''));
  const bytes = packed ? page.body.gzip() : page.body.plain();
  response.writeHead(page.status, {
    ...page.headers,
    ...(packed && { 'content-encoding': 'gzip' }),
    'content-length': bytes.length,
    link: linkHeader(path),
  });
  response.end(method === 'HEAD' ? undefined : bytes);
  return page.lotId && asked ? { lotId: page.lotId, serial: asked.serial } : null;
}

function askedOf({
  key,
  qualifiers,
}: {
  key: { value: string };
  qualifiers: readonly { ai: string; value: string }[];
}): Asked {
  const valueOf = (ai: string) => qualifiers.find((one) => one.ai === ai)?.value ?? null;
  return { gtin: key.value, code: valueOf('10') ?? '', serial: valueOf('21') };
}

/** Where the linkset is (GS1 Digital Link: resolution, 5.2). */
function linkHeader(path: string): string {
  return `<${path}?linkType=linkset>; rel="linkset"; type="application/linkset+json"`;
}

function sendLinkset(response: ServerResponse, json: string): void {
  response
    .writeHead(200, {
      'content-type': 'application/linkset+json',
      'content-length': Buffer.byteLength(json),
      'access-control-allow-origin': '*',
      'cache-control': 'no-cache',
      vary: 'accept, accept-language',
    })
    .end(json);
}
