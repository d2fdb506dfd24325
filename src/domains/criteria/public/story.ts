/** The board told in plain words. Pure. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import type { boardView } from '../words.ts';

type View = ReturnType<typeof boardView>;
type Theme = View['themes'][number];

/** A few sentences: what is reached, what is whole, what is nearest and farthest, where the numbers come from. */
export function storyOf(view: View, locale: Locale): string[] {
  const lines = view.themes.flatMap(linesOf);
  const open = view.themes
    .map((theme) => ({ theme, missing: missingOf(theme) }))
    .filter(({ missing }) => missing > 0)
    .toSorted((a, b) => a.missing - b.missing);
  const whole = view.themes.filter((theme) => theme.reached);
  const waiting = lines.filter(({ mark }) => mark === 'half').length;
  const live = lines.filter((line) => line.live).length;
  const typed = lines.filter((line) => line.typed !== null).length;
  const [near, far] = [open[0], open.at(-1)];
  const named = ({ theme, missing }: (typeof open)[number]) => ({ theme: theme.text, count: missing });
  return [
    m.criteria_story_reached(view.totals, { locale }),
    ...(whole.length > 0
      ? [m.criteria_story_whole({ names: whole.map(({ text }) => text).join('; ') }, { locale })]
      : []),
    ...(near ? [m.criteria_story_near(named(near), { locale })] : []),
    ...(far && near !== far ? [m.criteria_story_far(named(far), { locale })] : []),
    ...(waiting > 0 ? [m.criteria_story_waiting({ count: waiting }, { locale })] : []),
    m.criteria_story_from({ live, typed }, { locale }),
  ];
}

function linesOf(theme: Theme) {
  return theme.objectives.flatMap(({ lines }) => lines);
}

function missingOf(theme: Theme): number {
  return linesOf(theme).filter(({ mark }) => mark !== 'full' && mark !== 'none').length;
}

/** What the cells of a chart of a board mean. */
export function legendOf(locale: Locale) {
  return [
    { mark: 'full' as const, label: m.criteria_status_reached({}, { locale }) },
    { mark: 'half' as const, label: m.criteria_status_waiting({}, { locale }) },
    { mark: 'empty' as const, label: m.criteria_status_not_reached({}, { locale }) },
    { mark: 'asked' as const, label: m.criteria_status_unknown({}, { locale }) },
    { mark: 'none' as const, label: m.criteria_status_not_applicable({}, { locale }) },
  ];
}
