import type { Ctx } from '#kernel/context';
export async function notify(
  _ctx: Ctx,
  _message: {
    event: string;
    key: string;
    to: { userId: string | null; phone: string | null };
    params: Record<string, string>;
  },
): Promise<void> {}
