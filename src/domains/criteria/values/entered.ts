/** What was typed, signed and filed of a set up to a day, for several places by one question each. */
import type { ExpressionBuilder } from 'kysely';
import type { Ctx } from '#kernel/context';
import type { Database } from '#kernel/schema';
import { endOfDay, type LocalDate } from '#kernel/time';
import type { Signed } from '../board.ts';
import type { EvidenceFile } from '../evidence/evidence.ts';
import type { Judged, Stage, Verdict } from '../judge.ts';
import type { Typed } from './live.ts';

/** The commune (null) and hamlets. */
export type Places = readonly (string | null)[];
export type AskedOf = { code: string; asOf: LocalDate; places: Places };

/** Everything entered for one indicator of one place. */
export type Entered = { typed: Typed | null; signatures: Signed[]; files: EvidenceFile[] };
export type EnteredOf = (place: string | null, indicator: string) => Entered;

const NOTHING: Entered = { typed: null, signatures: [], files: [] };

/** Without a right of its own: for boards, whose readers were asked already. */
export async function readEntered(ctx: Ctx, asked: AskedOf): Promise<EnteredOf> {
  const found = new Map<string, Entered>();
  const at = ({ hamlet_id, indicator }: { hamlet_id: string | null; indicator: string }): Entered => {
    const key = `${hamlet_id ?? ''} ${indicator}`;
    const entered = found.get(key) ?? { typed: null, signatures: [], files: [] };
    found.set(key, entered);
    return entered;
  };
  for (const row of await typedRows(ctx, asked))
    at(row).typed = { value: row.value, onDay: row.on_day, evidence: row.evidence };
  for (const row of await signatureRows(ctx, asked)) at(row).signatures.push(signedOf(row));
  for (const row of await fileRows(ctx, asked)) at(row).files.push(fileOf(row));
  return (place, indicator) => found.get(`${place ?? ''} ${indicator}`) ?? NOTHING;
}

type Tables = 'criteria_value' | 'criteria_signature' | 'criteria_file';

function ofPlaces(places: Places) {
  const hamlets = places.filter((place) => place !== null);
  return (build: ExpressionBuilder<Database, Tables>) =>
    build.or([
      ...(hamlets.length > 0 ? [build('hamlet_id', 'in', hamlets)] : []),
      ...(places.includes(null) ? [build('hamlet_id', 'is', null)] : []),
    ]);
}

/** The latest typed value of each indicator up to the day; of one day the one entered last. */
function typedRows(ctx: Ctx, { code, asOf, places }: AskedOf) {
  return ctx.db
    .selectFrom('criteria_value')
    .select(['indicator', 'hamlet_id', 'value', 'on_day', 'evidence'])
    .distinctOn(['hamlet_id', 'indicator'])
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', code)
    .where(ofPlaces(places))
    .where('on_day', '<=', asOf)
    .orderBy('hamlet_id')
    .orderBy('indicator')
    .orderBy('on_day', 'desc')
    .orderBy('entered_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

type SignatureRow = Awaited<ReturnType<typeof signatureRows>>[number];

/** The signatures up to the end of the day, the oldest first. */
function signatureRows(ctx: Ctx, { code, asOf, places }: AskedOf) {
  return ctx.db
    .selectFrom('criteria_signature')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', code)
    .where(ofPlaces(places))
    .where('signed_at', '<=', endOfDay(asOf))
    .orderBy('signed_at')
    .orderBy('id')
    .execute();
}

function signedOf(row: SignatureRow): Signed {
  return {
    id: row.id,
    stage: row.stage as Stage,
    verdict: row.verdict as Verdict,
    judged: row.judged as Judged,
    reason: row.reason,
    signerName: row.signer_name,
    at: row.signed_at,
  };
}

type FileRow = Awaited<ReturnType<typeof fileRows>>[number];

function fileRows(ctx: Ctx, { code, asOf, places }: AskedOf) {
  return ctx.db
    .selectFrom('criteria_file')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('set_code', '=', code)
    .where(ofPlaces(places))
    .where('on_day', '<=', asOf)
    .orderBy('added_at')
    .orderBy('id')
    .execute();
}

function fileOf(row: FileRow): EvidenceFile {
  return {
    id: row.id,
    of: row.of_id,
    indicator: row.indicator,
    name: row.name,
    hash: row.file_hash,
    type: row.media_type,
    size: row.size,
  };
}
