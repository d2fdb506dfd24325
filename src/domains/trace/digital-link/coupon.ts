/**
 * North American coupons (AI 8110, 8112) as far as they must be: the fields that every coupon has. The optional
 * fields behind them only have to be digits.
 */

/** Reads digits from the left; a length that is out of its range, or digits that are missing, end the reading. */
class Digits {
  readonly #text: string;
  #at = 0;
  good = true;

  /** How many digits were asked for so far. */
  get read(): number {
    return this.#at;
  }

  constructor(text: string) {
    this.#text = text;
  }

  take(count: number): string {
    const taken = this.#text.slice(this.#at, this.#at + count);
    this.#at += count;
    if (taken.length < count) this.good = false;
    return taken;
  }

  /** A digit that says how long what follows is. */
  counted(least: number, most: number, more = 0): void {
    const length = Number(this.take(1));
    if (length < least || length > most) this.good = false;
    else this.take(length + more);
  }
}

/** AI 8110: company, offer, value saved, and the first purchase that is asked for. */
export function isCoupon(text: string): boolean {
  if (!/^\d+$/.test(text)) return false;
  const digits = new Digits(text);
  digits.counted(0, 6, 6);
  digits.take(6);
  digits.counted(1, 5);
  digits.counted(1, 5);
  if (!/^[0-49]$/.test(digits.take(1))) return false;
  digits.take(3);
  return digits.good;
}

/** AI 8112: format, funder, offer, serial number. */
export function isOffer(text: string): boolean {
  if (!/^[01]\d*$/.test(text)) return false;
  const digits = new Digits(text);
  digits.take(1);
  digits.counted(0, 6, 6);
  digits.take(6);
  digits.counted(0, 9, 6);
  return digits.good && text.length === digits.read;
}
