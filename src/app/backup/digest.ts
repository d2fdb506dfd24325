/** A table's content as one number that does not depend on the order of its rows. */
import { hash } from 'node:crypto';

const NEWLINE = 10;

/** Sums the SHA-256 of every row of COPY's text form, modulo 2^128. */
export class RowDigest {
  rows = 0;
  #high = 0n;
  #low = 0n;
  #held: Buffer = Buffer.alloc(0);

  update(data: Buffer): void {
    const all = this.#held.length === 0 ? data : Buffer.concat([this.#held, data]);
    let from = 0;
    for (let to = all.indexOf(NEWLINE); to !== -1; to = all.indexOf(NEWLINE, from)) {
      this.#add(all.subarray(from, to));
      from = to + 1;
    }
    this.#held = Buffer.from(all.subarray(from));
  }

  /** @throws Error when the last row did not end */
  value(): string {
    if (this.#held.length > 0) throw new Error('A table’s content ends in the middle of a row.');
    return this.#high.toString(16).padStart(16, '0') + this.#low.toString(16).padStart(16, '0');
  }

  #add(row: Buffer): void {
    const digest = hash('sha256', row, 'buffer');
    const low = this.#low + digest.readBigUInt64BE(8);
    this.#low = BigInt.asUintN(64, low);
    this.#high = BigInt.asUintN(64, this.#high + digest.readBigUInt64BE(0) + (low >> 64n));
    this.rows += 1;
  }
}
