/**
 * What a staff password must be (NIST SP 800-63B 5.1.1.2): long enough, not among those that everybody
 * tries first, nothing about kinds of characters. Compared in NFC, so that one keyboard is as good as another.
 */
import { refuse } from '#kernel/errors';
import { foldText, lengthOf } from '#kernel/text';

export const PASSWORD_LENGTH = { min: 12, max: 128 } as const;

/** Beginnings of passwords that are tried first here; a password made of one and little else is refused. */
const COMMON = [
  'password',
  'passw0rd',
  'matkhau',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'iloveyou',
  'anhyeuem',
  'emyeuanh',
  'welcome',
  'letmein',
  'administrator',
  'admin',
  'vietnam',
  'thainguyen',
  'congan',
  'ubndxa',
  'uyban',
  'hanhchinhcong',
  'motcua',
  'xaso',
  '123456789',
  '987654321',
  'abcdef',
];

/**
 * The password in the form that is stored and compared.
 * @param about words that must not make up the password: name, e-mail, commune
 * @throws AppError `identity.password.short`, `identity.password.long`, `identity.password.common` (422)
 */
export function checkPassword(typed: string, about: readonly string[] = []): string {
  const password = typed.normalize('NFC');
  const length = lengthOf(password);
  if (length < PASSWORD_LENGTH.min) refuse('identity.password.short', 422, { min: PASSWORD_LENGTH.min });
  if (length > PASSWORD_LENGTH.max) refuse('identity.password.long', 422, { max: PASSWORD_LENGTH.max });
  if (isGuessable(password, about)) refuse('identity.password.common', 422);
  return password;
}

/** Whether little is left when known words, repeated signs and running numbers are taken out. */
function isGuessable(password: string, about: readonly string[]): boolean {
  let rest = foldText(password).replace(/[\s\p{P}]/gu, '');
  const words = [...COMMON, ...about.flatMap((text) => [text, ...text.split(/[\s@._-]+/)])]
    .map((word) => foldText(word).replace(/[\s\p{P}]/gu, ''))
    .filter((word) => word.length >= 4)
    .sort((a, b) => b.length - a.length);
  for (const word of words) rest = rest.replaceAll(word, '');
  rest = rest.replace(/(.)\1{2,}/gu, '$1').replace(/0?123456?7?8?9?0?|(?:19|20)\d\d/g, '');
  return new Set(rest).size < 5;
}
