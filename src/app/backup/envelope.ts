/**
 * The sealed file: what goes in comes out whole and unchanged, or not at all. scrypt makes the key from the
 * passphrase; AES-256-GCM seals chunks of 1 MiB; each chunk's nonce holds its number and whether it is the
 * last, so that a chunk can be neither changed, moved, left out nor added. Format: docs/operations.md.
 */
import {
  createCipheriv,
  createDecipheriv,
  randomBytes,
  scrypt,
  timingSafeEqual,
  type ScryptOptions,
} from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

const MAGIC = Buffer.from('XASO-BACKUP\n');
const VERSION = 1;
/** 2^17 · 8 · 128 bytes = 128 MiB for one guess. */
const COST_LOG2 = 17;
const SALT_BYTES = 16;
const PREFIX_BYTES = 7;
const CHECK_BYTES = 16;
/** Magic, version, cost, salt, nonce prefix, and a check that tells a wrong passphrase from a damaged file. */
const HEADER_BYTES = MAGIC.length + 2 + SALT_BYTES + PREFIX_BYTES + CHECK_BYTES;
const CHUNK = 1024 * 1024;
const TAG_BYTES = 16;

/** The file cannot be read; the words are for the operator. */
export class SealError extends Error {
  override name = 'SealError';
}

/** A stream that seals what is written to it. @param costLog2 scrypt's cost; only tests take less */
export async function seal(passphrase: string, costLog2 = COST_LOG2): Promise<Transform> {
  const salt = randomBytes(SALT_BYTES);
  const prefix = randomBytes(PREFIX_BYTES);
  const { key, check } = await keyFrom(passphrase, salt, costLog2);
  const header = Buffer.concat([MAGIC, Buffer.from([VERSION, costLog2]), salt, prefix, check]);
  const encrypt = (plain: Buffer, index: number, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(prefix, index, last));
    cipher.setAAD(header);
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  };
  const sealed = new Chunks(CHUNK, encrypt);
  sealed.push(header);
  return sealed;
}

/**
 * A stream that opens what `seal` made. It fails with SealError at the first wrong byte; the stream's end
 * proves that nothing is missing, so nothing may be believed for good before it.
 */
export function open(passphrase: string): Transform {
  return new Opening(passphrase);
}

function keyFrom(
  passphrase: string,
  salt: Buffer,
  costLog2: number,
): Promise<{ key: Buffer; check: Buffer }> {
  const options: ScryptOptions = { N: 2 ** costLog2, r: 8, p: 1, maxmem: 512 * 1024 * 1024 };
  return new Promise((done, fail) => {
    scrypt(passphrase.normalize('NFC'), salt, 32 + CHECK_BYTES, options, (thrown, made) =>
      thrown ? fail(thrown) : done({ key: made.subarray(0, 32), check: made.subarray(32) }),
    );
  });
}

function nonceOf(prefix: Buffer, index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(index, PREFIX_BYTES);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

/** Cuts the stream into chunks of one size and keeps one back, because the last one is marked. */
class Chunks extends Transform {
  #held: Buffer[] = [];
  #size = 0;
  #index = 0;
  readonly #chunk: number;
  readonly #work: (chunk: Buffer, index: number, last: boolean) => Buffer;

  constructor(chunk: number, work: (chunk: Buffer, index: number, last: boolean) => Buffer) {
    super();
    this.#chunk = chunk;
    this.#work = work;
  }

  override _transform(data: Buffer, _encoding: string, done: TransformCallback): void {
    this.#held.push(data);
    this.#size += data.length;
    try {
      if (this.#size > this.#chunk) this.#giveWhole();
      done();
    } catch (thrown) {
      done(thrown as Error);
    }
  }

  #giveWhole(): void {
    let all = Buffer.concat(this.#held);
    while (all.length > this.#chunk) {
      this.push(this.#work(all.subarray(0, this.#chunk), this.#index++, false));
      all = all.subarray(this.#chunk);
    }
    this.#held = [all];
    this.#size = all.length;
  }

  override _flush(done: TransformCallback): void {
    try {
      this.push(this.#work(Buffer.concat(this.#held), this.#index, true));
      done();
    } catch (thrown) {
      done(thrown as Error);
    }
  }
}

/** Reads the header, asks scrypt for the key, then opens chunk by chunk. */
class Opening extends Transform {
  readonly #passphrase: string;
  #head = Buffer.alloc(0);
  #body: Chunks | null = null;

  constructor(passphrase: string) {
    super();
    this.#passphrase = passphrase;
  }

  override _transform(data: Buffer, _encoding: string, done: TransformCallback): void {
    if (this.#body) return this.#pass(this.#body, data, done);
    this.#head = Buffer.concat([this.#head, data]);
    if (this.#head.length < HEADER_BYTES) return done();
    const rest = this.#head.subarray(HEADER_BYTES);
    this.#begin(this.#head.subarray(0, HEADER_BYTES)).then(
      (body) => {
        this.#body = body;
        this.#pass(body, rest, done);
      },
      (thrown: Error) => done(thrown),
    );
  }

  #pass(body: Chunks, data: Buffer, done: TransformCallback): void {
    body.write(data, (thrown) => done(thrown));
  }

  async #begin(header: Buffer): Promise<Chunks> {
    if (!header.subarray(0, MAGIC.length).equals(MAGIC))
      throw new SealError('This is not a backup of Xã Số.');
    const [version = 0, costLog2 = 0] = header.subarray(MAGIC.length);
    if (version !== VERSION)
      throw new SealError(`This backup has format ${version}; this program reads format ${VERSION}.`);
    // The cost stands in the open: a forged one must not eat the machine's memory.
    if (costLog2 < 14 || costLog2 > 20) throw new SealError('The head of this backup is damaged.');
    const parts = header.subarray(MAGIC.length + 2);
    const salt = parts.subarray(0, SALT_BYTES);
    const prefix = parts.subarray(SALT_BYTES, SALT_BYTES + PREFIX_BYTES);
    const { key, check } = await keyFrom(this.#passphrase, salt, costLog2);
    if (!timingSafeEqual(check, parts.subarray(SALT_BYTES + PREFIX_BYTES)))
      throw new SealError('The passphrase is wrong, or the head of this backup is damaged.');
    const body = new Chunks(CHUNK + TAG_BYTES, (sealed, index, last) =>
      decrypt(key, header, prefix, sealed, index, last),
    );
    body.on('data', (plain: Buffer) => this.push(plain));
    body.on('error', (thrown) => this.destroy(thrown));
    return body;
  }

  override _flush(done: TransformCallback): void {
    if (!this.#body)
      return done(new SealError('This is not a backup of Xã Số, or only its first bytes are here.'));
    this.#body.end(() => done());
  }
}

function decrypt(
  key: Buffer,
  header: Buffer,
  prefix: Buffer,
  sealed: Buffer,
  index: number,
  last: boolean,
): Buffer {
  try {
    if (sealed.length < TAG_BYTES) throw new Error('too short');
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(prefix, index, last));
    decipher.setAAD(header);
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch (cause) {
    throw new SealError(`This backup is damaged or cut off (about ${index} MiB after its beginning).`, {
      cause,
    });
  }
}
