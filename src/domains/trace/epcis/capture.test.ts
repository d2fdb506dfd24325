/** Capturing by the REST interface, on real PostgreSQL. */
import { describe, expect, it } from 'vitest';
import { system } from '#test/world';
import { EPCIS_CONTEXT } from './event.ts';
import { BASE, document, EVENTS, eventsOf, useInterface } from './interface-fixture.ts';
import { workCapture } from './job.actions.ts';

const { world, call, ids } = useInterface();

describe('capture', () => {
  it('is a job that says what became of it; sending twice changes nothing', async () => {
    for (const round of [1, 2]) {
      const sent = await call('clerk', 'POST', '/capture', document(EVENTS));
      expect([round, sent.status, sent.headers.get('gs1-epcis-version')]).toEqual([round, 202, '2.0.0']);
      const job = await call('clerk', 'GET', sent.headers.get('location')!.replace('/api/epcis/v2', ''));
      expect(job.json).toMatchObject({
        running: false,
        success: true,
        captureErrorBehaviour: 'rollback',
        errors: [],
      });
    }
    expect(await ids('clerk', '/events')).toEqual(['1', '2', '3', '4', '5', '6']);
    expect((await call('clerk', 'GET', '/capture?perPage=1')).headers.get('link') ?? '').toContain(
      'rel="next"',
    );
  });

  it('takes all or nothing, or whatever it can', async () => {
    const good = { ...BASE, epcList: ['urn:x:good'] };
    const bad = { ...BASE, epcList: ['no uri'] };
    const strict = await call('clerk', 'POST', '/capture', document([good, bad]));
    const job = await call('clerk', 'GET', `/capture/${strict.headers.get('location')!.split('/').at(-1)}`);
    expect(job.json).toMatchObject({
      success: false,
      errors: [{ type: 'epcisException:ValidationException', detail: '/eventList/1/epcList/0' }],
    });
    expect(await ids('clerk', '/epcs/urn:x:good/events')).toEqual([]);
    await call('clerk', 'POST', '/capture', document([good, bad]), {
      'gs1-capture-error-behaviour': 'proceed',
    });
    expect((await ids('clerk', '/epcs/urn:x:good/events')).length).toBe(1);
  });

  it('works large documents off by the queue', async () => {
    const many = Array.from({ length: 600 }, (_, at) => ({ ...BASE, epcList: [`urn:many:${at}`] }));
    const sent = await call('one', 'POST', '/capture', document(many));
    const id = sent.headers.get('location')!.split('/').at(-1)!;
    expect((await call('one', 'GET', `/capture/${id}`)).json).toMatchObject({ running: true, success: true });
    await world.as(system, (ctx) => workCapture(ctx, id));
    expect((await call('one', 'GET', `/capture/${id}`)).json).toMatchObject({
      running: false,
      success: true,
    });
    expect((await ids('one', '/events?perPage=1000')).length).toBe(600);
    expect((await call('two', 'GET', `/capture/${id}`)).status).toBe(404);
  });

  it('refuses what is none, with the standard’s own problems', async () => {
    const deep = `{"a":${'['.repeat(60)}${']'.repeat(60)}}`;
    for (const [body, headers, status, type] of [
      ['{', {}, 400, 'ValidationException'],
      [deep, {}, 400, 'ValidationException'],
      [document([]), { 'content-type': 'text/plain' }, 415, 'UnsupportedMediaTypeException'],
      [{ ...document([]), schemaVersion: 2 }, {}, 400, 'ValidationException'],
      [document(Array.from({ length: 5_001 }, () => BASE)), {}, 413, 'CaptureLimitExceededException'],
      [document([]), { 'gs1-epcis-version': '1.2' }, 406, 'NotAcceptableException'],
      [document([]), { 'gs1-cbv-version': '1.2.2' }, 406, 'NotAcceptableException'],
      [document([]), { 'gs1-epcis-version': '2.0.0', 'gs1-cbv-max': '1.2' }, 406, 'NotAcceptableException'],
      [document([]), { 'gs1-epcis-min': '2.1.0' }, 406, 'NotAcceptableException'],
      [document([]), { 'gs1-epc-format': 'Always_EPC_URN' }, 406, 'NotAcceptableException'],
      [document([]), { accept: 'application/xml' }, 406, 'NotAcceptableException'],
      [document([]), { 'gs1-capture-error-behaviour': 'all' }, 400, 'ValidationException'],
      [document([]), { 'content-type': 'application/xml' }, 415, 'UnsupportedMediaTypeException'],
      [[document([])], {}, 400, 'ValidationException'],
      ['null', {}, 400, 'ValidationException'],
    ] as const) {
      const answered = await call('clerk', 'POST', '/capture', body, headers);
      expect([answered.status, answered.json.type, answered.headers.get('content-type')]).toEqual([
        status,
        `epcisException:${type}`,
        'application/problem+json',
      ]);
    }
    expect((await call(null, 'POST', '/capture', document([]))).json.type).toBe(
      'epcisException:SecurityException',
    );
  });

  it('of one event answers with it; an id that is taken is a conflict', async () => {
    const event = {
      '@context': EPCIS_CONTEXT,
      ...BASE,
      eventID: 'urn:uuid:33333333-3333-4333-8333-333333333333',
      epcList: ['urn:x:single'],
    };
    const made = await call('clerk', 'POST', '/events', event);
    expect([made.status, made.json.eventID]).toEqual([201, event.eventID]);
    expect((await call('clerk', 'POST', '/events', event)).status).toBe(409);
    expect((await call('clerk', 'POST', '/events', { ...event, epcList: ['urn:x:other'] })).status).toBe(409);
    expect(eventsOf(await call('clerk', 'GET', `/events/${encodeURIComponent(event.eventID)}`)).length).toBe(
      1,
    );
    expect((await call('clerk', 'GET', '/events/urn:uuid:none')).status).toBe(404);
  });
});
