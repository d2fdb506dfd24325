/** The room's part of `/api/v1`. */
import type { Api } from '#kernel/manifest';
import { attachmentApi } from './api/attachments.ts';
import { dossierApi } from './api/dossiers.ts';
import { proceduresApi } from './api/procedures.ts';
import { publicApi } from './api/public.ts';

export function servicesApi(api: Api): void {
  dossierApi(api);
  attachmentApi(api);
  proceduresApi(api);
  publicApi(api);
}
