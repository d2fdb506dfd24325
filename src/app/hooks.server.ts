import type { Handle } from '@sveltejs/kit/hooks';
import { paraglideMiddleware } from '#i18n/server';

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) => {
    const large = event.cookies.get('xa_text') === 'large' ? 'large-text' : '';
    return resolve(event, {
      transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('%text-size%', large),
    });
  });
