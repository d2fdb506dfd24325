/** The query language by the REST interface, on real PostgreSQL. */
import { beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from './event.ts';
import { BASE, document, EVENTS, eventsOf, LOT, useInterface } from './interface-fixture.ts';
import { BIZ_STEPS, DISPOSITIONS } from './vocabulary.ts';

const { call, ids } = useInterface();

/** All of a collection, page by page. */
async function members(first: string): Promise<string[]> {
  const found: string[] = [];
  let path: string | null = first;
  while (path) {
    const page = await call('clerk', 'GET', path);
    found.push(...(page.json.member as string[]));
    path = /<\/api\/epcis\/v2([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1] ?? null;
  }
  return found;
}

beforeAll(async () => {
  await call('clerk', 'POST', '/capture', document(EVENTS));
});

describe('queries', () => {
  it.each<[string, string[]]>([
    [`MATCH_anyEPCClass=${LOT}`, ['1', '5']],
    ['MATCH_anyEPCClass=urn:epc:class:lgtin:8938500.000001.CHE-01', ['1', '5']],
    ['MATCH_epcClass=urn:epc:class:lgtin:8938500.000001.CHE-01', ['1']],
    ['MATCH_epc=urn:epc:id:sgtin:8938500.000001.A1', ['2', '3']],
    ['MATCH_epc=https://id.gs1.org/01/08938500000010/21/A1', ['2', '3']],
    ['MATCH_anyEPC=urn:epc:idpat:sgtin:8938500.*.*', ['2', '3', '5']],
    ['MATCH_anyEPC=urn:epc:idpat:sgtin:8938500.000002.*', ['5']],
    ['MATCH_parentID=urn:epc:idpat:sscc:8938500.*', ['3']],
    ['MATCH_outputEPC=urn:epc:id:sgtin:8938500.000002.B1', ['5']],
    ['eventType=AggregationEvent|TransformationEvent', ['3', '5']],
    ['EQ_bizStep=packing&EQ_action=OBSERVE', ['2']],
    ['EQ_bizStep=https://ref.gs1.org/cbv/BizStep-commissioning', ['1']],
    ['EQ_disposition=active', ['1']],
    ['EQ_readPoint=https://id.gs1.org/414/8938500000010/254/dryer', ['4']],
    ['EQ_bizLocation=urn:epc:id:sgln:8938500.00001.0', ['2']],
    ['GE_eventTime=2026-03-03T01:00:00Z&LT_eventTime=2026-03-04T01:00:00Z', ['3']],
    ['EQ_bizTransaction_po=urn:epcglobal:cbv:bt:8938500000010:7', ['2']],
    ['EQ_bizTransaction_inv=urn:epcglobal:cbv:bt:8938500000010:7', []],
    ['EQ_source_owning_party=https://id.gs1.org/417/8938500000003', ['3']],
    ['GE_quantity=5&LT_quantity=10', ['5']],
    ['EQ_persistentDisposition_set=completeness_verified', ['5']],
    ['EXISTS_errorDeclaration=true', ['6']],
    ['EQ_errorReason=incorrect_data', ['6']],
    ['EQ_correctiveEventID=urn:uuid:22222222-2222-4222-8222-222222222222', ['6']],
    ['GE_errorDeclarationTime=2026-03-08T00:00:00Z', []],
    ['EQ_type=Temperature&GT_value_CEL=80', ['4']],
    ['GT_value_CEL=90', []],
    // In another unit, as the standard's own test of conformity asks (TCR-53).
    ['EQ_type=Temperature&GE_value_KEL=354', ['4']],
    ['EQ_value_KEL=354.65', ['4']],
    ['EQ_value_FAH=178.7', ['4']],
    ['GT_value_FAH=179', []],
    ['GE_value_KGM=1', []],
    ['EQ_deviceID=https://id.gs1.org/8004/8938500D1', ['4']],
    ['GE_time=2026-03-04T00:59:59Z', ['4']],
    // A plus that was not encoded, a leap second, and years beyond what the database keeps.
    ['GE_eventTime=2026-03-06T08:00:00+07:00', ['6']],
    ['GE_eventTime=2026-03-05T23:59:60Z&EXISTS_ex:n', ['6']],
    ['GE_eventTime=0000-01-01T00:00:00Z&LT_eventTime=2026-03-02T01:00:00Z&EXISTS_ex:n=true', ['1']],
    ['LT_recordTime=9999-12-31T23:59:59-12:00&EQ_ex:n=1', ['1']],
    ['EXISTS_errorDeclaration=0&EQ_ex:n=1', ['1']],
    ['EQ_bizStep=urn:epcglobal:cbv:bizstep:packing|killing', ['2', '3']],
    ['eventType=epcis:AggregationEvent', ['3']],
    ['EQ_type=gs1:Temperature&EXISTS_sensorElementList', ['4']],
    ['LE_quantity_KGM=5&GE_quantity_KGM=5', ['5']],
    ['EQ_quantity=12.5|99', ['1']],
    ['EQ_source_owning_party=urn:epc:id:pgln:8938500.00000', ['3']],
    ['EQ_transformationID=urn:none', []],
    ['EXISTS_sensorElementList=true', ['4']],
    ['EQ_https://ns.example.com/%23n=3', []],
    ['EQ_ex:n=3', ['3']],
    ['EQ_ILMD_ex:grade=7', ['1']],
    ['GE_ILMD_ex:grade=7&LT_ILMD_ex:grade=8', ['1']],
    ['EXISTS_INNER_ILMD_ex:inner=true', ['1']],
    ['EXISTS_ILMD_ex:inner=true', []],
    ['EQ_eventID=urn:uuid:11111111-1111-4111-8111-111111111111', ['6']],
    ['orderBy=eventTime&eventCountLimit=2&EXISTS_ex:n=true', ['6', '5']],
    ['orderBy=ex:n&orderDirection=ASC&EXISTS_ex:n=true', ['1', '2', '3', '4', '5', '6']],
    ['maxEventCount=6&EXISTS_ex:n=true', ['1', '2', '3', '4', '5', '6']],
  ])('%s', async (query, expected) => {
    expect(await ids('clerk', `/events?${query.replaceAll('|', '%7C')}`)).toEqual(expected);
  });

  it('page by page give everything once', async () => {
    for (const order of ['', '&orderBy=eventTime', '&orderBy=ex:n']) {
      const seen: string[] = [];
      let path: string | null = `/events?EXISTS_ex:n=true&perPage=4${order}`;
      while (path) {
        const page = await call('clerk', 'GET', path);
        seen.push(...eventsOf(page).map((one) => String(one['ex:n'])));
        path = /<\/api\/epcis\/v2([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1] ?? null;
      }
      expect(seen.sort(), order).toEqual(['1', '2', '3', '4', '5', '6']);
    }
  });

  it.each([
    ['EQ_nothing=1', 400, 'QueryParameterException'],
    ['GE_eventTime=yesterday', 400, 'QueryParameterException'],
    ['GT_eventTime=2026-03-01T00:00:00Z', 400, 'QueryParameterException'],
    ['EQ_action=LOOK', 400, 'QueryParameterException'],
    ['EQ_bizStep=withering', 400, 'QueryParameterException'],
    ['EQ_disposition=', 400, 'QueryParameterException'],
    ['EQ_errorReason=why', 400, 'QueryParameterException'],
    ['EQ_type=Warmth', 400, 'QueryParameterException'],
    ['EQ_booleanValue=perhaps', 400, 'QueryParameterException'],
    ['eventType=Event', 400, 'QueryParameterException'],
    ['MATCH_epc=hello', 400, 'QueryParameterException'],
    ['EQ_readPoint=the gate', 400, 'QueryParameterException'],
    ['GE_quantity=1|2', 400, 'QueryParameterException'],
    ['GE_quantity=many', 400, 'QueryParameterException'],
    ['EQ_eventID=7', 400, 'QueryParameterException'],
    ['EQ_action=ADD&EQ_action=OBSERVE', 400, 'QueryParameterException'],
    ['orderBy=place', 400, 'QueryParameterException'],
    ['orderBy=eventTime&orderDirection=UP', 400, 'QueryParameterException'],
    ['eventCountLimit=1', 400, 'QueryParameterException'],
    ['orderBy=eventTime&eventCountLimit=0', 400, 'QueryParameterException'],
    ['eventCountLimit=1&maxEventCount=1', 400, 'QueryParameterException'],
    ['perPage=0', 400, 'QueryParameterException'],
    ['nextPageToken=zzz', 400, 'QueryParameterException'],
    ['maxEventCount=1&EXISTS_ex:n=true', 413, 'QueryTooLargeException'],
  ])('%s is refused', async (query, status, type) => {
    const answered = await call('clerk', 'GET', `/events?${query}`);
    expect([answered.status, answered.json.type]).toEqual([status, `epcisException:${type}`]);
  });

  it('by the paths of resources, and what is within a place', async () => {
    expect(await ids('clerk', `/epcs/${encodeURIComponent(LOT)}/events`)).toEqual(['1', '5']);
    expect(await ids('clerk', '/bizSteps/packing/events')).toEqual(['2', '3']);
    // The standard's own words, and whatever else is in use.
    const own = 'https://xa.example/step/withering';
    await call('clerk', 'POST', '/capture', document([{ ...BASE, epcList: ['urn:x:1'], bizStep: own }]));
    const steps = await members('/bizSteps?perPage=7');
    expect([steps.length, new Set(steps).size]).toEqual([BIZ_STEPS.size + 1, BIZ_STEPS.size + 1]);
    expect(steps).toContain(own);
    expect(new Set(await members('/dispositions'))).toEqual(DISPOSITIONS);
    expect(await members('/eventTypes')).toEqual([...EVENT_TYPES].sort());
    expect(await ids('clerk', '/bizSteps/packing/events?EQ_bizStep=shipping')).toEqual([]);
    expect(await ids('clerk', '/eventTypes/ObjectEvent/events?EQ_bizStep=packing')).toEqual(['2']);
    expect((await call('clerk', 'GET', '/readPoints?perPage=1')).headers.get('link')).toContain(
      'nextPageToken',
    );
    expect((await call('clerk', 'GET', '/bizSteps/killing')).status).toBe(200);
    for (const path of [
      '/bizSteps/withering',
      '/bizSteps/urn:none',
      '/eventTypes/Event/events',
      '/epcs/hello',
    ])
      expect((await call('clerk', 'GET', path)).json.type, path).toBe(
        'epcisException:NoSuchResourceException',
      );
    expect((await call('clerk', 'GET', '/eventTypes/ObjectEvent')).json.member).toEqual(['events']);
    expect((await call('clerk', 'GET', '/nonsense')).json.type).toBe(
      'epcisException:NoSuchResourceException',
    );
    const factory = 'urn:epc:id:sgln:8938500.00001.0';
    const header = {
      epcisMasterData: {
        vocabularyList: [
          {
            type: 'urn:epcglobal:epcis:vtype:ReadPoint',
            vocabularyElementList: [
              {
                id: factory,
                children: ['urn:epc:id:sgln:8938500.00001.dryer'],
                attributes: [{ id: 'cbvmda:city', attribute: 'Tức Tranh' }],
              },
            ],
          },
        ],
      },
    };
    await call('clerk', 'POST', '/capture', document([], { epcisHeader: header }));
    expect(await ids('clerk', `/events?WD_readPoint=${factory}`)).toEqual(['4']);
    expect(await ids('clerk', '/events?HASATTR_bizLocation=cbvmda:city')).toEqual(['2']);
    expect(await ids('clerk', '/events?EQATTR_bizLocation_cbvmda:city=Tức Tranh|Phú Đô')).toEqual(['2']);
    expect(await ids('clerk', '/events?EQATTR_bizLocation_cbvmda:city=Phú Đô')).toEqual([]);
  });
});
