/**
 * A sign-in bound to a resident: at the counter, where a clerk has seen the paper, or by an identity
 * provider that vouches for the 12-digit number. The phone alone proves only the phone.
 */
import { words } from '#kernel/text';

/**
 * Numbers are given to new owners after some months without use, so a binding that its person has not
 * confirmed by signing in for this long sleeps until the 12-digit number is typed again.
 */
export const SLEEPS_AFTER_DAYS = 60;

export type Binding = {
  id: string;
  userId: string;
  residentId: string;
  method: 'counter' | 'oidc';
  boundAt: Date;
  confirmedAt: Date;
};

/** The last moment at which a binding confirmed before it is still awake. */
export function awakeSince(now: Date): Date {
  return new Date(now.getTime() - SLEEPS_AFTER_DAYS * 86_400_000);
}

/** Whether two writings are the same name: accents and order count, capitals and spaces do not. */
export function isSameName(one: string, other: string): boolean {
  const plain = (name: string) =>
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu)
      ?.join(' ');
  return words(one).length > 0 && plain(one) === plain(other);
}
