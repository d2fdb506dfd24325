/** The scoreboard as open data: rows without personal data, groups under five left out, every column explained. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import type { Board, BoardLine, BoardTheme } from '../board.ts';
import { totalsOf } from '../board.ts';
import { openBoard } from '../desk.ts';
import { listPilots, type Pilot } from '../plan.queries.ts';
import { DICTIONARY } from './dictionary.ts';
import { hamletBoards, type HamletSet } from './hamlets.queries.ts';

/** Groups of fewer records than this are not told. */
const LEAST_GROUP = 5;
export const PARTS = ['indicators', 'hamlets', 'pilots'] as const;
export type Part = (typeof PARTS)[number];
type Row = Record<string, string | number | null>;

/** Everything of a day in one piece. @param query set and day, as in the page's address */
export async function openData(ctx: Ctx, query: URLSearchParams) {
  allow(ctx, 'criteria.board.see');
  const { board, asOf } = await openBoard(ctx, query);
  return {
    about: {
      commune: ctx.commune.name,
      demo: ctx.commune.demo,
      as_of: asOf,
      made_on: localDateOf(ctx.now),
      licence: 'CC BY 4.0',
      licence_url: 'https://creativecommons.org/licenses/by/4.0/',
      source: `Ủy ban nhân dân xã ${ctx.commune.name}`,
      set: board?.set.code ?? null,
      version: board?.version ?? null,
      compared_with_official_text: board?.set.verified ?? false,
    },
    dictionary: DICTIONARY,
    indicators: board ? board.themes.flatMap((theme) => themeRows(theme, board)) : [],
    hamlets: (await hamletBoards(ctx, asOf)).flatMap(hamletRows),
    pilots: (await listPilots(ctx)).map(pilotRow),
  };
}

function themeRows({ theme, objectives }: BoardTheme, board: Board): Row[] {
  return objectives.flatMap(({ objective, indicators }) =>
    indicators.map((line) => ({
      as_of: board.asOf,
      theme: theme.code,
      objective: objective.code,
      indicator: line.indicator.code,
      text_vi: line.indicator.text.vi,
      text_en: line.indicator.text.en,
      kind: line.indicator.kind,
      unit: line.indicator.kind === 'share' ? '%' : (line.indicator.unit?.vi ?? null),
      operator: line.indicator.operator,
      threshold: line.threshold,
      ...told(line),
      status: line.status,
      waiting_for_signature: line.waiting ? 1 : 0,
      verified: line.indicator.verified ? 1 : 0,
      source: line.indicator.source,
    })),
  );
}

/** The value as strangers may have it: not of measures for officials, nor of a group under five. */
function told({ value }: BoardLine): Row {
  const { parts } = value;
  const small = parts !== null && parts.denominator > 0 && parts.denominator < LEAST_GROUP;
  const hidden = small || value.staff;
  return {
    value: hidden ? null : value.value,
    numerator: hidden ? null : (parts?.numerator ?? null),
    denominator: hidden ? null : (parts?.denominator ?? null),
    value_from: value.from,
    evidence_on: value.typed?.onDay ?? null,
    left_out: small ? 'small_group' : value.staff ? 'for_officials' : null,
  };
}

function hamletRows({ set, rows }: HamletSet): Row[] {
  return rows.map(({ name, slug, demo, board }) => {
    const { indicators } = totalsOf(board);
    return {
      as_of: board.asOf,
      set: set.code,
      hamlet: slug,
      name,
      demo_name: demo ? 1 : 0,
      status: board.status,
      indicators_reached: indicators.reached,
      indicators: indicators.all,
    };
  });
}

/** Amounts are whole đồng, as text: numbers of JSON may lose digits. */
function pilotRow({ code, title, lifts, state, other, source }: Pilot): Row {
  return {
    pilot: code,
    title_vi: title.vi,
    title_en: title.en,
    budget_state: String(state),
    budget_other: String(other),
    lifts: lifts.join(' '),
    source,
  };
}
