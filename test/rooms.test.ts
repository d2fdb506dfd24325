/** The walls between rooms: a relative import never leaves its room; rooms are entered by their doors. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const ROOMS = 'src/domains';

/** The relative addresses that a file imports. */
function relativeImports(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(([, address]) => address!);
}

test('a relative import stays inside its room', () => {
  const files = globSync(`${ROOMS}/*/**/*.{ts,svelte}`).filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(100);
  const strays = files.flatMap((file) => {
    const room = relative(ROOMS, file).split('/')[0]!;
    return relativeImports(readFileSync(file, 'utf8'))
      .filter((address) => !join(dirname(file), address).startsWith(`${ROOMS}/${room}/`))
      .map((address) => `${file} → ${address}`);
  });
  expect(strays).toEqual([]);
});
