/** A person's request to have something in his record put right: what can be asked, and where it stands. Pure. */
import type { KeptPaper } from '../kept-paper.ts';
import type { Resident } from '../resident.ts';

/** What can be asked for; the rest of a record is told by households and events. */
export const CORRECTABLE = ['fullName', 'birthDate', 'sex', 'nationalId', 'phone', 'address'] as const;
export type Correctable = (typeof CORRECTABLE)[number];

/** `open` → `approved` | `refused` by a clerk, `withdrawn` by the person; nothing moves afterwards. */
export const CORRECTION_STATES = ['open', 'approved', 'refused', 'withdrawn'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

export type Correction = {
  id: string;
  residentId: string;
  field: Correctable;
  /** What the register held: when it was asked for, or, once decided, at the decision. */
  stood: string | null;
  /** As the register writes it: `YYYY-MM-DD`, `+84…`, the code of a sex. */
  wanted: string;
  reason: string;
  paper: KeptPaper | null;
  /** When the paper's time was over. */
  paperErasedAt: Date | null;
  state: CorrectionState;
  askedAt: Date;
  decidedAt: Date | null;
  /** Why it was refused. */
  answer: string | null;
  demo: boolean;
};

export function findCorrectable(text: unknown): Correctable | undefined {
  return CORRECTABLE.find((field) => field === text);
}

/** The record as the register's own verb takes it, with one field otherwise. */
export function withField(resident: Resident, field: Correctable, value: string) {
  const { id: _id, version: _version, ...record } = resident;
  const birthKnown = field === 'birthDate' ? ('day' as const) : record.birthKnown;
  return {
    ...record,
    birthKnown,
    sex: field === 'sex' ? (value as Resident['sex']) : record.sex,
    ...other(field, value),
  };
}

function other(field: Correctable, value: string) {
  return field === 'sex' ? {} : { [field]: value };
}
