import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt } from '#app/attempt';
import { refuse } from '#kernel/errors';
import { readSheet } from '#kernel/documents/xlsx.server';
import { acceptUpload } from '#kernel/files/accept.server';
import type { UploadRule } from '#kernel/files/kinds';
import { formatDateTime, formatNumber } from '#kernel/format';
import { cellsOf } from '../../import/columns.ts';
import { takeInList } from '../../import/import.actions.ts';
import { listImports } from '../../import/import.queries.ts';
import type { Actions, PageServerLoad } from './$types';

const LIST: UploadRule = { kinds: ['xlsx'], maxBytes: 10_000_000, maxPages: 1 };

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const imports = await locals.run(listImports);
  return {
    imports: imports.map(({ id, fileName, state, total, createdAt }) => ({
      id,
      fileName,
      state,
      rows: formatNumber(total, { locale }),
      when: formatDateTime(createdAt, locale),
    })),
    crumbs: [{ href: url.pathname, label: m.registry_nav_import({}, { locale }) }],
  };
};

export const actions: Actions = {
  upload: async ({ locals, request }) => {
    const file = (await request.formData()).get('list');
    let id = '';
    const refused = await attempt(locals, 'upload', {}, async (ctx) => {
      if (!(file instanceof File) || file.size === 0) refuse('registry.import.no_file');
      const { bytes } = await acceptUpload(new Uint8Array(await file.arrayBuffer()), LIST);
      id = await takeInList(ctx, { fileName: file.name, rows: cellsOf(await readSheet(bytes)) });
    });
    if (refused) return refused;
    redirect(303, localizeHref(`/registry/staff/import/${id}`));
  },
};
