/** The room's part of `/api/v1`. */
import type { Api } from '#kernel/manifest';
import { dossierApi } from './api/dossiers.ts';
import { publicApi } from './api/public.ts';

export function servicesApi(api: Api): void {
  dossierApi(api);
  publicApi(api);
}
