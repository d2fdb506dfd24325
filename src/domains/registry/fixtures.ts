/** People for tests. */
import type { NewOfficial } from './official.actions.ts';

/** An official in office since 2020, with what a test says of him. */
export function anOfficial(more: Partial<NewOfficial> = {}): NewOfficial {
  return {
    fullName: 'Nguyễn Văn Mẫu',
    post: 'Công chức Một cửa',
    unit: 'one_stop',
    termFrom: '2020-01-01',
    ...more,
  };
}
