import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { isAppError } from '#kernel/errors';
import { formatDateTime, formatNumber } from '#kernel/format';
import { findLog, keyView, proofOf } from '../proof.queries.ts';
import { checkWords } from '../words.ts';
import type { PageServerLoad } from './$types';

/** The page works without JavaScript: then it says what the server says, and that this is no check. */
export const load: PageServerLoad = async ({ locals, url }) => {
  const code = (url.searchParams.get('ma') ?? '').trim().slice(0, 300);
  const { log, count } = await locals.run(async (ctx) => ({
    log: await findLog(ctx),
    count: code === '' ? null : await countOf(proofOf(ctx, code)),
  }));
  const key = log && keyView(log.keys.at(-1)!).key;
  return {
    code,
    key: key ?? '',
    said: count === null ? null : m.trace_check_server_says({ count, code }),
    words: checkWords(),
    action: localizeHref('/trace/log/check'),
    command: `node verify.mjs ${url.origin} KC-0012 --key '${key ?? 'KEY'}'`,
    state: log && [
      { label: m.trace_check_size(), value: formatNumber(log.head.size, { locale: locals.locale }) },
      { label: m.trace_check_signed(), value: formatDateTime(log.head.signedAt, locals.locale) },
      { label: m.trace_check_current_key(), value: key },
    ],
  };
};

async function countOf(bundle: ReturnType<typeof proofOf>): Promise<number> {
  try {
    return (await bundle).items.length;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.status === 404) return 0;
    throw thrown;
  }
}
