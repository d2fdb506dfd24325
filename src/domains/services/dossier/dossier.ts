/**
 * A dossier: an append-only list of actions whose state is a pure fold. Nothing here reads or writes.
 * The ten states are the national list; 5, 6 and 8 stop the clock (sổ theo dõi, TT 01/2018/TT-VPCP).
 */

/** The national states, by the number under which other systems know them. */
export const STATES = {
  registered: 1,
  received: 2,
  not_received: 3,
  processing: 4,
  supplement: 5,
  payment: 6,
  withdrawn: 7,
  stopped: 8,
  done: 9,
  returned: 10,
} as const;
export type State = keyof typeof STATES;

/** The states in which a dossier is somebody's work. */
export const OPEN = [
  'registered',
  'received',
  'processing',
  'supplement',
  'payment',
  'stopped',
] as const satisfies readonly State[];
/** The same by number, as the projection keeps them. */
export const OPEN_STATES = OPEN.map((state) => STATES[state]);

const NAMES = new Map(Object.entries(STATES).map(([name, number]) => [number, name as State]));

/** @throws RangeError for a number outside 1–10 */
export function stateOf(number: number): State {
  const name = NAMES.get(number as never);
  if (!name) throw new RangeError(`no state ${number}`);
  return name;
}

/** How the dossier came in. `helper`: by somebody under a recorded mandate. */
export const CHANNELS = ['online', 'helper', 'counter'] as const;
export type Channel = (typeof CHANNELS)[number];

export type Outcome = 'granted' | 'refused' | 'withdrawn' | 'declined';
export type Medium = 'paper' | 'electronic';

/** A line of a fee as it was paid; `what` as in fee.ts. */
export type PaidLine = { what: string; fromPage?: number | undefined; quantity: string; amount: string };

/** What each kind of action carries. Personal data stays out: it lies in the form and the attachments. */
export type ActionData = {
  file: { channel: Channel; papers: Record<string, Medium> };
  receive: { note?: string | undefined };
  decline: { reason: string; legal: string };
  digitise: { papers: string[] };
  assign: { to: string };
  advance: { to: string | null; note?: string | undefined };
  send_back: { to: string | null; reason: string };
  hand_over: { to: string; reason: string };
  unassign: { reason: string };
  request_supplement: { papers: string[]; reason: string; by?: string | undefined };
  supplement: { papers: string[] };
  request_payment: { amount: string };
  collect_fee: {
    /** Whole đồng as decimal text. */
    amount: string;
    receipt: string;
    way?: 'cash' | 'transfer' | undefined;
    /** How the amount came about, line by line; amounts as decimal text. */
    lines?: PaidLine[] | undefined;
    exemption?: string | undefined;
  };
  stop: { reason: string; legal: string };
  resume: { note?: string | undefined };
  consult: { agency: string; question: string; until?: string | undefined };
  consulted: { agency: string; answer: string };
  extend: { reason: string };
  apologise: { reason: string; due: string };
  /** `before` and `after` are instants: what was promised, and what is promised now. */
  recalculate: { letter: string; before: string; after: string };
  decide: {
    outcome: 'granted' | 'refused';
    medium: Medium;
    number: string;
    reason?: string | undefined;
    legal?: string | undefined;
  };
  withdraw: { reason?: string | undefined };
  return: { way: 'counter' | 'electronic' | 'post'; to?: string | undefined };
  remark: { text: string };
};
export type ActionKind = keyof ActionData;

/** One thing that happened; `at` is event time. */
export type Action = {
  [K in ActionKind]: {
    kind: K;
    at: Date;
    actorId: string;
    officialId: string | null;
    data: ActionData[K];
  };
}[ActionKind];

/** A stretch in which the clock stands still, ended or not. */
export type Halt = { from: Date; until: Date | null };

/** A date promised by an apology letter, and when it was promised. */
export type Reappointment = { at: Date; to: Date };

/** A dossier as its actions leave it. */
export type Dossier = {
  state: State;
  channel: Channel;
  filedAt: Date;
  receivedAt: Date | null;
  /** From when the limit counts: reception, or the moment the supplement made the file complete (it restarts from zero). */
  clockFrom: Date | null;
  halts: readonly Halt[];
  extended: boolean;
  /** The new date of the apology letter, while it holds: a limit that starts anew replaces it. */
  reappointed: Reappointment | null;
  /** An apology letter was sent: never a second one (NĐ 61/2018 art. 19.9). */
  apologised: boolean;
  step: number;
  assigneeId: string | null;
  supplementAsked: boolean;
  outcome: Outcome | null;
  resultMedium: Medium | null;
  finishedAt: Date | null;
  returnedAt: Date | null;
  feeCollected: bigint;
  papers: Readonly<Record<string, Medium>>;
  /** Every paper is electronic: filed so, or digitised at the desk. */
  electronicFile: boolean;
};

