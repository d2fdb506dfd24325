/**
 * EPCIS 2.0 events of what happened to lots: every one follows from what is recorded, nothing is typed twice. Pure.
 * Words: CBV 2.0. Making tea out of tea is a TransformationEvent; everything else an ObjectEvent.
 */
import { formatIso } from '#kernel/format';
import { encodeValue } from '../digital-link/link.ts';
import { EPCIS_CONTEXT, type EpcisEvent, type JsonObject } from '../epcis/event.ts';
import { hashEvent } from '../epcis/hash.ts';
import type { Evidence, StepKind } from '../lot/step.ts';

/** A lot as events name it. */
export type LotFact = { gtin: string; code: string; bestBefore: string | null };
export type PartFact = LotFact & { g: bigint };
/** A pick of the diary; events name it by its own id. */
export type PickFact = { id: string; g: bigint };

/** Where and when: instants in ISO 8601 with Viet Nam's offset. */
type Happening = { at: string; origin: string; place: string | null };

export type Fact = Happening &
  (
    | {
        what: 'step';
        kind: StepKind;
        evidence: Evidence;
        inputs: readonly PartFact[];
        outputs: readonly PartFact[];
        /** Of leaf: from when to when it was picked. */
        picked: { from: string; to: string } | null;
        /** Of leaf: the picks of the diary that it was bought of. */
        picks: readonly PickFact[];
      }
    | { what: 'picked'; pick: PickFact; day: string; plots: readonly string[] }
    /** Something was told wrongly: it never happened, or another event stands in its place. */
    | { what: 'wrong'; of: Fact; instead: Fact | null }
    | { what: 'labelled'; lot: LotFact; serials: readonly string[] }
    | { what: 'held' | 'lifted' | 'released' | 'recalled' | 'recall_ended'; lots: readonly LotFact[] }
  );

/** `about` names what the fact follows from: derived once. */
export type Found = { about: string; producerId: string | null; fact: Fact };

/** Where a fact was, at another time. */
export function happeningLike({ origin, place }: Fact, at: Date): Happening {
  return { at: formatIso(at), origin, place };
}

/** Words that are ours stand under this prefix; strangers do not read them. */
export const OWN_PREFIX = 'xa';
export const OWN_WORDS = 'tag:xa-so,2026:epcis/';
export const DERIVED_CONTEXT = [EPCIS_CONTEXT, { [OWN_PREFIX]: OWN_WORDS }];

/** The Digital Link of a lot, or of one pack of it. */
export function lotUri(
  origin: string,
  { gtin, code }: Pick<LotFact, 'gtin' | 'code'>,
  serial?: string,
): string {
  const pack = serial === undefined ? '' : `/21/${encodeValue(serial)}`;
  return `${origin}/01/${gtin}/10/${encodeValue(code)}${pack}`;
}

/** The event that a fact is. */
export function eventOf(fact: Fact): EpcisEvent {
  if (fact.what === 'step') return stepEvent(fact);
  if (fact.what === 'picked') return pickEvent(fact);
  if (fact.what === 'wrong') return declaration(fact);
  if (fact.what === 'labelled') {
    const { origin, lot, serials } = fact;
    const epcList = serials.map((serial) => lotUri(origin, lot, serial));
    const words = { action: 'ADD', bizStep: 'commissioning', disposition: 'active', epcList };
    return { ...head('ObjectEvent', fact), ...words, ilmd: ilmdOf([lot], null) };
  }
  const [bizStep, disposition] = JUDGEMENTS[fact.what];
  const quantityList = fact.lots.map((lot) => ({ epcClass: lotUri(fact.origin, lot) }));
  return { ...head('ObjectEvent', fact), action: 'OBSERVE', bizStep, disposition, quantityList };
}

/** Strangers read how much was picked when and in which hamlet; from which plots only who may read the whole event. */
function pickEvent(fact: Extract<Fact, { what: 'picked' }>): EpcisEvent {
  const words = { action: 'ADD', bizStep: 'creating_class_instance', disposition: 'active' };
  const harvest = { 'cbvmda:harvestStartDate': fact.day, 'cbvmda:harvestEndDate': fact.day };
  const quantityList = [pickQuantity(fact.pick)];
  const plots = fact.plots.map((id) => `urn:uuid:${id}`);
  return {
    ...head('ObjectEvent', fact),
    ...words,
    quantityList,
    ilmd: harvest,
    [`${OWN_PREFIX}:step`]: 'pick',
    [`${OWN_PREFIX}:plot`]: plots,
  };
}

