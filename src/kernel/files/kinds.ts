/** What may be handed in as a file, decided by content, never by name or by what the sender says. */
export type FileKind = 'pdf' | 'jpeg' | 'png' | 'docx' | 'xlsx';

/** Media types by kind, as they are stored and served. */
export const MEDIA_TYPES: Readonly<Record<FileKind, string>> = {
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** The rule for one kind of upload. */
export interface UploadRule {
  readonly kinds: readonly FileKind[];
  /** Bytes as sent; photos are smaller once they are reduced. */
  readonly maxBytes: number;
  /** Pages of a PDF. */
  readonly maxPages: number;
}

/** Attachments of citizens: scans and photos. */
export const CITIZEN_UPLOAD: UploadRule = {
  kinds: ['pdf', 'jpeg', 'png'],
  maxBytes: 20_000_000,
  maxPages: 100,
};

/** What staff keep with a dossier: also office documents. */
export const STAFF_UPLOAD: UploadRule = {
  kinds: ['pdf', 'jpeg', 'png', 'docx', 'xlsx'],
  maxBytes: 40_000_000,
  maxPages: 500,
};

/** An electronic result: a PDF; its signature is checked apart. */
export const RESULT_UPLOAD: UploadRule = { kinds: ['pdf'], maxBytes: 20_000_000, maxPages: 500 };

/** A file that was looked through and may be stored. */
export interface AcceptedFile {
  /** What to store: as sent, or the photo written anew. */
  readonly bytes: Uint8Array;
  readonly kind: FileKind;
  /** Media type. */
  readonly type: string;
  /** Pages of a PDF, null for others. */
  readonly pages: number | null;
  /** Size in pixels of a picture, null for others. */
  readonly pixels: { readonly width: number; readonly height: number } | null;
}
