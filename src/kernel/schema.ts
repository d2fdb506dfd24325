// Written by `node src/app/database/write-types.ts` from the database's own catalogue; do not edit.
import type { ColumnType, Generated } from 'kysely';

/** Selected as parsed JSON; written as JSON text. */
type Json = ColumnType<unknown, string, string>;
type Timestamp = ColumnType<Date, Date | string, Date | string>;
/** A column with a default may be left out; Kysely's own Generated does not look into a ColumnType. */
type DefaultTimestamp = ColumnType<Date, Date | string | undefined, Date | string>;

/** What an audit entry says beyond its frame, with its salt. Kept beside the chain so that personal data can be erased. */
export type AuditDetail = {
  commune_id: number;
  entry_id: string;
  salt: Buffer;
  detail: Json;
};

/** Who did, saw or was refused what, when and for which purpose. Append-only: the application may insert and read. */
export type AuditEntry = {
  commune_id: number;
  id: string;
  at: Timestamp;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  outcome: string;
  subject_kind: string | null;
  subject_id: string | null;
  purpose: string | null;
  request_id: string | null;
  /** sha256(salt || canonical JSON of the detail); the detail can be erased, the commitment stays. */
  commitment: Buffer;
  /** The machine's clock when the row was written; `at` is the time of the act as the program knew it. */
  recorded_at: DefaultTimestamp;
  /** Whether a detail was written beside the entry: it may be missing later only if an erasure is recorded. */
  has_detail: Generated<boolean>;
};

/** The audit record's chain: one link per entry, in the order in which they were chained. Append-only. */
export type AuditLink = {
  commune_id: number;
  seq: bigint;
  entry_id: string;
  prev: Buffer;
  /** sha256(prev || canonical JSON of the entry's frame and linked_at); see src/domains/audit/chain.ts. */
  hash: Buffer;
  linked_at: Timestamp;
};

/** The communes served by this installation. The id is ours, never an official code. */
export type Commune = {
  id: number;
  slug: string;
  name: string;
  /** Host names (without port) under which this commune is reached. */
  hosts: Generated<string[]>;
  /** Agency identifier in dossier codes (TT 01/2018/TT-VPCP art. 19), e.g. H55.242; configuration, not an administrative code. */
  agency_code: string;
  /** Demo communes show sign-in codes on screen; refused wherever a real commune exists. */
  demo: Generated<boolean>;
  created_at: DefaultTimestamp;
  /** The first day on which it takes nothing in any more: its transactions are read-only then, but for sign-in and the audit record. */
  closed_from: string | null;
  /** The commune that it became part of. Nothing changes its commune_id: what it kept stays its own. */
  successor_id: number | null;
  /** Officials of the successor may read here with the roles they hold there. */
  successor_reads: Generated<boolean>;
};

export type CommuneAnnouncement = {
  commune_id: number;
  id: string;
  kind: string;
  title: string;
  body: string;
  title_en: string | null;
  body_en: string | null;
  published_at: Timestamp;
  expires_at: Timestamp | null;
  /** Planned downtime is announced at least 7 working days ahead (NĐ 224/2026 art. 13). */
  downtime_from: Timestamp | null;
  downtime_to: Timestamp | null;
  created_by: string;
};

export type CommuneHamlet = {
  commune_id: number;
  id: string;
  slug: string;
  name: string;
  /** The name is a stand-in of the demo, not an official hamlet name. */
  demo_name: Generated<boolean>;
  position: Generated<number>;
  valid_from: string | null;
  /** The last day on which the hamlet existed. */
  valid_to: string | null;
  /** The hamlet that an ended one became part of. */
  successor_id: string | null;
  /** For a hamlet that a merger brought: the commune and hamlet it was, {commune, communeName, hamlet, name}. The old one stays where it was. */
  came_from: Json | null;
  /** Where the hamlet meets (nhà văn hoá): name and place in words. */
  hall: string | null;
};

