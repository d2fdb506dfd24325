import { redirect } from '@sveltejs/kit';
import { homeServices } from '#domain/services';
import { EMPTY_HOME } from './home.ts';
import { homeToday } from './home-today.ts';
import type { Actions, PageServerLoad } from './$types';

const A_YEAR_IN_SECONDS = 31_536_000;

/** An address inside this site, or the home page: the switch must not send anybody elsewhere. */
function inside(back: FormDataEntryValue | null): string {
  return typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/';
}

export const load: PageServerLoad = ({ locals }) =>
  locals.run(async (ctx) => ({
    home: { ...EMPTY_HOME, ...(await homeToday(ctx)), ...(await homeServices(ctx)) },
  }));

export const actions: Actions = {
  /** The large-text switch of the frame; the choice is kept in a cookie, nothing else. */
  text: async ({ request, cookies }) => {
    const form = await request.formData();
    cookies.set('xa_text', form.get('text') === 'large' ? 'large' : 'normal', {
      path: '/',
      maxAge: A_YEAR_IN_SECONDS,
      httpOnly: true,
      sameSite: 'lax',
    });
    redirect(303, inside(form.get('back')));
  },
};
