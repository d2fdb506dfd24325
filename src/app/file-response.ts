/** Answers that are files: never guessed at by the browser, never kept by a cache, shown in place only where that is safe. */

/** What a browser may show in place: pictures, and papers without scripts (uploads were looked through). */
const SHOWN: readonly string[] = ['application/pdf', 'image/jpeg', 'image/png'];
export const PDF = 'application/pdf';
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export type FileAnswer = {
  /** What the file is called when it is kept. */
  name: string;
  /** Its media type as it was found out, never as somebody said. */
  type: string;
  /** Offered for keeping even where it could be shown. */
  save?: boolean;
  size?: number;
};

export function fileResponse(
  body: Uint8Array | ReadableStream<Uint8Array>,
  { name, type, save = false, size }: FileAnswer,
): Response {
  const way = SHOWN.includes(type) && !save ? 'inline' : 'attachment';
  const headers = new Headers({
    'content-type':
      SHOWN.includes(type) || type === XLSX || type === DOCX ? type : 'application/octet-stream',
    'content-disposition': `${way}; filename="${plainName(name)}"; filename*=UTF-8''${starName(name)}`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'cross-origin-resource-policy': 'same-origin',
  });
  // A browser's own viewer of PDFs does not run under such a policy; pictures need nothing.
  if (type !== PDF) headers.set('content-security-policy', "default-src 'none'; sandbox");
  const length = body instanceof Uint8Array ? body.length : size;
  if (length !== undefined) headers.set('content-length', String(length));
  return new Response(body as BodyInit, { headers });
}

/** A name for old programs: letters, digits, hyphen, underscore and points. */
function plainName(name: string): string {
  const bare = name.normalize('NFD').replaceAll(/\p{M}+/gu, '');
  return bare
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll(/[^\w.-]+/g, '_');
}

/** The name as RFC 8187 writes it. */
function starName(name: string): string {
  const percent = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, percent);
}
