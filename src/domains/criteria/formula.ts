/**
 * Formulas over measures: sums, differences, products, quotients of measures, their parts and constants. A small
 * closed grammar, read and typed here; nothing of it is ever run as a program.
 *
 *     sum     = product { ("+" | "-") product }
 *     product = factor  { ("*" | "/") factor }
 *     factor  = number | measure [":numerator" | ":denominator"] | "(" sum ")"
 */
import type { Computed, Measure, MeasurePart } from '#kernel/measures';

export type Unit = Measure['unit'] | 'number';
export type Operator = '+' | '-' | '*' | '/';
export type Formula =
  | { kind: 'number'; value: number }
  | { kind: 'measure'; name: string; part: MeasurePart | 'value' }
  | { kind: 'operation'; operator: Operator; left: Formula; right: Formula };

/** What is wrong with a formula: a code, and where in its text or of what. */
export class FormulaError extends Error {
  readonly code: string;
  readonly at: string;
  constructor(code: string, at: string) {
    super(`${code}: ${at}`);
    this.code = code;
    this.at = at;
  }
}

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)(?::(numerator|denominator))?|([-+*/()]))/y;
const LONGEST = 500;
const DEEPEST = 20;

type Token = Extract<Formula, { kind: 'number' | 'measure' }> | { kind: 'sign'; sign: string };

/** Reads a formula. @throws FormulaError `criteria.formula.syntax`, `criteria.formula.too_long` */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST) throw new FormulaError('criteria.formula.too_long', String(LONGEST));
  const tokens = tokensOf(text);
  const read = new Reader(tokens);
  const formula = read.sum(0);
  if (!read.ended()) throw new FormulaError('criteria.formula.syntax', text);
  return formula;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  for (let at = 0; at < trimmed.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(trimmed);
    if (!found) throw new FormulaError('criteria.formula.syntax', trimmed.slice(at, at + 20));
    const [, number, name, part, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else if (name !== undefined)
      tokens.push({ kind: 'measure', name, part: (part as MeasurePart | undefined) ?? 'value' });
    else tokens.push({ kind: 'sign', sign: sign! });
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  ended(): boolean {
    return this.#at === this.#tokens.length;
  }

  sum(depth: number): Formula {
    return this.#chain('+-', () => this.#chain('*/', () => this.#factor(depth)));
  }

  #chain(signs: string, next: () => Formula): Formula {
    let left = next();
    for (;;) {
      const token = this.#tokens[this.#at];
      if (token?.kind !== 'sign' || !signs.includes(token.sign)) return left;
      this.#at += 1;
      left = { kind: 'operation', operator: token.sign as Operator, left, right: next() };
    }
  }

  #factor(depth: number): Formula {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token && token.kind !== 'sign') return token;
    if (token?.sign !== '(' || depth >= DEEPEST)
      throw new FormulaError('criteria.formula.syntax', token?.sign ?? '…');
    const inner = this.sum(depth + 1);
    const closing = this.#tokens[this.#at];
    this.#at += 1;
    if (closing?.kind !== 'sign' || closing.sign !== ')')
      throw new FormulaError('criteria.formula.syntax', ')');
    return inner;
  }
}

/** The measures that a formula asks, each once. */
export function measuresOf(formula: Formula): string[] {
  if (formula.kind === 'number') return [];
  if (formula.kind === 'measure') return [formula.name];
  return [...new Set([...measuresOf(formula.left), ...measuresOf(formula.right)])];
}

/**
 * The unit of what a formula says. Like is added to like; a quotient of two of the same unit is a share.
 * @param unitOf the unit of a measure, undefined where there is no such measure
 * @throws FormulaError `criteria.formula.unknown_measure`, `criteria.formula.units`
 */
export function unitOfFormula(formula: Formula, unitOf: (name: string) => Measure['unit'] | undefined): Unit {
  if (formula.kind === 'number') return 'number';
  if (formula.kind === 'measure') {
    const unit = unitOf(formula.name);
    if (!unit) throw new FormulaError('criteria.formula.unknown_measure', formula.name);
    return formula.part === 'value' ? unit : 'count';
  }
  const left = unitOfFormula(formula.left, unitOf);
  const right = unitOfFormula(formula.right, unitOf);
  const unit = combined(formula.operator, left, right);
  if (!unit) throw new FormulaError('criteria.formula.units', `${left} ${formula.operator} ${right}`);
  return unit;
}

const PLAIN: readonly Unit[] = ['number', 'count', 'share'];

function combined(operator: Operator, left: Unit, right: Unit): Unit | null {
  if (operator === '+' || operator === '-') {
    if (left === right) return left;
    // One minus a share is the rest of it; a count may be corrected by a plain number.
    if (left === 'number' && PLAIN.includes(right)) return right;
    return right === 'number' && PLAIN.includes(left) ? left : null;
  }
  if (right === 'number') return left;
  if (operator === '/') return left === right ? 'share' : null;
  if (left === 'number' || left === 'share') return right;
  return right === 'share' ? left : null;
}

/** What a formula says, from what its measures say; null where a part is not known or would divide by nothing. */
export function evaluate(formula: Formula, said: (name: string) => Computed): number | null {
  if (formula.kind === 'number') return formula.value;
  if (formula.kind === 'measure') return said(formula.name)[formula.part];
  const left = evaluate(formula.left, said);
  const right = evaluate(formula.right, said);
  if (left === null || right === null) return null;
  switch (formula.operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? null : left / right;
  }
}
