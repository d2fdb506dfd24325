/** Telephone numbers and mailboxes: their form, and how they look where they must not be read in full. */

/** Whether text messages reach it: a Vietnamese mobile number in +84 form (prefixes 03, 05, 07, 08, 09 since 2018). */
export function isMobile(phone: string): boolean {
  return /^\+84[35789]\d{8}$/.test(phone);
}

/** One plain mailbox: no names, lists, comments or line ends, which could become more recipients or headers. */
export function isMailbox(email: string): boolean {
  return (
    email.length <= 254 &&
    /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
      email,
    )
  );
}

/** `hoa.nguyen@example.vn` → `h…@example.vn`. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '…' : `${email.slice(0, 1)}…${email.slice(at)}`;
}
