/** Turns error codes into words, at the edge, in the reader's language. */
import { m } from '#i18n/messages';
import type { Locale } from '#kernel/context';
import type { ErrorParams } from '#kernel/errors';

type Message = (params: ErrorParams, options: { locale: Locale }) => string;

/** The sentence for a code (`services.dossier.not_found` → message `error_services_dossier_not_found`). */
export function errorWords(code: string, params: ErrorParams, locale: Locale): string {
  const key = `error_${code.replaceAll('.', '_')}`;
  const message = (m as unknown as Record<string, Message | undefined>)[key];
  return message ? message(params, { locale }) : m.error_unknown({ code }, { locale });
}
