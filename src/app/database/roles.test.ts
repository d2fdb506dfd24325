import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { asLogin, loginName, urlsFor } from './roles.ts';

const seen = (url: string) => {
  const { user, password, host, port, database, ssl } = new pg.Client(url);
  return { user, password, host, port, database, ssl };
};

describe('the address of another login', () => {
  it.each([
    [
      'a TCP address with a password',
      'postgresql://owner:secret@db.example:5433/xa',
      { host: 'db.example', port: 5433 },
    ],
    ['a password with signs', 'postgresql://own%40er:p%2Fa%3As%40s@db:5432/xa', { host: 'db', port: 5432 }],
    ['the short scheme, no user', 'postgres://localhost/xa', { host: 'localhost' }],
    ['an IPv6 address', 'postgresql://owner:s@[::1]:6000/xa', { host: '::1', port: 6000 }],
    ['a socket folder in the query', 'postgresql://owner@/xa?host=%2Ftmp%2Fxa-12', { host: '/tmp/xa-12' }],
    [
      'a socket folder, no user',
      'postgresql:///xa?host=/run/postgresql&port=6001',
      { host: '/run/postgresql', port: 6001 },
    ],
    ['a socket folder as host', 'postgresql://owner@%2Frun%2Fpostgresql/xa', { host: '/run/postgresql' }],
    [
      'a user and a password in the query',
      'postgresql:///xa?host=/tmp/s&user=owner&password=s',
      { host: '/tmp/s' },
    ],
  ])('keeps server and database: %s', (_what, url, expected) => {
    expect(seen(asLogin(url, 'xa_app_1', 'p/a:s@s?#'))).toMatchObject({
      user: 'xa_app_1',
      password: 'p/a:s@s?#',
      database: 'xa',
      ...expected,
    });
  });

  it('keeps what else stands in the query', () => {
    const url = asLogin('postgresql://o:s@db/xa?sslmode=no-verify&application_name=x', 'a', 'b');
    expect(url).toBe('postgresql://a:b@db/xa?sslmode=no-verify&application_name=x');
  });

  it('means the owner’s own database where the address names none', () => {
    expect(seen(asLogin('postgresql://owner:s@db', 'a', 'b')).database).toBe('owner');
    expect(seen(asLogin('postgresql://owner:s@db/?sslmode=disable', 'a', 'b')).database).toBe('owner');
  });

  it('refuses what is no address without repeating it', () => {
    expect(() => asLogin('mysql://owner:secret@db/xa', 'a', 'b')).toThrow(/^(?!.*secret).*postgresql:/);
  });
});

it('gives every installation its own logins', () => {
  const one = urlsFor('postgresql://o@db/xa', 'one');
  expect(seen(one.app).user).toBe(loginName('app', 'one'));
  expect(loginName('app', 'one')).not.toBe(loginName('app', 'two'));
  expect(new Set(Object.values(one).map((url) => seen(url).user)).size).toBe(4);
});
