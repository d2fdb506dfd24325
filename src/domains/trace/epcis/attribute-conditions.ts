/**
 * Parameters that ask what master data says of a place, step or thing that an event names: `HASATTR_readPoint`,
 * `EQATTR_bizLocation_<attribute>`, `HASATTR_ex:field` (EPCIS 2.0, 8.2.7.1).
 */
import { textsOf, type Json } from './event.ts';
import { expandName } from './names.ts';
import { listOf, type Condition } from './parameters.ts';
import { canonicalId, columnsOf, valuesNamed, type EventView } from './view.ts';
import type { Reading } from './conditions.ts';

const SHAPE =
  /^(HASATTR|EQ_?ATTR)_(readPoint|bizLocation|bizStep|disposition|epcClass|anyEPCClass|[^_]+:[^_]+)(?:_(.+))?$/;
const COLUMNS = ['readPoint', 'bizLocation', 'bizStep', 'disposition'] as const;

/** The condition that an attribute parameter asks for; nothing when it is none. */
export function attributeCondition(name: string, value: Json, { names, master }: Reading): Condition | null {
  const [, kind, field, attribute] = SHAPE.exec(name) ?? [];
  if (!kind || !field || (kind === 'HASATTR') !== (attribute === undefined)) return null;
  const wanted = listOf(name, value);
  const has = (id: string) => {
    const attributes = master.attributes(id);
    if (!attributes) return false;
    if (attribute === undefined)
      return wanted.some((one) => attributes[canonicalId(one, names)] !== undefined);
    const said = attributes[canonicalId(attribute, names)];
    return (typeof said === 'number' ? [String(said)] : textsOf(said)).some((one) => wanted.includes(one));
  };
  return { test: (view) => namedBy(view, field).some(has) };
}

/** What a field of an event names: one or more canonical ids. */
function namedBy(view: EventView, field: string): string[] {
  if (field === 'epcClass' || field === 'anyEPCClass')
    return view.terms.filter((term) => term.field.endsWith('_class')).map(({ value }) => value);
  const column = COLUMNS.find((one) => one === field);
  if (column) {
    const id = columnsOf(view.event, view.names)[column];
    return id === null ? [] : [id];
  }
  const found = valuesNamed([view.event], expandName(field, view.names), view.names, false);
  return textsOf(found).map((text) => canonicalId(text, view.names));
}
