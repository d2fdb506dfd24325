/** Every operation of the API as its own document tells, with every word that could stand in its address. */
import { z } from 'zod';

const Document = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({ parameters: z.array(z.object({ name: z.string(), in: z.string() })).default([]) }),
    ),
  ),
});

export type Asked = { method: string; path: string };

/** What an open part of an address or a question may be filled with. */
export type Words = {
  ids: readonly string[];
  measures: readonly string[];
  hamlets: readonly string[];
  search: string;
};

/** Reading operations under every address that the words give, and writing ones under some. */
export function operationsOf(text: string, words: Words): Asked[] {
  return Object.entries(Document.parse(JSON.parse(text)).paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { parameters }]) => {
      const asks = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name));
      const filled = addressesOf(path, method === 'get' ? words.ids : words.ids.slice(0, 2), words);
      return filled
        .flatMap((address) => [address, ...questionsOf(asks, words).map((query) => `${address}?${query}`)])
        .map((address) => ({ method: method.toUpperCase(), path: address }));
    }),
  );
}

function addressesOf(path: string, ids: readonly string[], { measures }: Words): string[] {
  if (!path.includes('{')) return [path];
  const parts = path.startsWith('/api/v1/measures/') ? measures : ids;
  return parts.map((part) => path.replaceAll(/\{\w+\}/g, encodeURIComponent(part)));
}

function questionsOf(asks: ReadonlySet<string>, { hamlets, search }: Words): string[] {
  return [
    ...(asks.has('scope') ? hamlets.map((id) => `scope=hamlet:${id}`) : []),
    ...(asks.has('hamlet') ? hamlets.map((id) => `hamlet=${id}`) : []),
    ...(asks.has('part') ? ['part=denominator'] : []),
    ...(asks.has('view') ? ['view=all'] : []),
    ...(asks.has('q') ? [`q=${search}`] : []),
    ...(asks.has('search') ? [`search=${search}`] : []),
  ];
}
