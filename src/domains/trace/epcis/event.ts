/** EPCIS 2.0 events as they travel: plain JSON, of which the fields below are known and all others are extensions. */

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** A valid event (see `checkEvent`); fields that no type names are read from it by name. */
export type EpcisEvent = JsonObject & { type: string; eventTime: string; eventTimeZoneOffset: string };

/** An event with the `@context` that its names are to be read by: that of its document, then its own. */
export type ContextedEvent = { event: EpcisEvent; context: readonly Json[] };

export const EVENT_TYPES = [
  'ObjectEvent',
  'AggregationEvent',
  'TransactionEvent',
  'TransformationEvent',
  'AssociationEvent',
] as const;

export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** Lists of identified things by field. */
export const EPC_FIELDS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
/** Lists of quantities of classes by field. */
export const QUANTITY_FIELDS = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
] as const;

/** A list's members that are objects; nothing where it is no list. */
export function objectsOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A list's texts, or the single one. */
export function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The `id` of a read point or business location. */
export function idOf(value: Json | undefined): string | null {
  return isObject(value) && typeof value.id === 'string' ? value.id : null;
}
