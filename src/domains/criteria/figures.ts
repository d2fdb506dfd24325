/** What the board has come to, as measures whose lists are the lines that are reached. */
import { listHamlets } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, may } from '#kernel/rights';
import { localDate, startOfDay } from '#kernel/time';
import { recallBoard, recallBoards } from './board.queries.ts';
import { levelsOf, type Board } from './board.ts';
import { MODEL_HAMLET, SMART_COMMUNE } from './catalog.ts';
import type { Status } from './rollup.ts';

type Line = { code: string; text: { vi: string; en: string }; status: Status };
type Lines = (ctx: Ctx, question: MeasureQuestion) => Promise<Line[]>;

/** One level of the pilot's set on the day. */
function levelBy(pick: (board: Board) => Line[]): Lines {
  return async (ctx, { asOf }) => {
    const board = await recallBoard(ctx, { code: SMART_COMMUNE, asOf: localDate(asOf) });
    return board ? pick(board) : [];
  };
}

/** Hamlets of the day; a hamlet has reached the set when everything in it is signed and holds. */
const hamletLines: Lines = async (ctx, { asOf }) => {
  const day = localDate(asOf);
  const hamlets = await listHamlets(ctx, { on: day });
  const places = hamlets.map(({ id }) => id);
  const boards = await recallBoards(ctx, { code: MODEL_HAMLET, asOf: day, places });
  return hamlets.flatMap(({ id, name }) => {
    const board = boards.find(({ hamletId }) => hamletId === id);
    return board ? [{ code: id, text: { vi: name, en: name }, status: board.status }] : [];
  });
};

function reachedShare(words: Pick<Measure, 'name' | 'title' | 'meaning'>, lines: Lines): Measure {
  const partOf = async (ctx: Ctx, question: MeasureQuestion, part: 'numerator' | 'denominator') =>
    (await lines(ctx, question)).filter(({ status }) => part === 'denominator' || status === 'reached');
  return {
    ...words,
    unit: 'share',
    scopes: ['commune'],
    audience: 'public',
    compute: async (ctx, question) => {
      allow(ctx, 'criteria.board.see');
      const all = await lines(ctx, question);
      const numerator = all.filter(({ status }) => status === 'reached').length;
      return { numerator, denominator: all.length, value: all.length === 0 ? null : numerator / all.length };
    },
    list: async (ctx, question, part, { offset, limit }) => {
      allow(ctx, 'criteria.board.see');
      const found = await partOf(ctx, question, part);
      const open = may(ctx, 'criteria.board.work');
      const records = found.slice(offset, offset + limit).map(({ code, text }): MeasureRecord => ({
        id: code,
        at: startOfDay(localDate(question.asOf)),
        label: text[ctx.locale],
        href: open ? '/criteria/staff' : null,
        columns: {},
      }));
      return { total: found.length, records };
    },
  };
}

const MEANING = {
  vi: 'Đạt khi mọi chỉ tiêu bên trong đạt và có người ký; bộ tiêu chí thí điểm xã thông minh (CV 3445/BNN-VPĐP, 2023), chưa đối chiếu phụ lục.',
  en: 'Reached when every indicator inside is, with a person’s signature; the pilot’s set for smart communes (3445/BNN-VPĐP, 2023), not compared with its annex.',
};

export const MEASURES: readonly Measure[] = [
  reachedShare(
    {
      name: 'criteria.themes_reached',
      title: { vi: 'Nhóm chuyên đề đạt', en: 'Themes reached' },
      meaning: MEANING,
    },
    levelBy((board) => levelsOf(board).themes.map(({ theme, status }) => ({ ...theme, status }))),
  ),
  reachedShare(
    {
      name: 'criteria.objectives_reached',
      title: { vi: 'Mục tiêu đạt', en: 'Objectives reached' },
      meaning: MEANING,
    },
    levelBy((board) => levelsOf(board).objectives.map(({ objective, status }) => ({ ...objective, status }))),
  ),
  reachedShare(
    {
      name: 'criteria.indicators_reached',
      title: { vi: 'Chỉ tiêu đạt', en: 'Indicators reached' },
      meaning: MEANING,
    },
    levelBy((board) => levelsOf(board).indicators.map(({ indicator, status }) => ({ ...indicator, status }))),
  ),
  reachedShare(
    {
      name: 'criteria.hamlets_model',
      title: { vi: 'Xóm kiểu mẫu', en: 'Model hamlets' },
      meaning: {
        vi: 'Xóm có đủ các chỉ tiêu của xóm nông thôn mới kiểu mẫu và có người ký; bộ chỉ tiêu là đề xuất, chưa đối chiếu văn bản.',
        en: 'Hamlets that meet every indicator of a model new-rural hamlet, with a person’s signature; the set is a proposal that was not compared with official texts.',
      },
    },
    hamletLines,
  ),
];
