/** The room's part of `/api/v1`. */
import type { Api } from '#kernel/manifest';
import { dossierApi } from './api/dossiers.ts';
import { proceduresApi } from './api/procedures.ts';
import { publicApi } from './api/public.ts';

export function servicesApi(api: Api): void {
  dossierApi(api);
  proceduresApi(api);
  publicApi(api);
}
