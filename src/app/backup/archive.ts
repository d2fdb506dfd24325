/**
 * What is inside the sealed file: frames of one type byte, a length (32 bits) and a payload.
 * `H` the head, then for each member `B` its beginning, `D` data (any number), `E` its end; `Z` closes.
 * H, B, E and Z are JSON.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';

export type FrameType = 'H' | 'B' | 'D' | 'E' | 'Z';
export type Frame = { type: FrameType; payload: Buffer };

const LARGEST = 4 * 1024 * 1024;
const HEAD_BYTES = 5;

/** Writes one frame and waits while the stream is full. */
export async function writeFrame(out: Writable, type: FrameType, payload: Buffer | object): Promise<void> {
  const body = Buffer.isBuffer(payload) ? payload : Buffer.from(JSON.stringify(payload));
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(body.length, 1);
  out.write(head);
  if (!out.write(body)) await once(out, 'drain');
}

/** Writes data of any length, in frames that a reader can hold. */
export async function writeData(out: Writable, data: Buffer): Promise<void> {
  for (let at = 0; at < data.length; at += LARGEST)
    await writeFrame(out, 'D', data.subarray(at, at + LARGEST));
}

/** Reads frames one by one. @throws Error when the stream holds something else */
export async function* readFrames(input: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const data of input) {
    held = held.length === 0 ? data : Buffer.concat([held, data]);
    let at = 0;
    while (held.length - at >= HEAD_BYTES) {
      const size = held.readUInt32BE(at + 1);
      if (size > LARGEST) throw new Error('The content of this backup is not what this program wrote.');
      if (held.length - at - HEAD_BYTES < size) break;
      const type = held.toString('latin1', at, at + 1) as FrameType;
      yield { type, payload: held.subarray(at + HEAD_BYTES, at + HEAD_BYTES + size) };
      at += HEAD_BYTES + size;
    }
    held = held.subarray(at);
  }
  if (held.length > 0) throw new Error('The content of this backup ends in the middle.');
}

/** @throws SyntaxError when the frame does not hold JSON: the archive is damaged */
export function jsonOf<T>(frame: Frame): T {
  return JSON.parse(frame.payload.toString('utf8')) as T;
}
