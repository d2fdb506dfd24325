/** Vietnamese mobile numbers as people write them. */
import { refuse } from '#kernel/errors';

/**
 * A mobile number in +84 form. Codes go to Vietnamese mobile numbers only: a foreign number here is a way
 * to make the commune pay for premium messages.
 * @throws AppError `identity.phone.invalid` (422)
 */
export function parsePhone(typed: string): string {
  const digits = typed.slice(0, 40).replace(/[\s().\-–]/g, '');
  const national = /^(?:\+84|0084|84|0)([35789]\d{8})$/.exec(digits)?.[1];
  return national ? `+84${national}` : refuse('identity.phone.invalid', 422);
}

/** The number as it is read out: `0912 345 678`. */
export function showPhone(phone: string): string {
  return phone.replace(/^\+84(\d{3})(\d{3})(\d{3})$/, '0$1 $2 $3');
}

/** The number with only its last three digits: enough to know one's own. */
export function maskPhone(phone: string): string {
  return showPhone(phone).replace(/^(\d{2})\d{2} \d{3}/, '$1•• •••');
}
