import { redirect } from '@sveltejs/kit';
import { localizeHref } from '#i18n/runtime';
import { qrSvg } from '#kernel/documents/qr';
import { formatDateTime } from '#kernel/format';
import { groupCode } from '#kernel/ids';
import { formatPhone } from '#kernel/phone';
import { toSignIn } from '../../../draft/browser.ts';
import { procedureName } from '../../../words.ts';
import { ownDossier } from '../../mine.queries.ts';
import type { PageServerLoad } from './$types';

/** Before reception there is no official receipt yet: a note that says what was filed, when, and under which code. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { row, procedure } = await locals
    .run((ctx) => ownDossier(ctx, params.id))
    .catch((thrown: unknown) => toSignIn(thrown, url));
  if (row.received_at && row.due_at) redirect(303, localizeHref(`/services/mine/${row.id}/receipt/pdf`));
  const track = `${localizeHref('/services/track', { locale: 'vi' })}?code=${row.tracking_code}`;
  return {
    id: row.id,
    code: row.code,
    procedure: procedureName(procedure, locals.locale),
    name: row.applicant_name,
    phone: row.applicant_phone && formatPhone(row.applicant_phone),
    filed: formatDateTime(row.filed_at, locals.locale),
    tracking: groupCode(row.tracking_code),
    qr: qrSvg(`${url.origin}${track}`),
  };
};