function pickQuantity({ id, g }: PickFact): JsonObject {
  return { epcClass: `urn:uuid:${id}`, quantity: Number(g) / 1_000, uom: 'KGM' };
}

/** The same event once more, under its own id, declared wrong (EPCIS 2.0, 7.4.1.2; reasons: CBV 2.0, 7.5). */
function declaration({ of, instead, at }: Extract<Fact, { what: 'wrong' }>): EpcisEvent {
  const event = eventOf(of);
  const errorDeclaration = {
    declarationTime: at,
    reason: instead === null ? 'did_not_occur' : 'incorrect_data',
    ...(instead && { correctiveEventIDs: [idOf(eventOf(instead))] }),
  };
  return { ...event, eventID: idOf(event), errorDeclaration };
}

/** Events without an id of their own are known by their hash. */
function idOf(event: EpcisEvent): string {
  return hashEvent({ event, context: DERIVED_CONTEXT });
}

const JUDGEMENTS = {
  held: ['holding', 'non_sellable_other'],
  lifted: ['inspecting', 'conformant'],
  released: ['inspecting', 'conformant'],
  recalled: ['holding', 'recalled'],
  recall_ended: ['inspecting', 'conformant'],
} as const;

function head(type: EpcisEvent['type'], { at, place }: Happening): EpcisEvent {
  const where = place === null ? {} : { readPoint: { id: place }, bizLocation: { id: place } };
  return { type, eventTime: at, eventTimeZoneOffset: '+07:00', ...where } as EpcisEvent;
}

type StepFact = Extract<Fact, { what: 'step' }>;

function stepEvent(fact: StepFact): EpcisEvent {
  const { kind, inputs, outputs, origin, evidence, picks } = fact;
  const more = { ...sensed(evidence, fact.at), [`${OWN_PREFIX}:step`]: kind };
  const into = [...picks.map(pickQuantity), ...inputs.map((part) => quantityOf(origin, part))];
  const out = outputs.map((part) => quantityOf(origin, part));
  if (into.length > 0 && out.length > 0) {
    const words = { bizStep: kind === 'pack' ? 'packing' : 'creating_class_instance', disposition: 'active' };
    const lists = { inputQuantityList: into, outputQuantityList: out };
    return {
      ...head('TransformationEvent', fact),
      ...words,
      ...lists,
      ilmd: ilmdOf(outputs, fact.picked),
      ...more,
    };
  }
  if (out.length > 0) {
    const words = { action: 'ADD', bizStep: 'creating_class_instance', disposition: 'active' };
    return {
      ...head('ObjectEvent', fact),
      ...words,
      quantityList: out,
      ilmd: ilmdOf(outputs, fact.picked),
      ...more,
    };
  }
  const gone =
    kind === 'discard'
      ? { action: 'OBSERVE', bizStep: 'destroying', disposition: 'destroyed' }
      : { action: 'OBSERVE', bizStep: 'shipping', disposition: 'in_transit' };
  return { ...head('ObjectEvent', fact), ...gone, quantityList: into, ...more };
}

/** Kilograms, as they are printed: grams behind the point. */
function quantityOf(origin: string, part: PartFact): JsonObject {
  return { epcClass: lotUri(origin, part), quantity: Number(part.g) / 1_000, uom: 'KGM' };
}

/** Master data of what came into being: its number, when it was picked, how long it is good. */
function ilmdOf(lots: readonly LotFact[], picked: StepFact['picked']): JsonObject {
  const [only] = lots.length === 1 ? lots : [];
  return {
    ...(only && { 'cbvmda:lotNumber': only.code }),
    ...(only?.bestBefore && { 'cbvmda:bestBeforeDate': only.bestBefore }),
    ...(picked && { 'cbvmda:harvestStartDate': picked.from, 'cbvmda:harvestEndDate': picked.to }),
  };
}

function sensed({ temperatureC, minutes, moistureTenths }: Evidence, time: string): JsonObject {
  const report = [
    temperatureC === undefined ? null : { type: 'Temperature', value: temperatureC, uom: 'CEL' },
    minutes === undefined ? null : { type: 'Time', value: minutes, uom: 'MIN' },
    moistureTenths === undefined ? null : { type: 'Dimensionless', value: moistureTenths / 10, uom: 'P1' },
  ].filter((one) => one !== null);
  return report.length === 0
    ? {}
    : { sensorElementList: [{ sensorMetadata: { time }, sensorReport: report }] };
}
