import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { refuseField } from '#kernel/input';
import type { EntryInput, Outcome } from './entry.ts';
import { recordEntries } from './record.actions.ts';

/**
 * Puts an entry right by another that names it (`corrects`), or says that it never happened (`voids`); the original
 * stays and counts no more. @throws AppError `input.invalid` where none is named
 */
export async function correctEntry(ctx: Ctx, input: EntryInput): Promise<Outcome> {
  allow(ctx, 'farming.diary.send', { kind: 'diary' }, { corrects: input.corrects ?? null });
  if (!input.corrects) refuseField('corrects', 'input.missing');
  const [outcome] = await recordEntries(ctx, [input]);
  return outcome!;
}
