/** The verifier's own event hash against the vectors of the reference implementation, where they are at hand. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preHash } from '../../../../verify/verify.mjs';
import { anyEvent, CONTEXT } from '../epcis/event-fixture.ts';
import { preHash as ours } from '../epcis/hash.ts';
import { checkEvent } from '../epcis/rules.ts';

function findVectors(): string | undefined {
  const given = process.env.STANDARDS_DIR;
  if (given) return join(given, 'epcis', 'event-hash');
  for (let at = process.cwd(); at !== dirname(at); at = dirname(at)) {
    const folder = join(at, '..', 'shared', 'standards', 'epcis', 'event-hash');
    if (existsSync(folder)) return folder;
  }
  return undefined;
}

const folder = findVectors();

describe('the verifier’s hash of an EPCIS event', () => {
  it('is that of the server for whatever may be captured', () => {
    let captured = 0;
    fc.assert(
      fc.property(anyEvent, (event) => {
        if (checkEvent(event).length > 0) return;
        captured += 1;
        expect(preHash(event, CONTEXT)).toBe(ours({ event, context: CONTEXT }));
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 4_000) },
    );
    expect(captured).toBeGreaterThan(1_000);
  });

  it.skipIf(!folder)('agrees with every vector (skipped where ../shared/standards is not there)', () => {
    const names = readdirSync(folder!).filter((name) => name.endsWith('.jsonld'));
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const document = JSON.parse(readFileSync(join(folder!, name), 'utf8')) as {
        '@context': unknown;
        epcisBody: { eventList: Record<string, unknown>[] };
      };
      const wanted = readFileSync(join(folder!, name.replace('.jsonld', '.hashes')), 'utf8')
        .trim()
        .split('\n');
      const found = document.epcisBody.eventList.map((event) => {
        const digest = createHash('sha256').update(preHash(event, document['@context'])).digest('hex');
        return `ni:///sha-256;${digest}?ver=CBV2.0`;
      });
      expect(found, name).toEqual(wanted);
    }
  });

  it('is the same for several spellings of one event, and another for another event', () => {
    const event = {
      type: 'ObjectEvent',
      eventTime: '2026-11-02T08:30:00+07:00',
      eventTimeZoneOffset: '+07:00',
      action: 'ADD',
      bizStep: 'commissioning',
      epcList: ['urn:epc:id:sgtin:8930000.000001.AB-1'],
    };
    const respelled = {
      ...event,
      eventTime: '2026-11-02T01:30:00.000Z',
      bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning',
      epcList: ['https://xa.example/01/08930000000016/21/AB-1?x=1'],
    };
    const gtin = /epc=https:\/\/id\.gs1\.org\/01\/(\d{14})\/21\/AB-1/.exec(preHash(event))![1]!;
    respelled.epcList = [`https://xa.example/01/${gtin}/21/AB-1?x=1`];
    expect(preHash(respelled)).toBe(preHash(event));
    expect(preHash({ ...event, action: 'OBSERVE' })).not.toBe(preHash(event));
  });
});
