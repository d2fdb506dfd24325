import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { open, seal, SealError } from './envelope.ts';

const PASSPHRASE = 'chè xanh Tức Tranh 2026';
const MIB = 1024 * 1024;

const sealed = async (plain: Buffer, step = 100_000) => {
  const pieces = [];
  for (let at = 0; at < plain.length; at += step) pieces.push(plain.subarray(at, at + step));
  return buffer(Readable.from(pieces).pipe(await seal(PASSPHRASE, 14)));
};
const opened = (data: Buffer, passphrase = PASSPHRASE, step = 77_777) => {
  const pieces = [];
  for (let at = 0; at < data.length; at += step) pieces.push(data.subarray(at, at + step));
  return buffer(Readable.from(pieces).pipe(open(passphrase)));
};

describe('a sealed file', () => {
  it.each([0, 1, MIB - 1, MIB, MIB + 1, 2 * MIB, 2 * MIB + 12_345])(
    'opens as it was: %i bytes',
    async (size) => {
      const plain = randomBytes(size);
      expect((await opened(await sealed(plain))).equals(plain)).toBe(true);
    },
  );

  it('takes the passphrase in either Unicode form, and no other passphrase', async () => {
    const data = await sealed(Buffer.from('x'));
    expect(String(await opened(data, PASSPHRASE.normalize('NFD')))).toBe('x');
    await expect(opened(data, 'another passphrase')).rejects.toThrow(/passphrase is wrong/);
  });

  it('is different every time', async () => {
    expect((await sealed(Buffer.from('x'))).equals(await sealed(Buffer.from('x')))).toBe(false);
  });

  it('is refused with any byte changed', async () => {
    const data = await sealed(randomBytes(MIB + 100));
    for (const at of [0, 12, 13, 20, 36, 40, 53, 500, MIB + 30, MIB + 60, data.length - 1]) {
      const wrong = Buffer.from(data);
      wrong[at]! ^= 1;
      await expect(opened(wrong)).rejects.toBeInstanceOf(SealError);
    }
  });

  it('is refused when cut off anywhere, also between two chunks, and when something is added', async () => {
    const data = await sealed(randomBytes(2 * MIB + 100));
    const header = 53;
    for (const end of [
      0,
      5,
      header,
      header + 10,
      header + MIB + 16,
      header + 2 * (MIB + 16),
      data.length - 1,
    ])
      await expect(opened(data.subarray(0, end))).rejects.toBeInstanceOf(SealError);
    await expect(opened(Buffer.concat([data, Buffer.from('more')]))).rejects.toBeInstanceOf(SealError);
  });

  it('is refused when two chunks change places', async () => {
    const data = await sealed(randomBytes(3 * MIB));
    const chunk = MIB + 16;
    const [head, one, two, rest] = [53, 53 + chunk, 53 + 2 * chunk].reduce<Buffer[]>(
      (parts, at, index, all) => [
        ...parts,
        data.subarray(index === 0 ? 0 : all[index - 1], at),
        ...(index === 2 ? [data.subarray(at)] : []),
      ],
      [],
    );
    await expect(opened(Buffer.concat([head!, two!, one!, rest!]))).rejects.toBeInstanceOf(SealError);
  });
});
