/** The room's part of `/api/v1`: documents in and out, tasks. */
import type { Api } from '#kernel/manifest';
import { documentApi } from './api/documents.ts';
import { taskApi } from './api/tasks.ts';

export function officeApi(api: Api): void {
  documentApi(api);
  taskApi(api);
}
