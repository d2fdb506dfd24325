/** Which column of a file says what: names as surveyors, technicians and programs write them. */
import { words } from '#kernel/text';

const NAMES = {
  name: [
    'name',
    'ten',
    'ten thua',
    'tenthua',
    'ten lo',
    'label',
    'title',
    'so thua',
    'sothua',
    'ma thua',
    'mathua',
  ],
  hamlet: ['xom', 'thon', 'hamlet', 'ten xom', 'tenxom', 'xom thon'],
  household: ['so ho', 'soho', 'ma ho', 'maho', 'ho so', 'household', 'so so ho'],
  cultivar: ['giong', 'giong che', 'cultivar', 'variety'],
  plantedYear: ['nam trong', 'namtrong', 'planted', 'planted year', 'nam'],
  area: ['dien tich', 'dientich', 'dt', 'area m2', 'area', 'shape area'],
} as const;
export type Column = keyof typeof NAMES;

/** What a shape's attributes say under one of a column's names; null where they say nothing. */
export function columnOf(attributes: Record<string, string>, column: Column): string | null {
  for (const wanted of NAMES[column]) {
    const found = Object.entries(attributes).find(
      ([key, value]) => value !== '' && words(key.replaceAll('_', ' ')).join(' ') === wanted,
    );
    if (found) return found[1];
  }
  return null;
}

/** What the file calls a shape. */
export function nameOf(attributes: Record<string, string>): string | null {
  return columnOf(attributes, 'name');
}