/** The state after these actions, in order. @throws Error when the list does not begin with `file` */
export function foldDossier(actions: readonly Action[]): Dossier {
  const [first, ...rest] = actions;
  if (first?.kind !== 'file') throw new Error('a dossier begins with its filing');
  const { channel, papers } = first.data;
  let dossier: Dossier = {
    state: 'registered',
    channel,
    filedAt: first.at,
    receivedAt: null,
    clockFrom: null,
    halts: [],
    extended: false,
    reappointed: null,
    apologised: false,
    step: 0,
    assigneeId: null,
    supplementAsked: false,
    outcome: null,
    resultMedium: null,
    finishedAt: null,
    returnedAt: null,
    feeCollected: 0n,
    papers,
    electronicFile: isElectronic(papers),
  };
  for (const action of rest) dossier = { ...dossier, ...change(dossier, action) };
  return dossier;
}

function isElectronic(papers: Readonly<Record<string, Medium>>): boolean {
  return Object.values(papers).every((medium) => medium === 'electronic');
}

/** What one action changes. Actions that change nothing here (consult, remark …) are kept for the record. */
function change(dossier: Dossier, action: Action): Partial<Dossier> {
  switch (action.kind) {
    case 'receive':
      return { state: 'received', receivedAt: action.at, clockFrom: action.at };
    case 'decline':
      return { state: 'not_received', outcome: 'declined', finishedAt: action.at, clockFrom: null };
    case 'digitise':
      return digitised(dossier, action.data.papers);
    case 'assign':
      return { state: 'processing', assigneeId: action.data.to, step: Math.max(dossier.step, 1) };
    case 'advance':
      return { step: dossier.step + 1, assigneeId: action.data.to ?? dossier.assigneeId };
    case 'send_back':
      return { step: Math.max(1, dossier.step - 1), assigneeId: action.data.to ?? dossier.assigneeId };
    case 'hand_over':
      return { assigneeId: action.data.to };
    case 'unassign':
      return { assigneeId: null };
    case 'request_supplement':
      return { state: 'supplement', supplementAsked: true, halts: halt(dossier, action.at) };
    case 'supplement':
      return completed(dossier, action.at);
    case 'request_payment':
      return { state: 'payment', halts: halt(dossier, action.at) };
    case 'collect_fee':
      return collected(dossier, BigInt(action.data.amount), action.at);
    case 'stop':
      return { state: 'stopped', halts: halt(dossier, action.at) };
    case 'resume':
      return { state: afterPause(dossier), halts: goOn(dossier, action.at) };
    case 'extend':
      return { extended: true };
    case 'apologise':
      return { reappointed: { at: action.at, to: new Date(action.data.due) }, apologised: true };
    case 'decide':
      return finished(dossier, action.data.outcome, action.data.medium, action.at);
    case 'withdraw':
      return withdrawn(dossier, action.at);
    case 'return':
      return { state: 'returned', returnedAt: action.at };
    default:
      return {};
  }
}

function digitised(dossier: Dossier, codes: readonly string[]): Partial<Dossier> {
  const papers = {
    ...dossier.papers,
    ...Object.fromEntries(codes.map((code) => [code, 'electronic' as const])),
  };
  return { papers, electronicFile: isElectronic(papers) };
}

/**
 * The file is complete: the limit starts anew from zero (NĐ 61/2018 art. 19.4). What was asked for before
 * reception goes back to the desk, which receives it now or declines.
 */
function completed(dossier: Dossier, at: Date): Partial<Dossier> {
  const start = { halts: [], reappointed: null };
  if (!dossier.receivedAt) return { ...start, state: 'registered' };
  return { ...start, state: afterPause(dossier), clockFrom: at };
}

function collected(dossier: Dossier, amount: bigint, at: Date): Partial<Dossier> {
  const feeCollected = dossier.feeCollected + amount;
  if (dossier.state !== 'payment') return { feeCollected };
  return { feeCollected, state: afterPause(dossier), halts: goOn(dossier, at) };
}

function finished(dossier: Dossier, outcome: Outcome, resultMedium: Medium, at: Date): Partial<Dossier> {
  return { state: 'done', outcome, resultMedium, finishedAt: at, halts: goOn(dossier, at) };
}

function withdrawn(dossier: Dossier, at: Date): Partial<Dossier> {
  return { state: 'withdrawn', outcome: 'withdrawn', finishedAt: at, halts: goOn(dossier, at) };
}

/** After a pause the dossier is where it was: on somebody's desk, or received and not yet assigned. */
function afterPause(dossier: Dossier): State {
  return dossier.step > 0 ? 'processing' : 'received';
}

function halt(dossier: Dossier, at: Date): readonly Halt[] {
  return [...dossier.halts, { from: at, until: null }];
}

function goOn(dossier: Dossier, at: Date): readonly Halt[] {
  return dossier.halts.map((one) => (one.until === null ? { ...one, until: at } : one));
}

/**
 * Handled online: everything from filing to result went on electronically. The file is electronic (filed
 * so, or digitised at the desk before work began on it) and no result was given only on paper.
 * Derived from the actions, never a flag (issue: M1; NĐ 224/2026 art. 19).
 */
export function handledOnline(dossier: Dossier): boolean {
  return dossier.electronicFile && dossier.resultMedium !== 'paper';
}
