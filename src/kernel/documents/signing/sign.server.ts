import { createHash } from 'node:crypto';
import { PdfFile } from '../pdf/file.ts';
import { PdfFault, dictOf, itemsOf } from '../pdf/values.ts';
import type { PdfDict, PdfValue } from '../pdf/values.ts';
import {
  appendObjects,
  array,
  date,
  dict,
  name,
  nextObjectNumber,
  ref,
  text,
  withEntries,
} from '../pdf/write.ts';
import type { PdfRaw } from '../pdf/write.ts';
import { refuse } from '#kernel/errors';
import { makeSignature } from './cms-write.ts';
import { commonName } from './certificate.ts';
import type { DocumentSigner } from './signer.ts';

export interface SigningNote {
  /** The claimed time of signing. */
  readonly signedAt: Date;
  /** Why, such as `Ký ban hành kết quả`. */
  readonly reason?: string;
  /** Where, such as `Tức Tranh`. */
  readonly location?: string;
}

/** Bytes of a signature besides its certificates: structure, attributes, the value itself. */
const BESIDES_CERTIFICATES = 2048;
const RANGE_ROOM = `[0 ${'0'.repeat(10)} ${'0'.repeat(10)} ${'0'.repeat(10)}]`;

/**
 * Signs a PDF (PAdES baseline B-B, ETSI EN 319 142-1): the signature covers the whole file but itself, and is
 * appended, so that signatures already there stay valid. Its field is invisible; what a reader should see of it
 * stands on the paper before it is signed.
 * @throws AppError `kernel.documents.unsignable` (422) for a file that is no sound PDF or is encrypted
 */
export async function signPdf(
  pdf: Uint8Array,
  signer: DocumentSigner,
  note: SigningNote,
): Promise<Uint8Array> {
  const room = signer.certificates.reduce((sum, der) => sum + der.length, BESIDES_CERTIFICATES);
  const prepared = Buffer.from(prepare(pdf, signer, note, room));
  const start = prepared.lastIndexOf(`/Contents <${'0'.repeat(16)}`) + '/Contents '.length;
  const end = start + room * 2 + 2;
  const range = `[0 ${start} ${end} ${prepared.length - end}]`;
  prepared.write(range.padEnd(RANGE_ROOM.length), prepared.lastIndexOf(RANGE_ROOM), 'latin1');
  const digest = createHash('sha256')
    .update(prepared.subarray(0, start))
    .update(prepared.subarray(end))
    .digest();
  const signature = Buffer.from(await makeSignature(digest, signer)).toString('hex');
  if (signature.length > room * 2) throw new Error('a signature larger than its room');
  prepared.write(signature, start + 1, 'latin1');
  return new Uint8Array(prepared);
}

/** The file with a field whose signature is still zeros. */
function prepare(pdf: Uint8Array, signer: DocumentSigner, note: SigningNote, room: number): Uint8Array {
  try {
    const file = new PdfFile(pdf);
    if (file.encrypted) throw new PdfFault('encrypted');
    const id = createHash('sha256')
      .update(pdf)
      .update(String(note.signedAt.getTime()))
      .digest()
      .subarray(0, 16);
    return appendObjects(file, newObjects(file, signatureDict(signer, note, room)), new Uint8Array(id));
  } catch (error) {
    if (error instanceof PdfFault) return refuse('kernel.documents.unsignable', 422);
    throw error;
  }
}

function signatureDict(signer: DocumentSigner, note: SigningNote, room: number): PdfDict {
  const entries: Record<string, PdfValue | PdfRaw> = {
    Type: name('Sig'),
    Filter: name('Adobe.PPKLite'),
    SubFilter: name('ETSI.CAdES.detached'),
    ByteRange: { kind: 'raw', text: RANGE_ROOM },
    Contents: { kind: 'raw', text: `<${'0'.repeat(room * 2)}>` },
    M: date(note.signedAt),
    Name: text(commonName(signer.certificates[0]!)),
  };
  if (note.reason) entries.Reason = text(note.reason);
  if (note.location) entries.Location = text(note.location);
  return dict(entries);
}

/** Signature, its field on the first page, the page, and the form that lists the field. */
function newObjects(file: PdfFile, signature: PdfDict): Map<number, PdfDict> {
  const next = nextObjectNumber(file);
  const [signatureNumber, fieldNumber] = [next, next + 1];
  const pageNumber = file.pages()[0]!;
  const page = dictOf(file.object(pageNumber))!;
  const formValue = file.catalog.entries.get('AcroForm');
  const form = dictOf(file.resolve(formValue)) ?? dict({});
  const fields = itemsOf(file.get(form, 'Fields')) ?? [];
  const newForm = withEntries(form, { Fields: array([...fields, ref(fieldNumber)]), SigFlags: 3 });
  const objects = new Map<number, PdfDict>([
    [signatureNumber, signature],
    [
      fieldNumber,
      dict({
        Type: name('Annot'),
        Subtype: name('Widget'),
        FT: name('Sig'),
        T: text(`Signature${fieldNumber}`),
        V: ref(signatureNumber),
        F: 132,
        Rect: array([0, 0, 0, 0]),
        P: ref(pageNumber),
      }),
    ],
    [
      pageNumber,
      withEntries(page, { Annots: array([...(itemsOf(file.get(page, 'Annots')) ?? []), ref(fieldNumber)]) }),
    ],
  ]);
  if (typeof formValue === 'object' && formValue?.kind === 'ref') objects.set(formValue.number, newForm);
  else objects.set(rootNumber(file), withEntries(file.catalog, { AcroForm: newForm }));
  return objects;
}

function rootNumber(file: PdfFile): number {
  const root = file.trailer.entries.get('Root');
  if (typeof root !== 'object' || root?.kind !== 'ref')
    throw new PdfFault('the catalog is no object of its own');
  return root.number;
}
