import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const tokens = readFileSync('src/ui/tokens.css', 'utf8');

/** The values declared in one block of tokens.css, with the light ones underneath. */
function palette(selector: RegExp): Map<string, string> {
  const block = selector.exec(tokens)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[\da-f]{3,6});/g)].map(([, name, value]) => [name!, value!]),
  );
}

/** Relative luminance as WCAG 2 defines it. */
function luminance(hex: string): number {
  const full = hex.length === 4 ? hex.replace(/[\da-f]/g, '$&$&') : hex;
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const light = palette(/:root \{(.*?)\n {2}\}/s);
const dark = new Map([...light, ...palette(/\.staff \{(.*?)\n {4}\}/s)]);
const GROUNDS = ['paper', 'sheet', 'sunk', 'tea-soft', 'leaf-soft', 'red-soft'];
/** Text → the grounds it stands on → how much it must stand out. */
const PAIRS: [text: string, grounds: string[], least: number][] = [
  ['ink', [...GROUNDS, 'hill-near', 'tea-pale'], 7],
  ['ink-soft', ['paper', 'sheet', 'sunk', 'tea-soft'], 7],
  ['link', ['paper', 'sheet', 'sunk', 'tea-soft', 'leaf-soft'], 7],
  ['tea', ['paper', 'sheet', 'sunk', 'tea-soft'], 4.5],
  ['tea-deep', ['paper', 'sheet', 'tea-soft'], 7],
  ['leaf', ['paper', 'sheet', 'sunk', 'leaf-soft'], 4.5],
  ['red', ['paper', 'sheet', 'red-soft'], 4.5],
  ['on-tea', ['tea'], 7],
  ['on-red', ['red'], 4.5],
  ['line-strong', ['paper', 'sheet', 'sunk'], 3],
  ['focus', ['paper', 'sheet', 'sunk', 'tea-soft'], 3],
];

describe.each([
  ['light', light],
  ['dark', dark],
])('contrast, %s', (_, colours) => {
  const cases = PAIRS.flatMap(([text, grounds, least]) =>
    grounds.map((ground) => [text, ground, least] as const),
  );
  test.each(cases)('%s on %s is at least %f to 1', (text, ground, least) => {
    expect(contrast(colours.get(text)!, colours.get(ground)!)).toBeGreaterThanOrEqual(least);
  });
});

/** What a stylesheet says, without comments and without the widths of queries, which cannot be tokens. */
function declarations(file: string): string {
  const text = readFileSync(file, 'utf8');
  const styles = file.endsWith('.css')
    ? text
    : [...text.matchAll(/<style>(.*?)<\/style>/gs)].map(([, style]) => style).join('\n');
  return styles.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/@(?:media|container|supports)[^{]*\{/g, '{');
}

const RAW = /#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(|(?<![\w.-])(?!1px\b)\d*\.?\d+(?:px|rem|pt|mm|ms|s)\b/i;
const FREE = new Set(['src/ui/tokens.css', 'src/ui/fonts.css']);

describe('no raw colour, size or duration outside tokens.css', () => {
  const files = ['src/ui', 'src/domains']
    .flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => `${root}/${file}`),
    )
    .filter((file) => /\.(?:css|svelte)$/.test(file) && !FREE.has(file));
  test.each(files)('%s', (file) => {
    const found = declarations(file)
      .split('\n')
      .filter((line) => RAW.test(line) && !line.includes('@page') && !/^\s*margin: .*mm/.test(line));
    expect(found).toEqual([]);
  });
});
