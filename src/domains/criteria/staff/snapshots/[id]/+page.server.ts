import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import type { Ctx } from '#kernel/context';
import { bundleKey } from '../../../bundle/key.ts';
import { indicatorsOf } from '../../../set.ts';
import { compareBoards, readBody, type Side, type SnapshotBody } from '../../../snapshot/body.ts';
import { listSnapshots, openSnapshot, type Frozen } from '../../../snapshot/snapshot.actions.ts';
import { amountWords, boardView, statusView } from '../../../words.ts';
import type { PageServerLoad } from './$types';

/** One frozen board as it was, with what differs from another one of the same set. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const found = await openSnapshot(ctx, params.id);
    const body = readBody(found.body);
    return {
      id: found.id,
      intact: found.intact,
      day: formatDate(found.asOf, locale),
      who: found.signerName,
      at: formatDateTime(found.at, locale),
      digest: found.digest,
      key: bundleKey(ctx),
      board: boardView(body.board, locale, true),
      bundle: may(ctx, 'criteria.snapshot.take') ? `${url.pathname}/bundle` : null,
      ...(await differences(ctx, { found, body, asked: url.searchParams.get('with') })),
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/snapshots'), label: m.criteria_snapshots({}, ctx) },
        { href: url.pathname, label: formatDate(found.asOf, locale) },
      ],
    };
  });

type Opened = { found: Frozen; body: SnapshotBody; asked: string | null };

/** What stands otherwise in another frozen board of the set: the one that the address names, else the one before. */
async function differences(ctx: Ctx, { found, body, asked }: Opened) {
  const { locale } = ctx;
  const others = (await listSnapshots(ctx)).filter((one) => one.set === found.set && one.id !== found.id);
  const other = others.find(({ id }) => id === asked) ?? others.find(({ at }) => at < found.at);
  const before = other && readBody((await openSnapshot(ctx, other.id)).body).board;
  const lines = [...(before ? indicatorsOf(before.set) : []), ...indicatorsOf(body.board.set)];
  const indicators = new Map(lines.map((one) => [one.code, one]));
  const shown = (code: string, side: Side | null) =>
    side && {
      status: statusView(side.status, locale),
      value: side.value === null ? '–' : amountWords(indicators.get(code)!, side.value, locale),
    };
  return {
    others: others.map(({ id, asOf, at }) => ({
      value: id,
      label: `${formatDate(asOf, locale)} – ${formatDateTime(at, locale)}`,
    })),
    other: other?.id ?? '',
    changes:
      before === undefined
        ? null
        : compareBoards(before, body.board).map((one) => ({
            code: one.code,
            text: one.text[locale],
            before: shown(one.code, one.before),
            after: shown(one.code, one.after),
          })),
  };
}
