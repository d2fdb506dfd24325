import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localizeHref } from './addresses.ts';
import { isInnerAddress, readAddress, SITE_MAP, writeAddress } from './urls.ts';

describe('the site map', () => {
  it('leads from every public address to its room and back, in both languages', () => {
    for (const [room, vi, en] of SITE_MAP) {
      for (const rest of ['', '/x/y']) {
        expect(readAddress(vi + rest)).toEqual({ inner: room + rest, locale: 'vi' });
        expect(readAddress(`/en${en}${rest}`)).toEqual({ inner: room + rest, locale: 'en' });
        expect(writeAddress({ inner: room + rest, locale: 'vi' })).toBe(vi + rest);
        expect(writeAddress({ inner: room + rest, locale: 'en' })).toBe(`/en${en}${rest}`);
      }
    }
  });

  it('keeps what it does not know, and never mistakes the beginning of a word for a room', () => {
    expect(readAddress('/')).toEqual({ inner: '/', locale: 'vi' });
    expect(readAddress('/en')).toEqual({ inner: '/', locale: 'en' });
    expect(readAddress('/tra-cuu-khac')).toEqual({ inner: '/tra-cuu-khac', locale: 'vi' });
    expect(readAddress('/english')).toEqual({ inner: '/english', locale: 'vi' });
    expect(isInnerAddress('/services/tracks')).toBe(false);
    expect(isInnerAddress('/en/services/track/x')).toBe(true);
  });

  it('has no address twice', () => {
    for (const column of [0, 1, 2] as const) {
      const all = SITE_MAP.map((line) => line[column]);
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe('links', () => {
  it('carry query and hash along, and leave foreign addresses alone', () => {
    expect(localizeHref('/services/track?code=A#top', { locale: 'en' })).toBe('/en/track?code=A#top');
    expect(localizeHref('/tra-cuu?code=A', { locale: 'en' })).toBe('/en/track?code=A');
    expect(localizeHref('//elsewhere.example/x', { locale: 'en' })).toBe('//elsewhere.example/x');
    expect(localizeHref('https://zalo.me/84', { locale: 'en' })).toBe('https://zalo.me/84');
  });

  it('are the same when localized twice', () => {
    fc.assert(
      fc.property(fc.webPath(), fc.constantFrom('vi', 'en'), (path, locale) => {
        const once = localizeHref(path || '/', { locale });
        expect(localizeHref(once, { locale })).toBe(once);
      }),
    );
  });
});
