/** What the officials' pages of this room need to know of the reader. */
import type { Ctx } from '#kernel/context';
import { allow, may } from '#kernel/rights';

/** Which forms the reader may use. @throws AppError 401, 403 for those who have no business here */
export async function openDesk(ctx: Ctx) {
  allow(ctx, 'commune.desk.open');
  return {
    calendar: may(ctx, 'commune.calendar.edit'),
    hamlets: may(ctx, 'commune.hamlet.edit'),
    settings: may(ctx, 'commune.setting.edit'),
  };
}
