/** What strangers read of an event: what happened to which things, where and when; nothing that names people. */
import { isObject, objectsOf, textsOf, type EpcisEvent, type Json, type JsonObject } from './event.ts';
import { identityOf } from './identity.ts';

const OPEN =
  'type eventID eventTime eventTimeZoneOffset recordTime certificationInfo action bizStep disposition persistentDisposition transformationID'.split(
    ' ',
  );
const THINGS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'];
const CLASSES = ['quantityList', 'childQuantityList', 'inputQuantityList', 'outputQuantityList'];

/** GSRNs stand for people who give or receive a service. */
function namesAPerson(text: string): boolean {
  return /\/(?:8017|8018)\//.test(identityOf(text));
}

/**
 * The public profile: no transactions, no parties, no extensions, no sensors' remarks, and of master data only the
 * standard's own words (lot number, dates, weights).
 */
export function publicProfile(event: EpcisEvent): EpcisEvent {
  const shown: JsonObject = {};
  for (const name of OPEN) if (event[name] !== undefined) shown[name] = event[name];
  for (const name of THINGS)
    if (event[name] !== undefined) shown[name] = textsOf(event[name]).filter((text) => !namesAPerson(text));
  for (const name of CLASSES) if (event[name] !== undefined) shown[name] = objectsOf(event[name]);
  if (typeof event.parentID === 'string' && !namesAPerson(event.parentID)) shown.parentID = event.parentID;
  for (const name of ['readPoint', 'bizLocation']) {
    const place = event[name];
    if (isObject(place) && typeof place.id === 'string') shown[name] = { id: place.id };
  }
  if (isObject(event.ilmd)) shown.ilmd = openMasterData(event.ilmd);
  if (isObject(event.errorDeclaration)) shown.errorDeclaration = declared(event.errorDeclaration);
  return shown as EpcisEvent;
}

function openMasterData(ilmd: JsonObject): JsonObject {
  const plain = (value: Json) => typeof value === 'string' || typeof value === 'number';
  return Object.fromEntries(
    Object.entries(ilmd).filter(([name, value]) => name.startsWith('cbvmda:') && plain(value)),
  );
}

function declared({ declarationTime, reason, correctiveEventIDs }: JsonObject): JsonObject {
  const all = { declarationTime, reason, correctiveEventIDs };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject;
}
