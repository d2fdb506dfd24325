import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkpointText,
  openNote,
  readCheckpoint,
  readVerifierKey,
  signNote,
  verifierKeyOf,
  writeVerifierKey,
} from './note.ts';

/** The example of Go's golang.org/x/mod/sumdb/note, made by another implementation. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const GO_SEED = Buffer.from('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz', 'base64').subarray(1);
const GO_TEXT =
  'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
    '’',
    "'",
  );
const GO_NOTE = `${GO_TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

const signer = { name: 'xa.example/nhat-ky-cong-khai', seed: randomBytes(32) };
const other = { ...signer, seed: randomBytes(32) };
const text = checkpointText({ origin: signer.name, size: 70_000, root: randomBytes(32) });

describe('signed notes', () => {
  it('are read and written as Go’s sumdb does, byte for byte', () => {
    const key = readVerifierKey(GO_KEY);
    expect(writeVerifierKey(key)).toBe(GO_KEY);
    expect(openNote(GO_NOTE, [key]).text).toBe(GO_TEXT);
    expect(signNote(GO_TEXT, [{ name: 'PeterNeumann', seed: GO_SEED }])).toBe(GO_NOTE);
  });

  it('say which of the known keys signed, and pass over others', () => {
    const [mine, second] = [verifierKeyOf(signer), verifierKeyOf(other)];
    const note = signNote(text, [signer, other]);
    expect(openNote(note, [mine]).signedBy).toEqual([mine]);
    expect(openNote(note, [mine, second]).signedBy).toEqual([mine, second]);
    expect(() => openNote(note, [readVerifierKey(GO_KEY)])).toThrow('none of the known keys signed');
  });

  it('are refused when any byte of them is another', () => {
    const note = Buffer.from(signNote(text, [signer]));
    const key = verifierKeyOf(signer);
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const altered = Buffer.from(note);
        altered[at]! ^= change;
        expect(() => openNote(altered.toString('utf8'), [key])).toThrow(/sign|note/);
      }),
      { numRuns: 400 },
    );
  });

  it('hold no control characters, and keys no spaces', () => {
    for (const bad of ['no end', 'tab\there\n', 'nul\0\n', 'half \ud800\n'])
      expect(() => signNote(bad, [signer])).toThrow('not a text');
    for (const bad of ['', GO_KEY.replace('c74f', 'c74e'), `a b${GO_KEY}`, `${GO_KEY}A`])
      expect(() => readVerifierKey(bad)).toThrow(/key/);
  });

  it('of a checkpoint hold origin, size and root', () => {
    const head = { origin: 'xa.example/log', size: 0, root: randomBytes(32) };
    expect(readCheckpoint(checkpointText(head))).toEqual(head);
    for (const bad of ['a\n01\nAA==\n', 'a\n1\nAA==\n', `a\n-1\n${head.root.toString('base64')}\n`, ''])
      expect(() => readCheckpoint(bad)).toThrow('not a checkpoint');
  });
});
