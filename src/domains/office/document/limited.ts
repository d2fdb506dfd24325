/** Documents in, as the runs over everything with a limit see them. */
import type { Official } from '#domain/registry';
import type { Limited } from '../limited.ts';
import type { DocumentAction } from './document.ts';
import { MOVES } from './moves.ts';
import { append, loadDocument, type Loaded } from './record.ts';
import { nameOfDocument } from './tell.ts';

export const LIMITED_DOCUMENTS: Limited<Loaded> = {
  subject: 'document',
  open: MOVES.remind.from,
  load: (ctx, id) => loadDocument(ctx, id, { lock: true }),
  standing: ({ document }) => document,
  append: (ctx, loaded, action) => append(ctx, loaded, action as DocumentAction, null),
  news: (loaded, officials) => {
    const to = workersOf(loaded, officials);
    const { summary } = loaded.row;
    return { to, params: { title: summary, code: nameOfDocument(loaded), handler: to[0]?.fullName } };
  },
};

/** Who works on it; the one who registered it while nobody does. */
function workersOf(
  { document, actions }: Loaded,
  officials: ReadonlyMap<string, Official>,
): (Official | undefined)[] {
  const workers = document.people
    .filter(({ part }) => part !== 'informed')
    .map(({ officialId }) => officialId);
  const registrar = actions[0]!.officialId;
  const ids = workers.length > 0 ? workers : registrar ? [registrar] : [];
  return ids.map((one) => officials.get(one));
}
