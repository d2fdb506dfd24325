/** Telephone numbers that codes are sent to. */
import { refuse } from '#kernel/errors';
import { toPhone } from '#kernel/phone';

/**
 * A mobile number in +84 form. Codes go to Vietnamese mobile numbers only: a foreign number here is a way
 * to make the commune pay for premium messages.
 * @throws AppError `identity.phone.invalid` (422)
 */
export function parsePhone(typed: string): string {
  const phone = toPhone(typed.slice(0, 40));
  return phone && /^\+84[35789]\d{8}$/.test(phone) ? phone : refuse('identity.phone.invalid', 422);
}
