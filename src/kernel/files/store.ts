/** Where files are kept: by the hash of their content, whatever lies below (disk, S3). */

/** sha256 of the content, 64 lower-case hex digits. */
export type FileHash = string & { readonly __brand: 'FileHash' };

export interface StoredFile {
  readonly hash: FileHash;
  /** Bytes. */
  readonly size: number;
}

/** A file as the store lists it. */
export interface KeptFile extends StoredFile {
  /** When this content was last put, also when it was there already. */
  readonly putAt: Date;
}

/**
 * A store of whole files. The same content is one file, however often and for whichever commune it is put:
 * who may see it is decided by the rows that name the hash, and a file may go only when no row names it.
 */
export interface FileStore {
  /**
   * Keeps a content; it is safely on disk (or acknowledged) when the promise resolves.
   * @throws AppError `kernel.files.too_large` (413) when more than `maxBytes` come
   */
  put(content: FileContent, maxBytes?: number): Promise<StoredFile>;
  /** The content in pieces. @throws AppError `kernel.files.not_found` (404) */
  open(hash: FileHash): Promise<ReadableStream<Uint8Array>>;
  /**
   * The whole content, its hash checked.
   * @throws AppError `kernel.files.not_found` (404), `kernel.files.damaged` (503) when it is not what was put
   */
  read(hash: FileHash): Promise<Uint8Array>;
  has(hash: FileHash): Promise<boolean>;
  /** Everything kept, for backup and for finding what no row names, in order of hash. */
  list(): AsyncIterable<KeptFile>;
  /**
   * Forgets a content; no error when it is not there.
   * @param putBefore only when it was last put before that; whoever puts it meanwhile keeps it
   * @returns whether it was there and is gone
   */
  remove(hash: FileHash, putBefore?: Date): Promise<boolean>;
}

export type FileContent = Uint8Array | AsyncIterable<Uint8Array>;

/** Reads a hash from outside; undefined for anything else, so that no path is ever made of it. */
export function parseFileHash(text: string): FileHash | undefined {
  return /^[0-9a-f]{64}$/.test(text) ? (text as FileHash) : undefined;
}

/** A content in pieces, whether it comes whole or not. */
export async function* piecesOf(content: FileContent): AsyncIterable<Uint8Array> {
  if (content instanceof Uint8Array) yield content;
  else yield* content;
}
