import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { choosePassword } from '../auth/accounts.ts';
import { take } from '../auth/limits.ts';
import { attempt, readForm, visitorOf } from '../edge.ts';
import type { Actions, PageServerLoad } from './$types';

/** The token travels in the address only from the administrator to this page; other sites never hear more than our origin. */
export const load: PageServerLoad = ({ url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  return { token: url.searchParams.get('token')?.slice(0, 100) ?? '' };
};

export const actions: Actions = {
  default: async (event) => {
    const { token, password, again } = await readForm(event, 'token', 'password', 'again');
    const { auth, commune } = event.locals;
    const result = await attempt({ token, differ: password !== again }, async () => {
      if (password !== again) return null;
      const visitor = visitorOf(event);
      await take(auth.limits.triesPerAddress, visitor.address);
      await choosePassword(auth, { token, password, about: [commune.name] });
      return 'chosen' as const;
    });
    if (result === 'chosen') redirect(303, `${localizeHref('/identity/officials')}?chosen=1`);
    return result ?? { token, differ: true };
  },
};
