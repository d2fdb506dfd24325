/** Things that have a limit, documents and tasks, as the runs over all of them see them: warnings, a changed calendar. */
import type { Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import type { Asked } from './due.ts';
import type { Logged } from './log.ts';
import type { News } from './tell.ts';

export type Warning = 'remind' | 'escalate';

export const TABLES = { document: 'office_document', task: 'office_task' } as const;

/** How a thing stands to its limit. */
export type Standing = {
  due: Date | null;
  asked: Asked | null;
  remindedDue: Date | null;
  escalatedDue: Date | null;
};

export type Limited<Loaded> = {
  subject: keyof typeof TABLES;
  /** The states in which work is still to be done. */
  open: readonly string[];
  /** Reads one and locks it. */
  load: (ctx: Ctx, id: string) => Promise<Loaded>;
  standing: (loaded: Loaded) => Standing & { state: string };
  append: (ctx: Ctx, loaded: Loaded, action: Logged) => Promise<unknown>;
  /** Who is told, and under which words the thing is known. */
  news: (
    loaded: Loaded,
    officials: ReadonlyMap<string, Official>,
    kind: Warning | 'recalculate',
  ) => { to: readonly (Official | undefined)[]; params: News['params'] };
};
