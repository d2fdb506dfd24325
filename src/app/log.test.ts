import { describe, expect, it } from 'vitest';
import { shortLine, withoutData } from './log.ts';
import { classOf, routeOf } from './route.ts';

describe('what a log line may hold', () => {
  it('keeps the words of an address and drops codes, tokens, ids and names', () => {
    expect(routeOf('/tra-cuu')).toBe('/tra-cuu');
    expect(routeOf('/')).toBe('/');
    expect(routeOf('/api/v1/measures/services.dossiers.online_share')).toBe(
      '/api/v1/measures/services.dossiers.online_share',
    );
    for (const secret of [
      '23FHJKMR',
      '23fh-jkmr',
      'fhjkmrtx',
      'H55.242-230605-0001',
      '0198f1a2-0000-7000-8000-000000000000',
      '+84912345678',
      'Nguy%E1%BB%85n',
      'p4bC-x_9',
    ])
      expect(routeOf(`/tra-cuu/${secret}/in`)).toBe('/tra-cuu/:x/in');
  });

  it('sorts addresses into few classes', () => {
    expect(['/api/v1/x', '/_app/a.js', '/icon.svg', '/readyz', '/bat-ky'].map(classOf)).toEqual([
      'api',
      'asset',
      'asset',
      'health',
      'page',
    ]);
  });

  it('keeps the place of a database error and drops the row', () => {
    const thrown = Object.assign(new Error('invalid input syntax for type uuid: "Hoàng Thị Đặng"'), {
      code: '22P02',
      severity: 'ERROR',
      detail: 'Key (phone)=(+84912345678) already exists.',
      table: 'registry_resident',
    });
    const kept = withoutData(thrown);
    expect(kept).toMatchObject({ code: '22P02', table: 'registry_resident' });
    expect(JSON.stringify(kept)).not.toMatch(/Đặng|8491/);
  });

  it('keeps the cause, by the same rule', () => {
    const thrown = new Error('outer', { cause: Object.assign(new Error('inner'), { detail: 'secret' }) });
    expect(withoutData(thrown)).toMatchObject({ message: 'outer', cause: { message: 'inner' } });
    expect(JSON.stringify(withoutData(thrown))).not.toContain('secret');
  });

  it('is one short line on a terminal', () => {
    const json = JSON.stringify({
      level: 30,
      time: 0,
      msg: 'GET /tra-cuu',
      status: 200,
      ms: 12,
      reqId: 'abcdefgh-1',
    });
    expect(shortLine(json)).toBe('07:00:00 GET /tra-cuu status=200 ms=12 [abcdefgh]\n');
  });
});
