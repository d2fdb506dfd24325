/**
 * Parameters that ask for extensions: `EQ_ns:field`, `GE_ILMD_ns:field`, `EXISTS_INNER_ns:field` and so on, in the
 * event itself, its master data, its sensors or its error declaration; `INNER` looks below the top.
 */
import { isObject, type Json, type JsonObject } from './event.ts';
import { expandName, type Names } from './names.ts';
import { compares, isAsked, listOf, wrong, type Comparison, type Condition } from './parameters.ts';
import { comparable, valuesNamed, type EventView } from './view.ts';
import { sensorParts } from './sensor-conditions.ts';

const PLACES: Readonly<Record<string, (view: EventView) => JsonObject[]>> = {
  '': ({ event }) => [event],
  ILMD: ({ event }) => (isObject(event.ilmd) ? [event.ilmd] : []),
  ERROR_DECLARATION: ({ event }) => (isObject(event.errorDeclaration) ? [event.errorDeclaration] : []),
  SENSORELEMENT: (view) => sensorParts(view).elements,
  SENSORMETADATA: (view) => sensorParts(view).metadata,
  SENSORREPORT: (view) => sensorParts(view).reports,
  readPoint: ({ event }) => (isObject(event.readPoint) ? [event.readPoint] : []),
  bizLocation: ({ event }) => (isObject(event.bizLocation) ? [event.bizLocation] : []),
};

const SHAPE =
  /^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(?:(ILMD|ERROR_DECLARATION|SENSORELEMENT|SENSORMETADATA|SENSORREPORT|readPoint|bizLocation)_)?(.*[:#/].+)$/s;

/** The condition of an extension parameter; nothing when it is none. */
export function extensionCondition(name: string, value: Json, names: Names): Condition | null {
  const [, comparison, inner, place = '', field] = SHAPE.exec(name) ?? [];
  if (!comparison || !field) return null;
  const holders = PLACES[place]!;
  const wantedName = expandName(field, names);
  // A prefix that the query does not explain means what the event's own context says.
  const find = (view: EventView) =>
    valuesNamed(
      holders(view),
      wantedName === field ? expandName(field, view.names) : wantedName,
      view.names,
      inner !== undefined,
    );
  if (comparison === 'EXISTS') return { test: (view) => !isAsked(value) || find(view).length > 0 };
  const wanted = listOf(name, value).map((text) => comparable(text, names));
  if (comparison === 'EQ')
    return {
      test: (view) =>
        find(view).some((one) => wanted.some(({ text }) => comparable(one, view.names).text === text)),
    };
  const [limit] = wanted;
  if (wanted.length !== 1 || limit === undefined || Number.isNaN(limit.size)) return wrong(name);
  return {
    test: (view) =>
      find(view).some((one) =>
        compares(comparison as Comparison, comparable(one, view.names).size, [limit.size]),
      ),
  };
}
