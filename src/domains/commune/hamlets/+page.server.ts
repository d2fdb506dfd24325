import { listHamlets } from '../hamlet.queries.ts';
import { drawMap } from '../boundary/boundary.ts';
import { listBoundaries } from '../boundary/boundary.queries.ts';
import type { PageServerLoad } from './$types';

const MAP_WIDTH = 600;

export const load: PageServerLoad = ({ locals }) =>
  locals.run(async (ctx) => {
    const bounded = await listBoundaries(ctx);
    const hamlets = await listHamlets(ctx);
    const slugs = new Map(hamlets.map(({ id, slug }) => [id, slug]));
    const map = drawMap(bounded, MAP_WIDTH);
    const pieces = map?.pieces.map((piece) => ({ ...piece, slug: slugs.get(piece.id)! }));
    return {
      hamlets: hamlets.map(({ id, slug, name, demoName }) => ({ id, slug, name, demoName })),
      map: map && { width: map.width, height: map.height, pieces: pieces! },
      sources: [...new Set(bounded.map(({ source }) => source))].join('; '),
    };
  });