/** Boundaries of hamlets, the newest holds; WGS 84, checked when they came. Not an official cadastral line. */
export type CommuneHamletBoundary = {
  commune_id: number;
  id: string;
  hamlet_id: string;
  /** Coordinates of a GeoJSON MultiPolygon, longitude first. */
  shape: Json;
  source: string;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** Former names of hamlets, so that people and old papers still find them. */
export type CommuneHamletName = {
  commune_id: number;
  id: string;
  hamlet_id: string;
  name: string;
  /** The last day on which the name held. */
  valid_to: string;
};

/** Mergers of communes in which this commune took part: the report as it was when the step was taken. Never changed. */
export type CommuneMerger = {
  commune_id: number;
  id: string;
  /** The same in every commune that took part. */
  merger_id: string;
  role: string;
  /** The first day on which the successor works and the predecessors take nothing in. */
  day: string;
  source: string;
  /** Who became part of whom, and what each predecessor had: counts only, no person. */
  report: Json;
  done_at: Timestamp;
};

export type CommuneOfficeHours = {
  commune_id: number;
  id: string;
  valid_from: string;
  /** ISO weekday (1 Monday … 7 Sunday) → list of [open, close] in local HH:MM. */
  week: Json;
  source: string;
  verified: Generated<boolean>;
  /** When the desk receives people, where that differs from the working hours (some open on Saturday morning for reception only); written like week. */
  desk: Json | null;
};

/** Small settings of a commune: address, telephone, e-mail, introduction, quiet hours. */
export type CommuneSetting = {
  commune_id: number;
  key: string;
  value: Json;
  changed_at: DefaultTimestamp;
};

/** Days off besides weekends, and weekend days that are worked (hoán đổi, làm bù), each with its source letter. */
export type CommuneSpecialDay = {
  commune_id: number;
  day: string;
  kind: string;
  name: string;
  name_en: string;
  source: string;
  /** How sure the source is: F found, F? second-hand, MS known but not checked, MU not certain. */
  mark: string;
  verified: Generated<boolean>;
  /** The day of the official letter; swap days often come after deadlines were promised. */
  decreed_on: string | null;
  recorded_at: DefaultTimestamp;
  /** For a worked day: the day off it stands for, whose office hours it takes. */
  swap_for: string | null;
};

/** Administrative units that this commune is or was (Tức Tranh 05641 became part of xã Vô Tranh on 1/7/2025), with validity. */
export type CommuneUnit = {
  commune_id: number;
  id: string;
  official_code: string;
  name: string;
  district: string | null;
  province: string;
  valid_from: string | null;
  valid_to: string | null;
  successor_code: string | null;
  source: string;
  verified: Generated<boolean>;
};

/** Changes with every change of the calendar or of what every page shows, in the same transaction: whoever keeps a copy in memory compares. */
export type CommuneVersion = {
  commune_id: number;
  subject: string;
  version: string;
};

/** Who answers for an indicator, by when and with which steps; the latest counts. */
export type CriteriaAssignment = {
  commune_id: number;
  id: string;
  set_code: string;
  indicator: string;
  official_id: string;
  deadline: string | null;
  steps: string | null;
  /** The task of the office that was given with it. */
  task_id: string | null;
  assigned_by: string;
  assigned_at: Timestamp;
  /** Officials who help the one who answers for it. */
  co_workers: Generated<string[]>;
  /** The work whose money it is done with. */
  work_id: string | null;
  /** What may come in the way, and what is done against it. */
  risk: string | null;
  risk_level: string | null;
};

/** What officials and inspectors said about an indicator. Only ever added to. */
export type CriteriaComment = {
  commune_id: number;
  id: string;
  set_code: string;
  indicator: string;
  body: string;
  author: string;
  author_name: string;
  written_at: Timestamp;
};

/** Questions that the commune puts to units and people about its progress (lấy ý kiến). */
export type CriteriaConsultation = {
  commune_id: number;
  id: string;
  title: string;
  question: string;
  /** The last day on which opinions are taken. */
  closes_on: string;
  opened_by: string;
  opened_at: Timestamp;
};

/** Contracts of a work; payments under one never exceed it. */
export type CriteriaContract = {
  commune_id: number;
  id: string;
  work_id: string;
  number: string;
  /** The firm or the registered household business; published with the contract. */
  contractor: string;
  what: string;
  /** Whole đồng. */
  amount_dong: bigint;
  signed_on: string;
  entered_by: string;
  entered_at: Timestamp;
};

/** Who gives: known to the desk, named in public only with consent. */
export type CriteriaDonor = {
  commune_id: number;
  id: string;
  /** As the donor wishes to be called. @personal */
  name: string;
  kind: string;
  hamlet_id: string | null;
  entered_by: string;
  entered_at: Timestamp;
};

/** The ledger of a work: what was promised, received, spent. A mistake is taken back by a counter-entry of the same day. */
export type CriteriaEntry = {
  commune_id: number;
  id: string;
  work_id: string;
  step: string;
  fund_code: string;
  form: string;
  /** Whole đồng; the estimated worth of labour, land and materials. Below zero in a counter-entry. */
  amount_dong: bigint;
  /** Days of labour or square metres of land; null for money. */
  quantity: string | null;
  donor_id: string | null;
  contract_id: string | null;
  on_day: string;
  /** What for. No names of givers: they stand in criteria_donor. */
  what: string;
  /** The entry that this one takes back. */
  counters: string | null;
  reason: string | null;
  entered_by: string;
  entered_at: Timestamp;
};

/** Files of values and signatures; the bytes lie in the content-addressed store. */
export type CriteriaFile = {
  commune_id: number;
  id: string;
  set_code: string;
  indicator: string;
  hamlet_id: string | null;
  /** The value or the signature that it is evidence of. */
  of_id: string;
  /** The day of the value or of the signature: boards of earlier days do not show it. */
  on_day: string;
  name: string;
  file_hash: string;
  media_type: string;
  size: number;
  added_by: string;
  added_at: Timestamp;
};

/** Funding sources (nguồn vốn): the state budget, others, what the people give. */
export type CriteriaFund = {
  commune_id: number;
  code: string;
  title_vi: string;
  title_en: string;
  kind: string;
  /** The decision or agreement that it stands on. */
  paper: string;
  entered_by: string;
  entered_at: Timestamp;
};

/** Opinions given in a consultation. Only ever added to. */
export type CriteriaOpinion = {
  commune_id: number;
  id: string;
  consultation_id: string;
  /** The unit for which it was given; null where somebody spoke for himself. */
  unit: string | null;
  body: string;
  author: string;
  /** For the desk alone; everybody else reads no names. */
  author_name: string;
  given_at: Timestamp;
};

/** How the commune took an opinion, and why; the latest counts. */
export type CriteriaOpinionAnswer = {
  commune_id: number;
  id: string;
  opinion_id: string;
  body: string;
  taken: string;
  /** Whether everybody may read the opinion with its answer, without the name. */
  shown: boolean;
  answered_by: string;
  answered_at: Timestamp;
};

/** Pilot models (mô hình thí điểm). */
export type CriteriaPilot = {
  commune_id: number;
  code: string;
  title_vi: string;
  title_en: string;
  /** Codes of the indicators that it is to lift. */
  lifts: string[];
  source: string;
  /** From when on it is part of the plan. */
  decided_on: string;
};

/** Lines of a pilot's budget by where the money comes from. */
export type CriteriaPilotLine = {
  commune_id: number;
  id: string;
  pilot_code: string;
  source: string;
  what: string;
  /** Whole đồng. */
  amount_dong: bigint;
};

/** Boards as communes published them: the one table of this room that other communes may read. No personal data but the signer's name. */
export type CriteriaPublished = {
  commune_id: number;
  id: string;
  set_code: string;
  /** Who may read it: everybody, or the province's reviewers alone. */
  reach: string;
  /** The program publishes anew when the values move, until a person publishes or withdraws. */
  live: boolean;
  /** The values as JSON, byte for byte as they were signed; null where the commune withdrew. */
  body: string | null;
  /** Ed25519 over the body by the commune's key for evidence bundles, in base64. */
  signature: string;
  /** Who published, as the name was; null where the program did for a live board. */
  signer_name: string | null;
  published_at: Timestamp;
};

/** Reports on the criteria of a period, frozen byte for byte. */
export type CriteriaReport = {
  commune_id: number;
  id: string;
  kind: string;
  first_day: string;
  last_day: string;
  body: string;
  /** SHA-256 of the body, in hex. */
  digest: string;
  made_by: string;
  made_at: Timestamp;
};

/** What happened to a report: signed by a person, sent by post of the program, failed, taken by key. */
export type CriteriaReportAct = {
  commune_id: number;
  id: string;
  report_id: string;
  act: string;
  actor: string;
  /** The official's name as it was, or the name of the key. @personal */
  actor_name: string;
  note: string | null;
  at: Timestamp;
};

/** What a work has come to by a day, in words; published. */
export type CriteriaResult = {
  commune_id: number;
  id: string;
  work_id: string;
  on_day: string;
  what: string;
  entered_by: string;
  entered_at: Timestamp;
};

/** Versions of criteria sets (bộ tiêu chí): themes, objectives, indicators as one body. */
export type CriteriaSet = {
  commune_id: number;
  code: string;
  version: number;
  /** The first day of a published version, in force until the next one; null while it is a draft. */
  valid_from: string | null;
  /** Group 1, 2 or 3 of the commune, by which thresholds differ (QĐ 51/2025/QĐ-TTg). */
  commune_group: number;
  body: Json;
  changed_by: string;
  changed_at: Timestamp;
};

/** What a person declared of an indicator, beside what its number said at that moment. */
export type CriteriaSignature = {
  commune_id: number;
  id: string;
  set_code: string;
  indicator: string;
  hamlet_id: string | null;
  stage: string;
  verdict: string;
  value: number | null;
  /** What the number said; a verdict that says other needs a reason. */
  judged: string;
  reason: string | null;
  signer: string;
  /** The official's name as it was. */
  signer_name: string;
  signed_at: Timestamp;
};

/** A board as it stood on a day, frozen byte for byte. */
export type CriteriaSnapshot = {
  commune_id: number;
  id: string;
  set_code: string;
  as_of: string;
  body: string;
  /** SHA-256 of the body, in hex. */
  digest: string;
  /** The official's name as it was. */
  signer_name: string;
  frozen_at: Timestamp;
};

/** Steps of an indicator's plan, only ever added to. */
export type CriteriaStep = {
  commune_id: number;
  id: string;
  set_code: string;
  indicator: string;
  what: string;
  begins_on: string;
  due: string;
  official_id: string | null;
  /** The task of the office that was given with it. */
  task_id: string | null;
  entered_by: string;
  entered_at: Timestamp;
};

/** That a step was done, or is no longer needed. */
export type CriteriaStepEnd = {
  commune_id: number;
  step_id: string;
  way: string;
  on_day: string;
  note: string | null;
  entered_by: string;
  entered_at: Timestamp;
};

/** Surveys of satisfaction among a random sample of households. */
export type CriteriaSurvey = {
  commune_id: number;
  id: string;
  title: string;
  question: string;
  /** From which, with the frame, anybody draws the same sample again. */
  seed: string;
  /** Every household of the day of the draw. */
  frame: string[];
  size: number;
  closes_on: string;
  drawn_by: string;
  drawn_at: Timestamp;
};

/** What households said, without the household, the day and who asked; ids are random, so that they tell no order. */
export type CriteriaSurveyAnswer = {
  commune_id: number;
  id: string;
  survey_id: string;
  hamlet_id: string;
  score: number;
};

/** The sample in the order of the draw, and what came of each visit; never what was said. */
export type CriteriaSurveyHousehold = {
  commune_id: number;
  survey_id: string;
  household_id: string;
  hamlet_id: string;
  place: number;
  outcome: string | null;
};

/** What a donor agreed to be thanked with in public, only ever added to; the latest counts. */
export type CriteriaThanks = {
  commune_id: number;
  id: string;
  donor_id: string;
  /** Nothing, the name, or the name with the gift. */
  shown: string;
  /** How the donor said so: a signed paper, words at the meeting of a day. */
  how: string;
  entered_by: string;
  entered_at: Timestamp;
};

/** Values typed with dated evidence, where no records of the program say the number. */
export type CriteriaValue = {
  commune_id: number;
  id: string;
  set_code: string;
  indicator: string;
  hamlet_id: string | null;
  on_day: string;
  /** In the indicator's unit: shares in percent, yes is 1. */
  value: number;
  /** The paper, report or photograph that the value stands on. */
  evidence: string;
  entered_by: string;
  entered_at: Timestamp;
};

/** Works (công trình, phần việc) whose money is published: parts of a pilot, or what people of a hamlet build. */
export type CriteriaWork = {
  commune_id: number;
  id: string;
  pilot_code: string | null;
  hamlet_id: string | null;
  title_vi: string;
  title_en: string;
  begins_on: string;
  entered_by: string;
  entered_at: Timestamp;
};

/** Growing areas (vùng trồng): plots that are looked after and certified together, with their code where one was granted. */
export type FarmingArea = {
  commune_id: number;
  id: string;
  /** As granted (Luật Trồng trọt 31/2018 art. 64); null where none was granted. */
  code: string | null;
  /** Which format of catalog/area-codes.json the code has. */
  code_format: string | null;
  name: string;
  crop: Generated<string>;
  /** Who answers for the area: a producer of the producers room, by its plain id. */
  producer_id: string | null;
  from_day: string;
  last_day: string | null;
  source: string | null;
  /** The decision that granted the code was seen. */
  verified: Generated<boolean>;
  version: Generated<number>;
  demo: Generated<boolean>;
  created_at: Timestamp;
};

/** The plots that a certificate names. A certificate with no plot here covers all plots of its producer's members. */
export type FarmingCertificatePlot = {
  commune_id: number;
  /** A certificate of the producers room, by its plain id. */
  certificate_id: string;
  plot_id: string;
  from_day: string;
  last_day: string | null;
};

/** Phones on which somebody keeps a diary. The id is made on the phone; several people may share one phone. */
export type FarmingDevice = {
  commune_id: number;
  id: string;
  user_id: string;
  /** What its owner calls it. @personal */
  name: string;
  first_seen_at: Timestamp;
  last_seen_at: Timestamp;
  /** Lost: nothing comes from it any more, and nothing is told to it. */
  shut_out_at: Timestamp | null;
  shut_out_by: string | null;
};

/** What was done on plots. The id is made on the phone: the same id is the same entry. Append-only. */
export type FarmingEntry = {
  commune_id: number;
  id: string;
  kind: string;
  happened_at: Timestamp;
  happened_on: string;
  /** By the phone's clock. */
  recorded_at: Timestamp;
  received_at: Timestamp;
  actor: string;
  /** Whose plots they are: a household of the registry room, by its plain id. @personal */
  household_id: string | null;
  producer_id: string | null;
  /** Written on behalf of the household. */
  by_technician: boolean;
  device_id: string | null;
  /** As src/domains/farming/diary/entry.ts describes them for the kind; weights in grams. */
  details: Json;
  /** The entry that counts no more because of this one; each is put right once. */
  corrects: string | null;
  voids: Generated<boolean>;
  /** What the rules did not know when it was accepted: [{code, params}]. */
  remarks: Json;
  /** SHA-256 of what was sent: another content under the same id is refused. */
  fingerprint: string;
};

/** The plots that an entry is about. */
export type FarmingEntryPlot = {
  commune_id: number;
  entry_id: string;
  plot_id: string;
};

/** The letters with which a hamlet's plot codes begin, and the last number given; neither is ever used again. */
export type FarmingHamletPrefix = {
  commune_id: number;
  hamlet_id: string;
  prefix: string;
  last_number: Generated<number>;
};

/** An internal inspection (kiểm tra nội bộ) by a checklist of catalog/checklists.json. Append-only. */
export type FarmingInspection = {
  commune_id: number;
  id: string;
  /** A household of the registry room, by its plain id. @personal */
  household_id: string | null;
  producer_id: string | null;
  /** Where the inspected plots lie: officials of that hamlet read it. */
  hamlet_id: string;
  checklist: string;
  checklist_version: number;
  inspected_on: string;
  /** Who inspected. @personal */
  inspector: string;
  /** {item: yes|no|na}, every item of the checklist. */
  answers: Json;
  note: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** The label of a product as a named technician read it: lifts an interval that was not known. The newest counts. */
export type FarmingLabel = {
  commune_id: number;
  id: string;
  product_code: string;
  phi_days: number;
  dose: string | null;
  photo_hash: string;
  recorded_at: Timestamp;
  recorded_by: string;
  /** Who read the label. @personal */
  recorded_name: string;
};

/** What an inspection found wrong (điểm chưa phù hợp); closed once, by somebody who answers for it by name. */
export type FarmingNonconformity = {
  commune_id: number;
  id: string;
  inspection_id: string;
  item: string;
  what: string;
  due_on: string;
  /** The day on which it was found to be put right. */
  closed_on: string | null;
  closed_at: Timestamp | null;
  closed_by: string | null;
  /** Who found it put right. @personal */
  closed_name: string | null;
  closed_note: string | null;
};

/** Photos of entries; they come in pieces, for the phone loses its connection. */
export type FarmingPhoto = {
  commune_id: number;
  entry_id: string;
  id: string;
  size: number;
  /** SHA-256 of the bytes as the phone sends them; what is kept was made anew, without what cameras write into photos. */
  digest: string;
  taken_at: Timestamp | null;
  lat: string | null;
  lng: string | null;
  begun_at: Timestamp;
  actor: string;
  /** Null until the last byte has come. */
  hash: string | null;
  type: string | null;
  kept_size: number | null;
  kept_at: Timestamp | null;
};

/** Pieces of photos that are under way; gone when the photo is whole. */
export type FarmingPhotoPiece = {
  commune_id: number;
  photo_id: string;
  at_byte: number;
  bytes: Buffer;
};

/** What stands on a plot: cultivar and planting year, from when to when; several cultivars may share a plot. */
export type FarmingPlanting = {
  commune_id: number;
  id: string;
  plot_id: string;
  /** A code of catalog/cultivars.json. */
  cultivar: string;
  planted_year: number | null;
  /** Its part of the plot; null for the whole. */
  area_m2: number | null;
  from_day: string;
  last_day: string | null;
};

/** A piece of land with one crop, as it is looked after: the smallest thing that the diary and the chain of lots know. */
export type FarmingPlot = {
  commune_id: number;
  id: string;
  /** Letters of the hamlet and a number, read over the phone: KC-0012. Never changes, never given twice. */
  code: string;
  hamlet_id: string;
  /** What its people call it. */
  name: string | null;
  /** Folded code and name. */
  search_text: string;
  /** Mean slope in degrees. */
  slope_deg: number | null;
  irrigation: string | null;
  note: string | null;
  from_day: string;
  /** The last day on which tea stood here; null while it does. */
  last_day: string | null;
  /** Counts the changes: a form that was opened before another change is refused. */
  version: Generated<number>;
  demo: Generated<boolean>;
  /** Made by the sender: the same plot sent twice is one plot. */
  client_id: string | null;
  created_at: Timestamp;
};

/** Which growing area a plot belongs to, from when to when; one at a time. */
export type FarmingPlotArea = {
  commune_id: number;
  id: string;
  plot_id: string;
  area_id: string;
  from_day: string;
  last_day: string | null;
};

/** Who works a plot, from when to when: a household, or a producer by itself; one at a time. */
export type FarmingPlotHolder = {
  commune_id: number;
  id: string;
  plot_id: string;
  /** A household of the registry room, by its plain id. @personal */
  household_id: string | null;
  /** A producer of the producers room, by its plain id. */
  producer_id: string | null;
  from_day: string;
  last_day: string | null;
};

/** Where a plot is and how large, version by version. Append-only; the days never run backwards, so the newest version up to a day holds on it. */
export type FarmingPlotShape = {
  commune_id: number;
  plot_id: string;
  version: number;
  valid_from: string;
  kind: string;
  /** A GeoJSON geometry, WGS 84, longitude first. */
  geojson: Json;
  /** Square metres: the geodesic area of a polygon, what was stated of a point. */
  area_m2: number;
  /** How far a corner may be off, in metres, as the device or surveyor stated. */
  accuracy_m: number | null;
  made_by: string;
  /** The file it was taken from. */
  source_name: string | null;
  /** Which shape of the file, from 1. */
  source_row: number | null;
  west: number;
  south: number;
  east: number;
  north: number;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** Every entry that was refused, whole, with the reasons. */
export type FarmingRefusal = {
  commune_id: number;
  id: string;
  entry_id: string | null;
  /** As it was sent; text, for it may hold what jsonb cannot. @personal */
  entry_json: string;
  fingerprint: string;
  codes: Json;
  /** The same entry is refused again; otherwise it is judged anew when it comes again. */
  final: boolean;
  at: Timestamp;
  actor: string;
  device_id: string | null;
  /** Whose diary it was meant for. @personal */
  household_id: string | null;
  /** A spraying was reported and refused: nothing is picked there before someone settles what was done. */
  blocked_plots: Generated<string[]>;
  happened_at: Timestamp | null;
  product_code: string | null;
  settled_at: Timestamp | null;
  settled_by: string | null;
  settled_note: string | null;
  /** The first day on which may be picked again, as whoever settled it found. */
  settled_until: string | null;
};

/** Inputs that were bought, lot by lot; what is left follows from the entries that name the lot. */
export type FarmingStock = {
  commune_id: number;
  id: string;
  /** A household of the registry room, by its plain id. @personal */
  household_id: string | null;
  producer_id: string | null;
  product_code: string;
  lot: string | null;
  bought_on: string;
  quantity: string;
  unit: string;
  supplier: string | null;
  expiry: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** Who keeps diaries for the members of a producer (cán bộ kỹ thuật của tổ), from when to when. */
export type FarmingTechnician = {
  commune_id: number;
  id: string;
  producer_id: string;
  /** A sign-in of the identity room. */
  user_id: string;
  /** As it stands on labels and entries. @personal */
  name: string;
  from_day: string;
  last_day: string | null;
  created_at: Timestamp;
};

/** What a laboratory found in soil, water or leaf of a plot or an area. Never changed: a wrong one is replaced. */
export type FarmingTest = {
  commune_id: number;
  id: string;
  plot_id: string | null;
  area_id: string | null;
  kind: string;
  sampled_on: string;
  laboratory: string;
  number: string | null;
  /** [{what, value, unit, limit}] as the report states them. */
  values: Json;
  /** What the report concludes; null where it concludes nothing. */
  passed: boolean | null;
  /** The last day on which it counts; null where the report sets none. */
  valid_to: string | null;
  file_hash: string | null;
  file_size: number | null;
  file_type: string | null;
  file_name: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
  replaces_id: string | null;
  demo: Generated<boolean>;
};

export type IdentityApiKey = {
  commune_id: number;
  id: string;
  name: string;
  /** sha256 of the key; the key itself is shown once. */
  key_hash: Buffer;
  roles: string[];
  created_at: Timestamp;
  valid_to: Timestamp | null;
  ended_at: Timestamp | null;
  /** The producer (room producers, by its plain id) whose key it is; such a key has no roles. */
  producer_id: string | null;
};

/** A sign-in proved to be a resident, at the counter or by the national identity provider: the phone alone proves only the phone. */
export type IdentityBinding = {
  commune_id: number;
  id: string;
  user_id: string;
  resident_id: string;
  method: string;
  bound_by: string;
  bound_at: Timestamp;
  ended_at: Timestamp | null;
  /** Last sign-in of the bound person. Numbers are given to new owners after some months without use: a binding not confirmed for 60 days sleeps until the 12-digit number is typed again. */
  confirmed_at: DefaultTimestamp;
};

/** A role of a person in this commune (or one hamlet of it) for a term of office. Ended, never deleted. */
export type IdentityGrant = {
  commune_id: number;
  id: string;
  user_id: string;
  user_name: string;
  role: string;
  hamlet_id: string | null;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
  granted_by: string;
  ended_by: string | null;
  ended_at: Timestamp | null;
};

/** A day on which an account signed in to this commune; the hour is not kept. */
export type IdentityPresence = {
  commune_id: number;
  user_id: string;
  day: string;
};

export type Migration = {
  name: string;
  checksum: string;
  ran_at: DefaultTimestamp;
};

/** A message on its way through one channel. */
export type NotificationsDelivery = {
  commune_id: number;
  id: string;
  message_id: string;
  channel: string;
  /** Nobody was written to: the text stands in the demo outbox. */
  demo: Generated<boolean>;
  /** held waits for the end of quiet hours; sending is between the first and the second note of one attempt. */
  state: string;
  attempts: Generated<number>;
  not_before: Timestamp;
  error_code: string | null;
  /** The provider's own words, shortened, for the staff. */
  error_text: string | null;
  /** The provider's number for the message, to ask them about it. */
  provider_id: string | null;
  changed_at: Timestamp;
};

/** One thing told to one person. With a user_id it is in that person's inbox; deliveries carry it to phone and e-mail. */
export type NotificationsMessage = {
  commune_id: number;
  id: string;
  event: string;
  /** Event, the caller's key and the person: one event never notifies the same person twice. */
  dedupe_key: string;
  user_id: string | null;
  resident_id: string | null;
  /** In +84 form. @personal */
  phone: string | null;
  /** E-mail address. @personal */
  email: string | null;
  locale: string;
  /** Which words were used: catalog:<version>, or the id of the commune's own template. */
  wording: string;
  /** What the template is filled with, already shortened; secrets (one-time codes) stand as dots. @personal */
  params: Json;
  /** Secret parameters, encrypted for this message alone; erased as soon as it was sent, has failed or expired. */
  sealed: Buffer | null;
  /** After this instant it is no longer sent (one-time codes). */
  expires_at: Timestamp | null;
  created_at: Timestamp;
  read_at: Timestamp | null;
};

/** Which channels a person wants; the inbox is always written. One-time codes do not ask. */
export type NotificationsPreference = {
  commune_id: number;
  user_id: string;
  zns: boolean;
  sms: boolean;
  email: boolean;
  locale: string | null;
  changed_at: Timestamp;
};

/** Quiet hours of the commune, local HH:MM; equal ends mean none. Without a row: 21:00 to 07:00. */
export type NotificationsSetting = {
  commune_id: number;
  quiet_from: string;
  quiet_to: string;
  changed_at: Timestamp;
  changed_by: string;
};

/** A commune's own words for an event. A change is a new row: what was sent keeps its words. */
export type NotificationsTemplate = {
  commune_id: number;
  id: string;
  event: string;
  locale: string;
  title: string;
  body: string;
  sms: string;
  valid_from: Timestamp;
  valid_to: Timestamp | null;
  made_by: string;
};

/** Tokens that providers hand out and change (Zalo's one-time refresh tokens), encrypted by a key that is not in the database. */
export type NotificationsVault = {
  commune_id: number;
  name: string;
  sealed: Buffer;
  expires_at: Timestamp | null;
  /** Somebody is exchanging the token now: a refresh token works once, so nobody else may try. */
  refreshing_since: Timestamp | null;
  changed_at: Timestamp;
};

/** What happened to a document or a task, in order; never changed. Everything else about them is a fold of it. */
export type OfficeAction = {
  commune_id: number;
  subject_id: string;
  seq: number;
  subject: string;
  kind: string;
  at: Timestamp;
  actor_id: string;
  /** The official who acted, if one did. */
  official_id: string | null;
  client_id: string | null;
  data: Json;
};

/** A body of paper (a register, a run of dossiers) that is being digitised. */
export type OfficeArchive = {
  commune_id: number;
  id: string;
  name: string;
  kind: string;
  place: string | null;
  from_year: number;
  to_year: number;
  /** How many pieces are to be indexed: what is done is counted, what remains is the difference. */
  expected: number;
  /** How long a piece is kept after its year; null: for ever. */
  retention_years: number | null;
  /** Only leaders and who keeps the archive open its pieces. */
  closed: Generated<boolean>;
  note: string | null;
  made_at: Timestamp;
};

/** Scans that were handed in together. The check of order and quality is a job; `checked` is its progress. */
export type OfficeBatch = {
  commune_id: number;
  id: string;
  archive_id: string;
  name: string;
  state: string;
  checked: Generated<number>;
  made_at: Timestamp;
  made_by: string;
};

/** Running numbers of a year without gaps: documents in, documents out. */
export type OfficeCounter = {
  commune_id: number;
  name: string;
  year: number;
  last: number;
  /** The day of the last number; null before the first number that kept it. */
  last_on: string | null;
};

/** A document in or out as its actions leave it: a projection of the fold, kept for the register and the lists. */
export type OfficeDocument = {
  commune_id: number;
  id: string;
  direction: string;
  year: number | null;
  /** Number in the register of its direction and year (NĐ 30/2020/NĐ-CP art. 15, 22); a draft has none before it is issued. */
  number: number | null;
  type: string;
  /** Số, ký hiệu as printed on the paper. */
  symbol: string | null;
  sender: string | null;
  issued_on: string | null;
  summary: string;
  urgency: string;
  state: string;
  handler_id: string | null;
  due_at: Timestamp | null;
  reply_to: string | null;
  made_at: Timestamp;
  /** Documents in: when the work was done or the answer issued. Documents out: when issued. */
  done_at: Timestamp | null;
  /** The due time that its people were reminded of, so that each is told once. */
  reminded_due: Timestamp | null;
  escalated_due: Timestamp | null;
  client_id: string | null;
  last_seq: number;
  /** Documents in: the day of arrival as the book has it; null for those registered before the book kept it. */
  arrived_on: string | null;
};

/** An entry of the Committee's work calendar. Cancelled, never deleted, so that phones that subscribed learn of it. */
export type OfficeEntry = {
  commune_id: number;
  id: string;
  day: string;
  /** Minutes since midnight in Viet Nam. */
  from_minute: number;
  to_minute: number;
  title: string;
  place: string | null;
  chair_id: string | null;
  officials: string[];
  others: string | null;
  preparation: string | null;
  cancelled_at: Timestamp | null;
  /** Counts the changes (RFC 5545 3.8.7.4). */
  sequence: Generated<number>;
  changed_at: Timestamp;
  /** Everybody may read day, time, subject, place and chair; the rest stays inside. */
  public: Generated<boolean>;
};

/** A secret address under which a phone subscribes to the calendar; only the hash is kept. */
export type OfficeFeed = {
  commune_id: number;
  id: string;
  user_id: string;
  /** Only the entries of this official; null for the whole Committee. */
  official_id: string | null;
  token_hash: Buffer;
  made_at: Timestamp;
  ended_at: Timestamp | null;
};

/** Files of documents, tasks and publications; the bytes lie in the content-addressed store. */
export type OfficeFile = {
  commune_id: number;
  id: string;
  subject_id: string;
  name: string;
  file_hash: string;
  media_type: string;
  size: number;
  pages: number | null;
  added_at: Timestamp;
  added_by: string;
};

/** One indexed piece of an archive: a decision, a civil status act, a dossier. */
export type OfficeItem = {
  commune_id: number;
  id: string;
  archive_id: string;
  kind: string;
  number: string | null;
  year: number;
  title: string;
  /** The name on the paper. @personal */
  person: string | null;
  hamlet_id: string | null;
  resident_id: string | null;
  dossier_code: string | null;
  /** The last day on which it must be kept; null: for ever. Nothing is destroyed by itself. */
  keep_until: string | null;
  made_at: Timestamp;
  made_by: string;
  /** Counts the corrections. */
  version: Generated<number>;
};

/** Corrections of the index: what an entry said before and after, why and by whom. @personal */
export type OfficeItemChange = {
  commune_id: number;
  item_id: string;
  version: number;
  at: Timestamp;
  actor_id: string;
  reason: string;
  before: Json;
  after: Json;
};

/** Who works on a document or a task, as its actions leave it; for the lists. */
export type OfficePerson = {
  commune_id: number;
  subject_id: string;
  official_id: string;
  part: string;
  /** The read receipt: when the official first opened it. */
  seen_at: Timestamp | null;
};

/** What the commune published, where, from when to when (Luật 10/2022/QH15 art. 11, 12). */
export type OfficePublication = {
  commune_id: number;
  id: string;
  /** One of the fourteen groups, in catalog/publication-items.json. */
  item: string;
  title: string;
  channels: string[];
  /** The day of the decision or event from which the five working days count. */
  decided_on: string;
  from_day: string | null;
  to_day: string | null;
  place: string | null;
  link: string | null;
  official_id: string | null;
  note: string | null;
  withdrawn_at: Timestamp | null;
  made_at: Timestamp;
  made_by: string;
  version: Generated<number>;
};

/** One scanned page (or PDF) of a batch, in its order; the bytes lie in the content-addressed store. */
export type OfficeScan = {
  commune_id: number;
  id: string;
  batch_id: string;
  position: number;
  name: string;
  file_hash: string;
  media_type: string;
  size: number;
  pages: number | null;
  width: number | null;
  height: number | null;
  /** What the check found: small, blank, twice, gap. */
  faults: Generated<string[]>;
  /** What a person decided after looking; null: nobody has looked yet. */
  verdict: string | null;
  item_id: string | null;
};

/** A task as its actions leave it: a projection of the fold, kept for the lists. */
export type OfficeTask = {
  commune_id: number;
  id: string;
  title: string;
  source: string;
  source_id: string | null;
  assignee_id: string;
  giver_id: string | null;
  /** The part of the commune in which the assignee works, as it was when the task was given. */
  unit: string;
  urgency: string;
  state: string;
  progress: number;
  due_at: Timestamp | null;
  made_at: Timestamp;
  /** When the assignee last reported it done; when it was closed, if nobody reported. */
  finished_at: Timestamp | null;
  reminded_due: Timestamp | null;
  escalated_due: Timestamp | null;
  client_id: string | null;
  last_seq: number;
};

/** The folded words of a thing's text, found by their beginnings in any order. Under row-level security text comparison uses an index; trigrams do not. */
export type OfficeWord = {
  commune_id: number;
  word: string;
  subject_id: string;
};

/** The digital address of a house as it is now: the fold of its changes, kept because a number is unique in its hamlet. */
export type PlacesAddress = {
  commune_id: number;
  id: string;
  /** On the plate and in its QR; stays for life, also when the house moves. */
  code: string;
  hamlet_id: string;
  /** House number as written on the plate: 12, 12A, 12/3. */
  number: string;
  /** The number for comparing: without spaces, upper case. */
  number_key: string;
  lat: number;
  lng: number;
  /** Open Location Code, ten signs. */
  location_code: string;
  /** The household agreed that the place is shown on the public map. */
  shown: boolean;
  issued_on: string;
  /** The first day on which it no longer holds. */
  ended_on: string | null;
  demo: Generated<boolean>;
};

/** What happened to an address, only ever added to; each row holds the whole address after it. */
export type PlacesAddressChange = {
  commune_id: number;
  address_id: string;
  seq: number;
  kind: string;
  /** From when it holds. A correction holds from the day of what it corrects. Never earlier than the row before. */
  on_day: string;
  hamlet_id: string;
  number: string;
  lat: number;
  lng: number;
  location_code: string;
  reason: string | null;
  at: Timestamp;
  by_actor: string;
};

/** How a work stood on a day, only ever added to. The newest one up to a day tells how it stood then. */
export type PlacesInspection = {
  commune_id: number;
  id: string;
  work_id: string;
  on_day: string;
  condition: string;
  at_standard: boolean;
  length_m: number | null;
  hardened_m: number | null;
  surface: string | null;
  wifi: boolean | null;
  note: string | null;
  /** The inspection that was entered wrongly: it no longer counts. */
  replaces: string | null;
  at: Timestamp;
  by_actor: string;
};

/** What a work cost and what was contributed to it, only ever added to. Names of givers do not stand here. */
export type PlacesMoney = {
  commune_id: number;
  id: string;
  work_id: string;
  kind: string;
  on_day: string;
  what: string;
  source: string;
  form: string;
  /** Days of labour, or square metres of land, where it was not money. */
  quantity: string | null;
  /** Whole đồng; the estimated worth of what was not money. */
  amount: bigint;
  /** The row that was entered wrongly: it no longer counts. */
  replaces: string | null;
  at: Timestamp;
  by_actor: string;
};

/** Photographs of works and of houses with an address. Public ones only of works, and only where an official said that nobody can be recognised. */
export type PlacesPhoto = {
  commune_id: number;
  id: string;
  work_id: string | null;
  hash: string;
  size: number;
  media_type: string;
  caption: string | null;
  taken_on: string;
  public: boolean;
  at: Timestamp;
  by_actor: string;
  address_id: string | null;
};

/** Public works and facilities: what they are and where. How they stand is said by inspections. */
export type PlacesWork = {
  commune_id: number;
  id: string;
  kind: string;
  name: string;
  search_text: string;
  /** Null for a work of the whole commune. */
  hamlet_id: string | null;
  lat: number | null;
  lng: number | null;
  in_use_from: string;
  /** The first day on which it is no longer in use. */
  ended_on: string | null;
  demo: Generated<boolean>;
};

/** Licences and certificates of a producer, each with number, issuer, scope and days. */
export type ProducersCertificate = {
  commune_id: number;
  id: string;
  producer_id: string;
  kind: string;
  number: string;
  issuer: string;
  scope: string | null;
  stars: number | null;
  valid_from: string;
  /** The last valid day; null for papers without an end. */
  valid_to: string | null;
  /** The first day on which it holds no more. */
  revoked_on: string | null;
  revoked_why: string | null;
  file_hash: string | null;
  file_size: number | null;
  file_type: string | null;
  file_name: string | null;
  demo: Generated<boolean>;
  created_at: Timestamp;
};

/** What a producer agreed to show publicly: one consent holds at a time, withdrawn ones are kept. */
export type ProducersConsent = {
  commune_id: number;
  id: string;
  producer_id: string;
  /** profile, head, contact, packs (telephone on the pages of its packs): nothing is public that is not named here. */
  parts: string[];
  /** Version of the text that was agreed to. */
  wording: string;
  /** Who agreed for the producer. @personal */
  given_by: string;
  given_at: Timestamp;
  withdrawn_at: Timestamp | null;
};

/** Hamlets recognised as craft villages (làng nghề), each by its decision. */
export type ProducersCraftVillage = {
  commune_id: number;
  id: string;
  hamlet_id: string;
  name: string;
  trade: string;
  decision_number: string;
  decision_issuer: string;
  recognised_on: string;
  last_day: string | null;
  withdrawal_decision: string | null;
  /** The decision itself was seen. */
  verified: Generated<boolean>;
  demo: Generated<boolean>;
};

/** Income per person of a year as sources state it, side by side; of a hamlet, or of the commune when hamlet_id is null. */
export type ProducersIncome = {
  commune_id: number;
  id: string;
  year: number;
  hamlet_id: string | null;
  /** Whole đồng a person a year. */
  amount_dong: bigint;
  source: string;
  /** The day on which the source said so. */
  stated_on: string;
  verified: Generated<boolean>;
};

/** Who belonged to which producer when: a household, a person, or a name only. In several at once, in the same one once at a time. */
export type ProducersMember = {
  commune_id: number;
  id: string;
  producer_id: string;
  /** Who it is: household:<id>, resident:<id>, or name:<hamlet>:<folded name>. @personal */
  member_key: string;
  /** A household of the registry room, by its plain id. */
  household_id: string | null;
  /** A resident of the registry room, by its plain id. */
  resident_id: string | null;
  /** As entered. @personal */
  name: string;
  /** The folded name. @personal */
  search_text: string;
  hamlet_id: string | null;
  from_day: string;
  last_day: string | null;
  demo: Generated<boolean>;
};

/** Cooperatives (HTX), cooperative groups (tổ hợp tác), household businesses (hộ kinh doanh) and enterprises. */
export type ProducersProducer = {
  commune_id: number;
  id: string;
  kind: string;
  name: string;
  /** For the public address: the first name's words without accents. Never changes. */
  slug: string;
  /** Folded name, head and registration number. @personal */
  search_text: string;
  /** Number of the business or cooperative registration, or tax code. */
  registration_number: string | null;
  hamlet_id: string | null;
  /** House and lane. @personal */
  address: string | null;
  /** Director, head of the group, owner. @personal */
  head_name: string | null;
  /** In +84 form. @personal */
  phone: string | null;
  /** @personal */
  email: string | null;
  website: string | null;
  about: string | null;
  about_en: string | null;
  /** Codes of catalog/trades.json; the first is the main one. */
  trades: Generated<string[]>;
  from_day: string;
  /** The last day of its existence; null while it works. */
  last_day: string | null;
  /** Counts the changes: a form that was opened before another change is refused. */
  version: Generated<number>;
  demo: Generated<boolean>;
  created_at: Timestamp;
};

/** Which reminders of an expiry were told; each once. */
export type ProducersReminder = {
  commune_id: number;
  certificate_id: string;
  valid_to: string;
  days_before: number;
  told_at: Timestamp;
};

/** The standard by which a producer's members work, from when to when; one at a time. */
export type ProducersStandard = {
  commune_id: number;
  id: string;
  producer_id: string;
  standard: string;
  from_day: string;
  last_day: string | null;
  source: string | null;
};

/** Absence of an official and who covers: the cover sees and may handle the absent one's dossiers. */
export type RegistryAbsence = {
  commune_id: number;
  id: string;
  official_id: string;
  from_day: string;
  to_day: string;
  covered_by: string | null;
  reason: string | null;
};

/** Aid that a household or a person received. What was written by mistake is cancelled, never changed. */
export type RegistryAid = {
  commune_id: number;
  id: string;
  household_id: string | null;
  resident_id: string | null;
  day: string;
  /** What was given. @personal */
  what: string;
  /** In đồng; null for goods whose worth is not known. */
  amount: bigint | null;
  /** Who gave it: budget, fund, sponsor. @personal */
  source: string;
  /** @personal */
  decision: string | null;
  /** Made with the form: sent twice it is one gift. */
  client_id: string;
  demo: Generated<boolean>;
  recorded_at: Timestamp;
  recorded_by: string;
  cancelled_at: Timestamp | null;
  cancelled_by: string | null;
};

/** The book of the register (sổ biến động): what happened to a household or a person, on which day, written when and by whom. Never changed. */
export type RegistryChange = {
  commune_id: number;
  id: string;
  day: string;
  kind: string;
  household_id: string | null;
  resident_id: string | null;
  /** What belongs to the kind: relation, where to, the other household. @personal */
  data: Json;
  recorded_at: Timestamp;
  recorded_by: string;
  /** What it came from, such as a dossier; one source changes the register once. */
  source_kind: string | null;
  source_id: string | null;
  /** Made by the sender, so that a form sent twice changes the register once. */
  client_id: string | null;
};

/** What a person agreed to, for which purpose, under which wording; one consent for a purpose at a time. Withdrawn ones are kept with their moment until their time is over (catalog/retention.json). */
export type RegistryConsent = {
  commune_id: number;
  id: string;
  resident_id: string;
  /** Code of catalog/consents.json. */
  purpose: string;
  /** Version of the text that was agreed to. */
  wording: string;
  /** own: on the person's own page; counter: a clerk recorded a signed paper. */
  way: string;
  given_at: Timestamp;
  given_by: string;
  paper_hash: string | null;
  paper_size: number | null;
  paper_type: string | null;
  /** Name of the scan of the signed paper. @personal */
  paper_name: string | null;
  withdrawn_at: Timestamp | null;
  withdrawn_by: string | null;
  demo: Generated<boolean>;
};

/** Requests to correct a person's record. What is approved is written by the register's own verbs; old and new value then stand in registry_change. */
export type RegistryCorrection = {
  commune_id: number;
  id: string;
  resident_id: string;
  /** The sign-in that asked: it is told of the decision. */
  user_id: string;
  /** The telephone that the sign-in had proved. @personal */
  phone: string | null;
  field: string;
  /** What the register held when it was asked, and when it was decided. @personal */
  stood: string | null;
  /** What is right, as the person says. @personal */
  wanted: string;
  /** @personal */
  reason: string;
  paper_hash: string | null;
  paper_size: number | null;
  paper_type: string | null;
  /** @personal */
  paper_name: string | null;
  paper_erased_at: Timestamp | null;
  state: string;
  asked_at: Timestamp;
  /** Made with the form: sent twice it is one request. */
  client_id: string;
  decided_at: Timestamp | null;
  decided_by: string | null;
  /** Why it was refused, in words for the person. @personal */
  answer: string | null;
  demo: Generated<boolean>;
};

/** Running numbers of this room: household numbers. */
export type RegistryCounter = {
  commune_id: number;
  name: string;
  last: number;
};

/** Two records that look alike and are two people: a clerk has looked. */
export type RegistryDistinct = {
  commune_id: number;
  first_id: string;
  second_id: string;
  decided_at: Timestamp;
  decided_by: string;
};

/** Who is on duty at the commune on a day. */
export type RegistryDuty = {
  commune_id: number;
  id: string;
  official_id: string;
  day: string;
  note: string | null;
};

/** Households (hộ). Who belongs to one stands in registry_member, where it lives in registry_household_place. */
export type RegistryHousehold = {
  commune_id: number;
  id: string;
  /** Số hộ: running in the commune. */
  number: string;
  /** The number that the household had in the list it came from. */
  list_number: string | null;
  opened_on: string;
  /** The day on which the last member left. */
  closed_on: string | null;
  /** The head died or left by an event that named no new head: the program put one in, a clerk has to look. */
  head_to_confirm: Generated<boolean>;
  demo: Generated<boolean>;
};

/** Where a household lived when; one place at a time. */
export type RegistryHouseholdPlace = {
  commune_id: number;
  id: string;
  household_id: string;
  hamlet_id: string;
  /** House and lane inside the hamlet. @personal */
  address: string | null;
  from_day: string;
  /** The day on which it moved: the place holds up to the day before. Null while it lives there. */
  until_day: string | null;
};

/** A list of people on its way into the register. */
export type RegistryImport = {
  commune_id: number;
  id: string;
  file_name: string;
  state: string;
  /** The row with the heads of the columns, as the spreadsheet counts. */
  head_row: number;
  /** Column (from 0) → field. */
  columns: Json;
  hamlet_id: string | null;
  /** Since when the households of the list are in the register. */
  on_day: string;
  mode: string | null;
  total: number;
  progress: Generated<number>;
  /** When the job last said that it goes on; an import that stands still can be begun anew. */
  worked_at: Timestamp | null;
  created_at: Timestamp;
  created_by: string;
  finished_at: Timestamp | null;
};

/** One row of a list; forgotten thirty days after the list was entered. */
export type RegistryImportRow = {
  commune_id: number;
  import_id: string;
  /** As the spreadsheet counts, from 1. */
  row_no: number;
  /** What stood in the row. @personal */
  cells: Json;
  /** What was read from it. @personal */
  person: Json | null;
  findings: Json | null;
  group_no: number | null;
  /** new: somebody new; joins: known, comes into the household; same: there already; done: entered. */
  state: Generated<string>;
  resident_id: string | null;
};

/** Who belonged to which household when, and as what to its head. A change of relation ends a row and begins another. One person is in one household at a time, a household has one head at a time: the constraints hold it against everybody. */
export type RegistryMember = {
  commune_id: number;
  id: string;
  household_id: string;
  resident_id: string;
  relation: string;
  joined_on: string;
  /** The day on which the person left, died or got another relation: the row holds up to the day before. Null while it holds. */
  left_on: string | null;
  /** Set while the row rests because its person was merged into another record. */
  merge_id: string | null;
};

/** Two records became one. Never changed; whether it was taken back stands in registry_merge_undone. */
export type RegistryMerge = {
  commune_id: number;
  id: string;
  kept_id: string;
  merged_id: string;
  /** What the kept record took over, which rows of membership came along, rest or were begun: all that is needed to take it back. @personal */
  changes: Json;
  merged_at: Timestamp;
  merged_by: string;
};

/** A merge that was taken back, once. */
export type RegistryMergeUndone = {
  commune_id: number;
  merge_id: string;
  undone_at: Timestamp;
  undone_by: string;
};

/** Officials of the commune and hamlets: post, term, public telephone (NĐ 61/2018 art. 9.7). One row per term. */
export type RegistryOfficial = {
  commune_id: number;
  id: string;
  /** The sign-in of this official, if any. */
  user_id: string | null;
  full_name: string;
  search_text: string;
  post: string;
  post_en: string | null;
  /** Part of the commune: ubnd, one_stop, police, hamlet … */
  unit: string;
  phone: string | null;
  email: string | null;
  zalo: string | null;
  hamlet_id: string | null;
  term_from: string;
  /** The last day in office. */
  term_to: string | null;
  public: Generated<boolean>;
  position: Generated<number>;
  demo: Generated<boolean>;
  /** When the other rooms were told that the term had ended. */
  left_told_at: Timestamp | null;
};

/** Numbers that others published for a day. They stand beside what the register counts and never replace it; two sources may disagree. */
export type RegistryReportedFigure = {
  commune_id: number;
  id: string;
  measure: string;
  /** Null for the whole commune. */
  hamlet_id: string | null;
  day: string;
  value: bigint;
  source: string;
  recorded_at: Timestamp;
  recorded_by: string;
};

export type RegistryResident = {
  commune_id: number;
  id: string;
  /** Họ, chữ đệm và tên. @personal */
  full_name: string;
  /** The folded name (no accents, lower case). @personal */
  search_text: string;
  /** Ngày sinh. @personal */
  birth_date: string | null;
  sex: string | null;
  /** Số định danh cá nhân, 12 digits; found by exact match only. @personal */
  national_id: string | null;
  /** In +84 form. @personal */
  phone: string | null;
  hamlet_id: string | null;
  /** House and lane inside the hamlet. @personal */
  address: string | null;
  deceased_on: string | null;
  demo: Generated<boolean>;
  created_at: DefaultTimestamp;
  /** Counts the changes: a form that was opened before another change is refused. */
  version: Generated<number>;
  /** How exactly the birth is known: of many elders only the year; birth_date is then 1 January. */
  birth_known: Generated<string>;
  /** @personal */
  name_key: Generated<string | null>;
  /** The record that holds this person now: this one was a duplicate of it. */
  merged_into: string | null;
  /** The folded name with a space before every word: `like '% van%'` finds the beginning of a word. @personal */
  name_words: Generated<string | null>;
  /** See registry_initials. @personal */
  initials: Generated<bigint | null>;
};

/** People who stay in the commune for a time without belonging to a household of it (tạm trú), and members of households who are away for a time (tạm vắng). One person in one place at a time: the constraint holds it against everybody. */
export type RegistryStay = {
  commune_id: number;
  id: string;
  resident_id: string;
  kind: string;
  /** Where the person stays, or where the one who is away lives. */
  hamlet_id: string;
  /** House and lane inside the hamlet. @personal */
  address: string | null;
  /** Where the person resides for good, or where the one who is away went. @personal */
  elsewhere: string;
  /** @personal */
  reason: string | null;
  from_day: string;
  /** The last day of it. */
  to_day: string;
  demo: Generated<boolean>;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** Which household or person belongs to which group that the commune looks after, from when to when, by which decision. Of groups in one series (poor, near-poor) one at a time: the constraint holds it against everybody. */
export type RegistrySupport = {
  commune_id: number;
  id: string;
  /** As in catalog/groups.json. @personal */
  group_code: string;
  /** Groups of one series exclude each other. */
  series: string;
  household_id: string | null;
  resident_id: string | null;
  from_day: string;
  /** The day from which it no longer holds: it holds up to the day before. Null while it holds. */
  until_day: string | null;
  /** Number of the decision or certificate. @personal */
  decision: string;
  /** Number of the decision that ended it; none where a death or a move did. @personal */
  end_decision: string | null;
  demo: Generated<boolean>;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** A birth or death that a dossier told of: recorded in the register by itself, or open for a clerk where it was not certain who was meant. One source tells once. */
export type RegistryVital = {
  commune_id: number;
  id: string;
  kind: string;
  source_kind: string;
  source_id: string;
  source_label: string;
  /** Who and when, as the dossier said. @personal */
  data: Json;
  state: string;
  /** Why it is open: not_found, several, refused and the error code. */
  reason: string | null;
  household_id: string | null;
  resident_id: string | null;
  told_at: Timestamp;
  closed_at: Timestamp | null;
  closed_by: string | null;
};

/** What happened to a dossier, in order; never changed. State, deadline and figures are folds of it. */
export type ServicesAction = {
  commune_id: number;
  dossier_id: string;
  seq: number;
  kind: string;
  at: Timestamp;
  actor_id: string;
  /** The official who acted, if one did. */
  official_id: string | null;
  client_id: string | null;
  data: Json;
};

/** Files of a dossier or of a draft; the bytes lie in the content-addressed store. */
export type ServicesAttachment = {
  commune_id: number;
  id: string;
  dossier_id: string | null;
  draft_id: string | null;
  paper_code: string | null;
  kind: string;
  /** The name that the person's file had. @personal */
  name: string;
  file_hash: string;
  media_type: string;
  size: number;
  pages: number | null;
  added_at: Timestamp;
  added_by: string;
  /** @personal When it was checked, and by signature the certificate's holder, issuer and number and the claimed time; null where none was checked. */
  signature: Json | null;
};

/** Running numbers without gaps: dossier codes per agency and day, receipts and results per year. */
export type ServicesCounter = {
  commune_id: number;
  name: string;
  period: string;
  last: number;
};

/** A dossier as its actions leave it: a projection of the fold, kept for the queues (measured; see docs/decisions). The actions are the truth. */
export type ServicesDossier = {
  commune_id: number;
  id: string;
  /** agency-YYMMDD-NNNN, TT 01/2018/TT-VPCP art. 19. */
  code: string;
  /** Random short code printed on the receipt: codes in sequence can be guessed, this cannot. */
  tracking_code: string;
  procedure_code: string;
  procedure_version: number;
  channel: string;
  /** Người nộp hồ sơ. @personal */
  applicant_name: string;
  /** @personal */
  applicant_phone: string | null;
  applicant_user_id: string | null;
  helper_user_id: string | null;
  resident_id: string | null;
  hamlet_id: string | null;
  /** Folded name, code and phone. @personal */
  search_text: string;
  filed_at: Timestamp;
  received_at: Timestamp | null;
  /** The ten national states, 1 Mới đăng ký … 10 Đã trả kết quả. */
  state: number;
  step: number;
  assignee_id: string | null;
  due_at: Timestamp | null;
  step_due_at: Timestamp | null;
  /** Set while the clock stands still (states 5, 6, 8). */
  clock_stopped_at: Timestamp | null;
  finished_at: Timestamp | null;
  returned_at: Timestamp | null;
  outcome: string | null;
  last_seq: number;
  /** Made by the one who files, so that a repeated submit is the same dossier. */
  client_id: string | null;
};

export type ServicesDossierForm = {
  commune_id: number;
  dossier_id: string;
  form_id: string;
  form_version: number;
  /** The form as filed. @personal */
  answers: Json;
};

/** The folded words of the applicant's name: found by prefix in any order. Under row-level security a trigram index is not used (its operators are not leakproof); text comparison is. */
export type ServicesDossierWord = {
  commune_id: number;
  /** @personal */
  word: string;
  dossier_id: string;
};

/** A form that is being filled; resumed by its owner, or without signing in by the secret in its cookie. */
export type ServicesDraft = {
  commune_id: number;
  id: string;
  /** sha256 of the secret that opens the draft. */
  key_hash: Buffer;
  user_id: string | null;
  on_behalf: Json | null;
  procedure_code: string;
  procedure_version: number;
  /** @personal */
  answers: Json;
  page: string | null;
  changed_at: Timestamp;
  expires_at: Timestamp;
};

export type ServicesForm = {
  commune_id: number;
  id: string;
  version: number;
  content: Json;
};

/** Who may file for whom, for how long, and how that was proved. The person is told by SMS of every use. */
export type ServicesMandate = {
  commune_id: number;
  id: string;
  helper_user_id: string;
  /** @personal */
  person_name: string;
  /** @personal */
  person_phone: string;
  resident_id: string | null;
  scope: string;
  evidence: string;
  recorded_by: string;
  valid_from: Timestamp;
  valid_to: Timestamp;
  ended_at: Timestamp | null;
  /** @personal As the paper says. */
  helper_name: Generated<string>;
  /** @personal In +84 form; under it the helper signs in. */
  helper_phone: Generated<string>;
  /** @personal Both names and numbers, folded, to be searched. */
  search_text: Generated<string>;
};

/** The version being written; publishing gives it a number and a first day. */
export type ServicesProcedureDraft = {
  commune_id: number;
  code: string;
  content: Json;
  changed_by: string;
  changed_at: Timestamp;
};

/** Published versions of procedures; a dossier keeps the version of its day. */
export type ServicesProcedureVersion = {
  commune_id: number;
  code: string;
  version: number;
  valid_from: string;
  /** Last day, null while open-ended. */
  valid_to: string | null;
  name: string;
  field: string;
  content: Json;
  published_at: Timestamp;
  published_by: string;
};

/** What a slip said. No dossier, no person, no time of day: a rating never leads to who gave it (NĐ 224/2026 art. 10.3). */
export type ServicesRating = {
  commune_id: number;
  id: string;
  rated_on: string;
  way: string;
  procedure_code: string;
  unit: string;
  official_id: string | null;
  /** Index → 0, 1, 2 (TT 01/2018/TT-VPCP art. 13); an index that was not answered is missing. */
  scores: Json;
  comment: string | null;
};

export type ServicesResult = {
  commune_id: number;
  dossier_id: string;
  number: string;
  issued_on: string;
  signer_id: string | null;
  signer_name: string;
  medium: string;
  attachment_id: string | null;
  /** Random; the QR on the paper holds it. The public check says genuine or not, nothing more. */
  check_token: string;
  /** The code of the procedure. */
  book: Generated<string>;
};

/** A work queue under a name of its user's own: the filters as they stand in the address. */
export type ServicesSavedFilter = {
  commune_id: number;
  id: string;
  user_id: string;
  name: string;
  /** The query part of the address, without the question mark. */
  query: string;
  created_at: Timestamp;
};

/** One satisfaction slip for every dossier; whether it was used, never what it said. */
export type ServicesSlip = {
  commune_id: number;
  dossier_id: string;
  token_hash: Buffer;
  /** Not when: the time would lead from a rating to its dossier (NĐ 224/2026 art. 10.3). */
  used: Generated<boolean>;
};

/** Which deadline somebody was warned of, so that each is told once; a deadline that moves is a new one. */
export type ServicesWarning = {
  commune_id: number;
  dossier_id: string;
  kind: string;
  due_at: Timestamp;
  warned_at: Timestamp;
};

/** Documents that were sent for capture, and what became of them. */
export type TraceCapture = {
  commune_id: number;
  id: string;
  created_at: Timestamp;
  finished_at: Timestamp | null;
  succeeded: Generated<boolean>;
  behaviour: string;
  disclosed: Generated<boolean>;
  producer_id: string | null;
  captured_by: string;
  /** As it was sent, until it is worked off. */
  document: string | null;
  stored: Generated<number>;
  errors: Json;
};

/** What events were derived from already: step:<id>, hold:<id>, recall:<id> … */
export type TraceDerived = {
  commune_id: number;
  about: string;
  derived_at: Timestamp;
};

/** EPCIS 2.0 events as they came. Append-only: an event is corrected by another one that declares it wrong. */
export type TraceEvent = {
  commune_id: number;
  seq: bigint;
  /** The sender's eventID, or the hash as ni:///sha-256;…. */
  event_id: string;
  /** It declares an event of the same event_id wrong. */
  declared: boolean;
  /** CBV 2.0 event hash: identity of what happened, whatever its spelling. */
  hash: Buffer;
  producer_id: string | null;
  /** Strangers may read its public profile. */
  disclosed: boolean;
  captured_by: string;
  record_time: Timestamp;
  event_time: Timestamp;
  type: string;
  action: string | null;
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  /** The event itself; may hold what its sender wrote of people. @personal */
  body: Json;
  /** The @context beside the standard's own, where there was one. */
  context: Json | null;
};

/** What buyers wrote to the producer of a lot. */
export type TraceFeedback = {
  commune_id: number;
  id: string;
  lot_id: string;
  serial: string | null;
  /** @personal */
  body: string;
  /** @personal */
  contact: string | null;
  sent_at: Timestamp;
  read_at: Timestamp | null;
  read_by: string | null;
  /** What was told to the buyer, by telephone or mail. @personal */
  answer: string | null;
  answered_at: Timestamp | null;
  answered_by: string | null;
  /** @personal */
  answered_name: string | null;
};

/** What keeps a lot from being used, labelled or sold, until a named person lifts it with a reason. */
export type TraceHold = {
  commune_id: number;
  id: string;
  lot_id: string;
  /** interval: a spraying became known after the picking; found: somebody found something; corrected: the diary put a pick right that was sold. */
  cause: string;
  /** The entry of the diary, or the hold's own group: the same cause holds a lot once. */
  cause_key: string;
  reason: string | null;
  placed_at: Timestamp;
  placed_by: string;
  lifted_at: Timestamp | null;
  lifted_by: string | null;
  /** Who answers for it. @personal */
  lifted_name: string | null;
  lift_reason: string | null;
};

/** Label sheets that were printed; a reprint names the first print and says why. */
export type TraceLabelRun = {
  commune_id: number;
  id: string;
  lot_id: string;
  paper: string;
  serialised: boolean;
  count: number;
  reprint_of: string | null;
  reason: string | null;
  printed_at: Timestamp;
  printed_by: string;
  /** @personal */
  printed_name: string;
};

/** Which leaves tell of a lot: the way from its code to its proofs. No part of the log. */
export type TraceLogAbout = {
  commune_id: number;
  about: string;
  kind: string;
  subject: string;
};

/** Every head of the log that was ever signed. Append-only. */
export type TraceLogCheckpoint = {
  commune_id: number;
  seq: bigint;
  size: bigint;
  root: Buffer;
  note: string;
  signed_at: Timestamp;
};

/** The keys that sign the log's heads, one after the other. Append-only. */
export type TraceLogKey = {
  commune_id: number;
  generation: number;
  name: string;
  public_key: Buffer;
  /** The secret half, AES-256-GCM under a key of the installation that is not in the database. */
  sealed: Buffer;
  signs_from: Timestamp;
  /** How long the key before it signs beside it. */
  predecessor_until: Timestamp | null;
  /** A note by the key before it that names this one; absent for the first, and where the one before was lost to somebody. */
  handover: string | null;
};

/** The leaves of the public log in their order. Append-only. */
export type TraceLogLeaf = {
  commune_id: number;
  idx: bigint;
  kind: string;
  subject: string;
  /** What the leaf commits to: the hash of a published event, or SHA-256(salt || canonical JSON). */
  hash: Buffer;
  /** SHA-256 of a published event's canonical JSON: the event's own hash does not see every byte of it. */
  digest: Buffer | null;
  /** SHA-256(0x00 || entry), RFC 6962 section 2.1; the entry follows from kind, hash and digest. */
  leaf_hash: Buffer;
};

/** The root of every full tile (256 hashes of the level below): what tiles of level 1 and above hold. Append-only. */
export type TraceLogNode = {
  commune_id: number;
  level: number;
  idx: bigint;
  hash: Buffer;
};

/** The salt of a commitment. Without it nobody can tell what was committed to: taken away when that must be forgotten. */
export type TraceLogSalt = {
  commune_id: number;
  hash: Buffer;
  salt: Buffer;
};

/** Leaves that committed and are not in the tree yet; written with what they tell of, taken away when they are sequenced. */
export type TraceLogWaiting = {
  commune_id: number;
  id: string;
  kind: string;
  subject: string;
  hash: Buffer;
  digest: Buffer | null;
};

/** A lot of tea. What is left and what holds it are kept beside the steps: the row is locked by whoever takes from it, and the checks hold the balance. */
export type TraceLot = {
  commune_id: number;
  id: string;
  /** ASCII, legal in AI (10), read over the phone; never changes, never given twice. */
  code: string;
  kind: string;
  producer_id: string;
  hamlet_id: string | null;
  product_id: string;
  made_at: Timestamp;
  made_on: string;
  best_before: string | null;
  made_g: bigint;
  left_g: bigint;
  /** The fresh leaf behind it: divided and joined with the tea, to the gram. */
  fresh_g: bigint;
  fresh_left_g: bigint;
  /** The least of its sources on the day of picking. */
  standard: string;
  /** The least fine plucking of its sources, or what it was sorted down to. */
  grade: string;
  moisture_tenths: number | null;
  /** Holds that are not lifted. */
  holds: Generated<number>;
  /** A recall that has not ended names it. */
  recalled: Generated<boolean>;
  released_at: Timestamp | null;
  demo: Generated<boolean>;
  /** The step that made it was taken back: it never was. */
  undone: Generated<boolean>;
  state: Generated<string>;
};

/** What a laboratory found in a lot. Counts for what was made of it as well. */
export type TraceLotTest = {
  commune_id: number;
  id: string;
  lot_id: string;
  sampled_on: string;
  laboratory: string;
  number: string | null;
  /** [{what, value, unit, limit}] as the report states them. */
  values: Json;
  passed: boolean;
  valid_to: string | null;
  file_hash: string | null;
  file_type: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** Master data that came with documents: attributes of places and classes, and what lies within what. */
export type TraceMaster = {
  commune_id: number;
  id: string;
  type: string;
  attributes: Json;
  children: string[];
  producer_id: string | null;
  updated_at: Timestamp;
};

/** Picks that were sold and then put right or taken back in the diary. Append-only. */
export type TracePickUndo = {
  commune_id: number;
  pick_id: string;
  /** The entry of the diary that says so. */
  entry_id: string;
  /** It never happened; otherwise the entry stands in its place. */
  voids: boolean;
  at: Timestamp;
};

/** Released lots that a portal is told of (NĐ 37/2026/NĐ-CP art. 23.6, 27), once the operator has set its address. */
export type TracePortal = {
  commune_id: number;
  lot_id: string;
  /** waiting: not told yet; sent: taken, not yet confirmed; acknowledged: confirmed; refused: not taken, somebody has to look. */
  state: Generated<string>;
  tries: Generated<number>;
  queued_at: Timestamp;
  tried_at: Timestamp | null;
  /** What the portal calls it. */
  reference: string | null;
  /** What was said last: a refusal, or why nothing was heard. */
  answer: string | null;
};

/** What a producer makes: what its lots are called, and what a label says of them. */
export type TraceProduct = {
  commune_id: number;
  id: string;
  /** A producer of the producers room, by its plain id. */
  producer_id: string;
  hamlet_id: string | null;
  kind: string;
  /** 14 digits: the producer's own GTIN, or a number of restricted circulation (GS1: begins with 2) that holds under the commune's address only. */
  gtin: string;
  /** The number is the commune's own, not a GTIN. */
  own_code: boolean;
  name: string;
  name_en: string | null;
  grade: string | null;
  /** What its label says; a lot that is worth less cannot be packed as it. */
  standard: Generated<string>;
  net_g: number | null;
  shelf_months: number | null;
  brand: string | null;
  /** As the label says it (NĐ 37/2026/NĐ-CP art. 23.5). */
  maker_name: string;
  maker_address: string | null;
  /** Standards and technical rules that apply, as the maker declared them. */
  rules: string | null;
  story: string | null;
  story_en: string | null;
  /** The picture. */
  file_hash: string | null;
  file_type: string | null;
  last_day: string | null;
  version: Generated<number>;
  demo: Generated<boolean>;
  created_at: Timestamp;
};

/** Named queries. */
export type TraceQuery = {
  commune_id: number;
  name: string;
  /** The key or person that made it: others of the same producer may use it. */
  owner: string;
  query: Json;
  created_at: Timestamp;
};

/** Recalls: named lots and all that was made of them are called back. */
export type TraceRecall = {
  commune_id: number;
  id: string;
  code: string;
  reason: string;
  /** What buyers read when they scan a pack. */
  public_vi: string;
  public_en: string | null;
  started_at: Timestamp;
  started_by: string;
  /** Who answers for it. @personal */
  started_name: string;
  ended_at: Timestamp | null;
  ended_by: string | null;
  /** @personal */
  ended_name: string | null;
  end_reason: string | null;
};

export type TraceRecallLot = {
  commune_id: number;
  recall_id: string;
  lot_id: string;
  /** Named by whoever called back; otherwise made of such a lot. */
  named: boolean;
};

/** Lots whose labels may be printed, with what spoke against it and who took it upon himself why. */
export type TraceRelease = {
  commune_id: number;
  id: string;
  lot_id: string;
  released_at: Timestamp;
  released_by: string;
  /** @personal */
  released_name: string;
  /** [{code, weight}] at that moment. */
  findings: Json;
  reason: string | null;
};

/** How often a lot or pack was looked up on a day. Nothing of who did it. */
export type TraceScan = {
  commune_id: number;
  lot_id: string;
  serial: Generated<string>;
  day: string;
  scans: number;
  /** Of 63 marks those that were hit: a rough count of different networks, from which no address can be read back. */
  places: Generated<bigint>;
};

/** The serial numbers that labels were printed with: by chance, so that none can be guessed from another. */
export type TraceSerial = {
  commune_id: number;
  lot_id: string;
  serial: string;
  run_id: string;
};

/** The plots and days from which a lot of fresh leaf was picked. */
export type TraceSource = {
  commune_id: number;
  lot_id: string;
  /** A plot of the farming room, by its plain id. */
  plot_id: string;
  picked_on: string;
  picked_at: Timestamp;
  standard: string;
  certificate_ids: Generated<string[]>;
  /** The entry of the diary; null where the seller declared it. */
  pick_id: string | null;
};

/** What was done to lots. Append-only. */
export type TraceStep = {
  commune_id: number;
  /** Made by the sender: the same step sent twice is one step. */
  id: string;
  kind: string;
  happened_at: Timestamp;
  /** Temperature °C, minutes, moisture in tenths of a per cent. */
  evidence: Json;
  note: string | null;
  /** To whom it was shipped. @personal */
  buyer: string | null;
  order_ref: string | null;
  /** A photo of it. */
  file_hash: string | null;
  file_type: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** The lots of a step, in and out, in grams: the genealogy. */
export type TraceStepLot = {
  commune_id: number;
  step_id: string;
  side: string;
  lot_id: string;
  g: bigint;
  fresh_g: bigint;
};

/** How many events a commune has taken. The row is locked while events are added: their numbers have no gaps, and a higher one is never seen before a lower one. */
export type TraceStore = {
  commune_id: number;
  last_seq: Generated<bigint>;
};

/** Who is told of new events that a named query finds. */
export type TraceSubscription = {
  commune_id: number;
  id: string;
  query_name: string;
  owner: string;
  producer_id: string | null;
  dest: string;
  /** The subscriber's signature token, sealed with a key of the installation. */
  token: Buffer | null;
  stream: boolean;
  schedule: Json | null;
  report_if_empty: Generated<boolean>;
  initial_record_time: Timestamp | null;
  /** Events up to this one were told. */
  last_seq: bigint;
  created_at: Timestamp;
  last_notified_at: Timestamp | null;
};

/** By what an event is found: things, classes, parents, transactions, parties, each in its one canonical spelling. */
export type TraceTerm = {
  commune_id: number;
  value: string;
  /** epc, child, input, output, parent, and with _class behind for quantities; transformation, transaction, source, destination. */
  field: string;
  seq: bigint;
};

/** Purchases of fresh leaf at the weighing point; each makes one lot of leaf. */
export type TraceTicket = {
  commune_id: number;
  /** Made by the sender: the same ticket sent twice is one ticket. */
  id: string;
  code: string;
  lot_id: string;
  producer_id: string;
  /** Picks of the diary, or what the seller declared (plots and day). */
  basis: string;
  seller_household_id: string | null;
  /** As told. @personal */
  seller_name: string;
  weighed_at: Timestamp;
  picked_on: string;
  grade: string;
  gross_g: bigint;
  tare_g: bigint;
  net_g: Generated<bigint>;
  /** Whole đồng for a kilogram. */
  price_per_kg: bigint;
  /** Whole đồng. */
  amount: bigint;
  pay_by: string | null;
  paid_at: Timestamp | null;
  paid_by: string | null;
  note: string | null;
  recorded_at: Timestamp;
  recorded_by: string;
};

/** The picks of a ticket; a pick is sold once. */
export type TraceTicketPick = {
  commune_id: number;
  pick_id: string;
  ticket_id: string;
  undone: Generated<boolean>;
};

/** Steps and tickets that were written down wrongly. The original stays and counts no more. Append-only. */
export type TraceUndo = {
  commune_id: number;
  step_id: string;
  undone_at: Timestamp;
  undone_by: string;
  /** Who answers for it. @personal */
  undone_name: string;
  reason: string;
};

export type Database = {
  audit_detail: AuditDetail;
  audit_entry: AuditEntry;
  audit_link: AuditLink;
  commune: Commune;
  commune_announcement: CommuneAnnouncement;
  commune_hamlet: CommuneHamlet;
  commune_hamlet_boundary: CommuneHamletBoundary;
  commune_hamlet_name: CommuneHamletName;
  commune_merger: CommuneMerger;
  commune_office_hours: CommuneOfficeHours;
  commune_setting: CommuneSetting;
  commune_special_day: CommuneSpecialDay;
  commune_unit: CommuneUnit;
  commune_version: CommuneVersion;
  criteria_assignment: CriteriaAssignment;
  criteria_comment: CriteriaComment;
  criteria_consultation: CriteriaConsultation;
  criteria_contract: CriteriaContract;
  criteria_donor: CriteriaDonor;
  criteria_entry: CriteriaEntry;
  criteria_file: CriteriaFile;
  criteria_fund: CriteriaFund;
  criteria_opinion: CriteriaOpinion;
  criteria_opinion_answer: CriteriaOpinionAnswer;
  criteria_pilot: CriteriaPilot;
  criteria_pilot_line: CriteriaPilotLine;
  criteria_published: CriteriaPublished;
  criteria_report: CriteriaReport;
  criteria_report_act: CriteriaReportAct;
  criteria_result: CriteriaResult;
  criteria_set: CriteriaSet;
  criteria_signature: CriteriaSignature;
  criteria_snapshot: CriteriaSnapshot;
  criteria_step: CriteriaStep;
  criteria_step_end: CriteriaStepEnd;
  criteria_survey: CriteriaSurvey;
  criteria_survey_answer: CriteriaSurveyAnswer;
  criteria_survey_household: CriteriaSurveyHousehold;
  criteria_thanks: CriteriaThanks;
  criteria_value: CriteriaValue;
  criteria_work: CriteriaWork;
  farming_area: FarmingArea;
  farming_certificate_plot: FarmingCertificatePlot;
  farming_device: FarmingDevice;
  farming_entry: FarmingEntry;
  farming_entry_plot: FarmingEntryPlot;
  farming_hamlet_prefix: FarmingHamletPrefix;
  farming_inspection: FarmingInspection;
  farming_label: FarmingLabel;
  farming_nonconformity: FarmingNonconformity;
  farming_photo: FarmingPhoto;
  farming_photo_piece: FarmingPhotoPiece;
  farming_planting: FarmingPlanting;
  farming_plot: FarmingPlot;
  farming_plot_area: FarmingPlotArea;
  farming_plot_holder: FarmingPlotHolder;
  farming_plot_shape: FarmingPlotShape;
  farming_refusal: FarmingRefusal;
  farming_stock: FarmingStock;
  farming_technician: FarmingTechnician;
  farming_test: FarmingTest;
  identity_api_key: IdentityApiKey;
  identity_binding: IdentityBinding;
  identity_grant: IdentityGrant;
  identity_presence: IdentityPresence;
  migration: Migration;
  notifications_delivery: NotificationsDelivery;
  notifications_message: NotificationsMessage;
  notifications_preference: NotificationsPreference;
  notifications_setting: NotificationsSetting;
  notifications_template: NotificationsTemplate;
  notifications_vault: NotificationsVault;
  office_action: OfficeAction;
  office_archive: OfficeArchive;
  office_batch: OfficeBatch;
  office_counter: OfficeCounter;
  office_document: OfficeDocument;
  office_entry: OfficeEntry;
  office_feed: OfficeFeed;
  office_file: OfficeFile;
  office_item: OfficeItem;
  office_item_change: OfficeItemChange;
  office_person: OfficePerson;
  office_publication: OfficePublication;
  office_scan: OfficeScan;
  office_task: OfficeTask;
  office_word: OfficeWord;
  places_address: PlacesAddress;
  places_address_change: PlacesAddressChange;
  places_inspection: PlacesInspection;
  places_money: PlacesMoney;
  places_photo: PlacesPhoto;
  places_work: PlacesWork;
  producers_certificate: ProducersCertificate;
  producers_consent: ProducersConsent;
  producers_craft_village: ProducersCraftVillage;
  producers_income: ProducersIncome;
  producers_member: ProducersMember;
  producers_producer: ProducersProducer;
  producers_reminder: ProducersReminder;
  producers_standard: ProducersStandard;
  registry_absence: RegistryAbsence;
  registry_aid: RegistryAid;
  registry_change: RegistryChange;
  registry_consent: RegistryConsent;
  registry_correction: RegistryCorrection;
  registry_counter: RegistryCounter;
  registry_distinct: RegistryDistinct;
  registry_duty: RegistryDuty;
  registry_household: RegistryHousehold;
  registry_household_place: RegistryHouseholdPlace;
  registry_import: RegistryImport;
  registry_import_row: RegistryImportRow;
  registry_member: RegistryMember;
  registry_merge: RegistryMerge;
  registry_merge_undone: RegistryMergeUndone;
  registry_official: RegistryOfficial;
  registry_reported_figure: RegistryReportedFigure;
  registry_resident: RegistryResident;
  registry_stay: RegistryStay;
  registry_support: RegistrySupport;
  registry_vital: RegistryVital;
  services_action: ServicesAction;
  services_attachment: ServicesAttachment;
  services_counter: ServicesCounter;
  services_dossier: ServicesDossier;
  services_dossier_form: ServicesDossierForm;
  services_dossier_word: ServicesDossierWord;
  services_draft: ServicesDraft;
  services_form: ServicesForm;
  services_mandate: ServicesMandate;
  services_procedure_draft: ServicesProcedureDraft;
  services_procedure_version: ServicesProcedureVersion;
  services_rating: ServicesRating;
  services_result: ServicesResult;
  services_saved_filter: ServicesSavedFilter;
  services_slip: ServicesSlip;
  services_warning: ServicesWarning;
  trace_capture: TraceCapture;
  trace_derived: TraceDerived;
  trace_event: TraceEvent;
  trace_feedback: TraceFeedback;
  trace_hold: TraceHold;
  trace_label_run: TraceLabelRun;
  trace_log_about: TraceLogAbout;
  trace_log_checkpoint: TraceLogCheckpoint;
  trace_log_key: TraceLogKey;
  trace_log_leaf: TraceLogLeaf;
  trace_log_node: TraceLogNode;
  trace_log_salt: TraceLogSalt;
  trace_log_waiting: TraceLogWaiting;
  trace_lot: TraceLot;
  trace_lot_test: TraceLotTest;
  trace_master: TraceMaster;
  trace_pick_undo: TracePickUndo;
  trace_portal: TracePortal;
  trace_product: TraceProduct;
  trace_query: TraceQuery;
  trace_recall: TraceRecall;
  trace_recall_lot: TraceRecallLot;
  trace_release: TraceRelease;
  trace_scan: TraceScan;
  trace_serial: TraceSerial;
  trace_source: TraceSource;
  trace_step: TraceStep;
  trace_step_lot: TraceStepLot;
  trace_store: TraceStore;
  trace_subscription: TraceSubscription;
  trace_term: TraceTerm;
  trace_ticket: TraceTicket;
  trace_ticket_pick: TraceTicketPick;
  trace_undo: TraceUndo;
};
