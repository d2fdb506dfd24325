/** Where messages to subscribers may go: never inside, whatever the address looks like. */
import { describe, expect, it } from 'vitest';
import { isInside, pinnedAddress } from './webhook.ts';

describe('an address', () => {
  it.each(
    `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
     192.168.1.1 192.88.99.1 198.18.0.1 224.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:10.0.0.1
     ::ffff:7f00:1 ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1::1
     3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fec0::1 ff02::1 fe80::1%eth0 localhost 1.1.1 ''`.split(
      /\s+/,
    ),
  )('%s lies inside', (address) => expect(isInside(address)).toBe(true));

  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1', '::ffff:1.1.1.1'])(
    '%s does not',
    (address) => expect(isInside(address)).toBe(false),
  );
});

describe('a name', () => {
  /** A resolver that counts how often it was asked. */
  const answers = (...found: string[]) => {
    const asked: string[] = [];
    const resolve = async (name: string) => {
      asked.push(name);
      return found.map((address) => ({ address, family: 4 }));
    };
    return Object.assign(resolve, { asked });
  };

  it('is asked for once, and the answer is kept: what it says later helps nobody', async () => {
    const resolve = answers('1.1.1.1');
    expect(await pinnedAddress(new URL('https://a.example/'), resolve)).toEqual({
      address: '1.1.1.1',
      family: 4,
    });
    expect(resolve.asked).toEqual(['a.example']);
  });

  it.each([
    ['http://1.1.1.1/', 'not https'],
    ['https://me@1.1.1.1/', 'not https'],
    ['https://me:you@a.example/', 'not https'],
    ['ftp://a.example/', 'not https'],
    // Numbers in other clothes are what the URL standard makes of them.
    ['https://2130706433/', 'inside'],
    ['https://0x7f.1/', 'inside'],
    ['https://017700000001/', 'inside'],
    ['https://[::1]/', 'inside'],
    ['https://[::ffff:7f00:1]/', 'inside'],
    ['https://[64:ff9b::a9fe:a9fe]/', 'inside'],
  ])('%s is refused: %s', async (url, reason) => {
    await expect(pinnedAddress(new URL(url), answers('1.1.1.1'))).rejects.toThrow(reason);
  });

  it('with one answer inside, or none, is refused', async () => {
    for (const found of [['1.1.1.1', '10.0.0.1'], ['127.0.0.1'], []])
      await expect(pinnedAddress(new URL('https://localhost./'), answers(...found))).rejects.toThrow(
        'inside',
      );
  });
});
