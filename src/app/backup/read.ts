/** Reading a backup: opens, decompresses, checks every frame and every digest. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { jsonOf, readFrames, type Frame } from './archive.ts';
import { RowDigest } from './digest.ts';
import { open } from './envelope.ts';
import type { Head, Member, MemberEnd, Totals } from './write.ts';

/** What to do with the content; without it the backup is only checked. */
export type Sink = {
  begin: (member: Member) => Promise<void>;
  data: (data: Buffer) => Promise<void>;
  end: (member: Member) => Promise<void>;
};

export type Contents = {
  head: Head;
  tables: Map<string, { rows: number; digest: string }>;
  files: Map<string, { bytes: number; digest: string }>;
  totals: Totals;
};

const NOTHING: Sink = {
  begin: () => Promise.resolve(),
  data: () => Promise.resolve(),
  end: () => Promise.resolve(),
};

/**
 * Reads the whole file. @throws SealError when the passphrase is wrong or anything was changed or cut off;
 * Error when the content is not what was written
 */
export async function readBackup(file: string, passphrase: string, sink: Sink = NOTHING): Promise<Contents> {
  const found = new Finding(sink);
  await pipeline(
    createReadStream(file),
    open(passphrase),
    createZstdDecompress(),
    async (plain: AsyncIterable<Buffer>) => {
      for await (const frame of readFrames(plain)) await found.take(frame);
    },
  );
  return found.whole();
}

type Current = { member: Member; check: ReturnType<typeof checkOf> };

/** What was read so far. */
class Finding {
  readonly #sink: Sink;
  #head: Head | null = null;
  #totals: Totals | null = null;
  readonly #tables: Contents['tables'] = new Map();
  readonly #files: Contents['files'] = new Map();
  #current: Current | null = null;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async take(frame: Frame): Promise<void> {
    if (frame.type === 'H') this.#head = jsonOf<Head>(frame);
    else if (frame.type === 'Z') this.#totals = jsonOf<Totals>(frame);
    else if (frame.type === 'B') await this.#begin(jsonOf<Member>(frame));
    else if (frame.type === 'D' && this.#current) {
      this.#current.check.update(frame.payload);
      await this.#sink.data(frame.payload);
    } else if (frame.type === 'E' && this.#current) await this.#end(this.#current, jsonOf<MemberEnd>(frame));
    else throw new Error('The content of this backup is not what this program wrote.');
  }

  async #begin(member: Member): Promise<void> {
    this.#current = { member, check: checkOf(member) };
    await this.#sink.begin(member);
  }

  async #end({ member, check }: Current, said: MemberEnd): Promise<void> {
    const end = check.compare(said);
    if (member.kind === 'table') this.#tables.set(member.name, end as { rows: number; digest: string });
    else this.#files.set(member.path, end as { bytes: number; digest: string });
    await this.#sink.end(member);
    this.#current = null;
  }

  whole(): Contents {
    const [head, totals, tables, files] = [this.#head, this.#totals, this.#tables, this.#files];
    if (!head || !totals || totals.tables !== tables.size || totals.files !== files.size)
      throw new Error('The content of this backup is not complete.');
    return { head, totals, tables, files };
  }
}

/** Checks a member's content against what was noted when it was written. */
function checkOf(member: Member): { update: (data: Buffer) => void; compare: (end: MemberEnd) => MemberEnd } {
  const rows = new RowDigest();
  const bytes = createHash('sha256');
  const isTable = member.kind === 'table';
  return {
    update: (data) => void (isTable ? rows.update(data) : bytes.update(data)),
    compare: (end) => {
      const digest = isTable ? rows.value() : bytes.digest('hex');
      if (digest === end.digest) return end;
      const name = isTable ? member.name : member.path;
      throw new Error(`The content of ${name} is not what was written into this backup.`);
    },
  };
}
