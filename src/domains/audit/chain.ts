/**
 * The chain's arithmetic; pure. An entry's frame is everything that an entry says but its detail, of which
 * it holds a salted commitment: details can be erased, the chain still verifies.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel/audit';

/** An entry as the chain sees it; times as text to the microsecond, so that no digit can be altered unseen. */
export type Frame = {
  id: string;
  at: string;
  actor_kind: string;
  actor_id: string | null;
  action: string;
  outcome: string;
  subject_kind: string | null;
  subject_id: string | null;
  purpose: string | null;
  request_id: string | null;
  commitment: string;
  recorded_at: string;
  has_detail: boolean;
};

/** What the first link of a commune's chain follows. */
export function genesis(communeId: number): Buffer {
  return createHash('sha256').update(`xa-so audit chain of commune ${communeId}`).digest();
}

/** sha256(prev || canonical JSON of frame and linked_at). @param linkedAt ISO with six digits of a second, UTC */
export function linkHash(prev: Buffer, frame: Frame, linkedAt: string): Buffer {
  return createHash('sha256')
    .update(prev)
    .update(canonicalJson({ ...frame, linked_at: linkedAt }))
    .digest();
}

/** Bytes of a mark; eight signs of base64. */
export const MARK_BYTES = 6;

/**
 * A short print of the entry alone, kept outside the database with the heads: where somebody rewrote the
 * whole chain, the marks still tell which records differ.
 */
export function markOf(frame: Frame): string {
  return createHash('sha256')
    .update(canonicalJson(frame))
    .digest()
    .subarray(0, MARK_BYTES)
    .toString('base64');
}

/** An instant in the form that the database's own text has here: microseconds, UTC. */
export function microIso(at: Date): string {
  return at.toISOString().replace('Z', '000Z');
}
