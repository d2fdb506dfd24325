import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { bundleKey } from '../../../bundle/key.ts';
import { indicatorsOf } from '../../../set.ts';
import { compareBoards, readBody } from '../../../snapshot/body.ts';
import { listSnapshots, openSnapshot } from '../../../snapshot/snapshot.actions.ts';
import { amountWords, boardView, statusView } from '../../../words.ts';
import type { PageServerLoad } from './$types';

/** One frozen board as it was, with what differs from another one of the same set. */
export const load: PageServerLoad = async ({ locals, params, url }) =>
  locals.run(async (ctx) => {
    const { locale } = ctx;
    const found = await openSnapshot(ctx, params.id);
    const body = readBody(found.body);
    const others = (await listSnapshots(ctx)).filter((one) => one.set === found.set && one.id !== found.id);
    const asked = url.searchParams.get('with');
    const other = others.find(({ id }) => id === asked) ?? others.find(({ at }) => at < found.at);
    const before = other && readBody((await openSnapshot(ctx, other.id)).body);
    const indicators = new Map(
      [...(before ? indicatorsOf(before.board.set) : []), ...indicatorsOf(body.board.set)].map((one) => [
        one.code,
        one,
      ]),
    );
    const shown = (
      code: string,
      side: { status: Parameters<typeof statusView>[0]; value: number | null } | null,
    ) =>
      side && {
        status: statusView(side.status, locale),
        value: side.value === null ? '–' : amountWords(indicators.get(code)!, side.value, locale),
      };
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
      others: others.map((one) => ({
        value: one.id,
        label: `${formatDate(one.asOf, locale)} – ${formatDateTime(one.at, locale)}`,
      })),
      other: other?.id ?? '',
      changes: before
        ? compareBoards(before.board, body.board).map((one) => ({
            code: one.code,
            text: one.text[locale],
            before: shown(one.code, one.before),
            after: shown(one.code, one.after),
          }))
        : null,
      crumbs: [
        { href: localizeHref('/criteria/staff'), label: m.criteria_nav_staff({}, ctx) },
        { href: localizeHref('/criteria/staff/snapshots'), label: m.criteria_snapshots({}, ctx) },
        { href: url.pathname, label: formatDate(found.asOf, locale) },
      ],
    };
  });
