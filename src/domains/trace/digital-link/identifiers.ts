/**
 * Every GS1 application identifier: what its value looks like, whether it may stand in a Digital Link, and with
 * what. Written after the GS1 General Specifications and the syntax dictionary of 2026-01-27; a test compares the
 * two identifier by identifier wherever the dictionary is at hand.
 *
 * A value is a row of parts: letter of the character set (`n` digits, `x` the 82 signs, `y` the 39 signs,
 * `z` base64url), a length (`n6` exactly, `n-6` from one to six), then checks by name; `?` begins what may be missing.
 */

export type Part = { set: 'n' | 'x' | 'y' | 'z'; least: number; most: number; checks: readonly string[] };

export type Identifier = {
  ai: string;
  parts: readonly Part[];
  /** How many of the parts must be there. */
  required: number;
  /** Its length is known beforehand: no separator follows it in a barcode. */
  fixed: boolean;
  /** May stand behind the question mark of a Digital Link. */
  attribute: boolean;
  /** May begin a Digital Link; each list: the qualifiers that may follow, in their order. None: not a key. */
  key: readonly (readonly string[])[] | null;
  /** Every group must be met: one of its alternatives (`01+21` both, `35nn` any of that kind) is on the item too. */
  needs: readonly (readonly string[])[];
  /** Must not be on the same item. */
  excludes: readonly string[];
};

type Extra = { key?: string; needs?: string; not?: string; fixed?: true; plain?: true };

const ITEM = '01 02';
const GOODS = '01 02 8006 8026';
const GOODS_AND_MADE = '01 02 03 8006 8026';
const MEASURED = '30 31nn 32nn 35nn 36nn';

/** Identifiers (several with the same rules), their format, and what is special; `plain` ones are no attributes. */
const ROWS: readonly (readonly [ais: string, format: string, extra?: Extra])[] = [
  // Keys of logistics and trade
  ['00', 'n18.check.prefix2', { key: '', fixed: true }],
  ['01', 'n14.check.prefix2', { key: '22 10 21|235', not: '255 37', fixed: true }],
  ['02', 'n14.check.prefix2', { needs: '37', not: '01 03', fixed: true }],
  ['03', 'n14.check.prefix2', { not: '01 02 37', fixed: true, plain: true }],
  // Lot, dates, variants, serials
  ['10', 'x-20', { needs: GOODS_AND_MADE }],
  ['11 13 15 16', 'n6.day0', { needs: GOODS_AND_MADE, fixed: true }],
  ['12', 'n6.day0', { needs: '8020', fixed: true }],
  ['17', 'n6.day0', { needs: '01 02 03 255 8006 8026', fixed: true }],
  ['20', 'n2', { needs: GOODS, fixed: true }],
  ['21', 'x-20', { needs: '01 03 8006', not: '235', plain: true }],
  ['22', 'x-20', { needs: '01', plain: true }],
  ['235', 'x-28', { needs: '01', plain: true }],
  ['240 241', 'x-30', { needs: GOODS }],
  ['242', 'n-6', { needs: GOODS }],
  ['243 710 711 712 713 714 715 716 717', 'x-20', { needs: '01' }],
  ['250', 'x-30', { needs: '01 8006 & 21' }],
  ['251', 'x-30', { needs: '01 8006' }],
  ['253', 'n13.check.prefix ?x-17', { key: '' }],
  ['254', 'x-20', { needs: '414', plain: true }],
  ['255', 'n13.check.prefix ?n-12', { key: '', not: '01 02 415 8006 8020 8026' }],
  ['30', 'n-8', { needs: ITEM }],
  ['37', 'n-8', { needs: '00 & 02 8026' }],
  // Amounts
  ['390*9', 'n-15', { needs: '255 8020', not: '390n 391n 394n 8111' }],
  ['391*9', 'n3.currency n-15', { needs: '8020', not: '391n' }],
  ['392*9', 'n-15', { needs: `01 & ${MEASURED}`, not: '392n 393n' }],
  ['393*9', 'n3.currency n-15', { needs: MEASURED, not: '393n' }],
  ['394*3', 'n4', { needs: '255', not: '394n 8111' }],
  ['395*5', 'n6', { needs: MEASURED, not: '392n 393n 395n 8005' }],
  // Orders, consignments, places
  ['400 90', 'x-30'],
  ['401', 'x-30.prefix', { key: '' }],
  ['402', 'n17.check.prefix', { key: '' }],
  ['403 4308 4319', 'x-30', { needs: '00' }],
  ['410 411 412 413 416', 'n13.check.prefix', { fixed: true }],
  ['414', 'n13.check.prefix', { key: '254|7040', fixed: true }],
  ['415', 'n13.check.prefix', { key: '8020', needs: '8020', fixed: true }],
  ['417', 'n13.check.prefix', { key: '7040', fixed: true }],
  ['420', 'x-20', { not: '421' }],
  ['421', 'n3.country x-9', { not: '4307' }],
  ['422', 'n3.country', { needs: GOODS, not: '426' }],
  ['423 425', 'n3.country ?n3.country ?n3.country ?n3.country ?n3.country', { needs: ITEM, not: '426' }],
  ['424', 'n3.country', { needs: ITEM, not: '426' }],
  ['426', 'n3.country', { needs: ITEM }],
  ['427', 'x-3', { needs: '01 02 & 422' }],
  ['4300 4301 4310 4311 4320', 'x-35.percent', { needs: '00' }],
  ['4302 4304 4305 4306 4312 4314 4315 4316', 'x-70.percent', { needs: '00' }],
  ['4303', 'x-70.percent', { needs: '4302' }],
  ['4307 4317', 'x2.country2', { needs: '00' }],
  ['4309', 'n10.latitude n10.longitude', { needs: '00' }],
  ['4313', 'x-70.percent', { needs: '4312' }],
  ['4318', 'x-20', { needs: '00' }],
  ['4321 4322 4323', 'n1.yesno', { needs: '00' }],
  ['4324 4325', 'n6.day0 n4.time', { needs: '00' }],
  ['4326', 'n6.day', { needs: '00' }],
  ['4330', 'n6 ?x1.hyphen', { needs: '00', not: '4331' }],
  ['4331', 'n6 ?x1.hyphen', { needs: '00', not: '4330' }],
  ['4332', 'n6 ?x1.hyphen', { needs: '00', not: '4333' }],
  ['4333', 'n6 ?x1.hyphen', { needs: '00', not: '4332' }],
  // Food, processing, certificates
  ['7001', 'n13', { needs: GOODS }],
  ['7002', 'x-30', { needs: ITEM }],
  ['7003', 'n6.day n4.time', { needs: ITEM }],
  ['7004', 'n-4', { needs: '01+10' }],
  ['7005', 'x-12', { needs: ITEM }],
  ['7006', 'n6.day', { needs: ITEM }],
  ['7007', 'n6.day ?n6.day', { needs: ITEM }],
  ['7008', 'x-3', { needs: ITEM }],
  ['7009', 'x-10', { needs: ITEM }],
  ['7010', 'x-2', { needs: ITEM }],
  ['7011', 'n6.day ?n4.time', { needs: ITEM }],
  ['7020', 'x-20', { needs: '01 8006 & 416' }],
  ['7021 7240 8012', 'x-20', { needs: '01 8006' }],
  ['7022', 'x-20', { needs: '7021' }],
  ['7023', 'x-30.prefix'],
  ['703*9', 'n3.country999 x-27', { needs: ITEM }],
  ['7040', 'n1 x1 x1 x1.importer', { plain: true }],
  ['7041', 'x-4.package', { needs: '00', plain: true }],
  ['723*9', 'x2 x-28', { needs: '01 8004' }],
  // Persons in care
  ['7241', 'n2.medium', { needs: '8017 8018' }],
  ['7242', 'x-25', { needs: '8017 8018' }],
  ['7250', 'n8.date', { needs: '8018', not: '7251' }],
  ['7251', 'n8.date n4.time', { needs: '8018', not: '7250' }],
  ['7252', 'n1.sex', { needs: '8018' }],
  ['7253 7254', 'x-40.percent', { needs: '8017 8018', not: '7256 7259' }],
  ['7255', 'x-10', { needs: '8017 8018', not: '7256 7259' }],
  ['7256', 'x-90.percent', { needs: '8017 8018' }],
  ['7257', 'x-70.percent', { needs: '8018' }],
  ['7258', 'x3.order', { needs: '8018+7259' }],
  ['7259', 'x-40.percent', { needs: '8018', not: '7256' }],
  // Assets, pieces, parts, services
  ['8001', 'n4.nonzero n5.nonzero n3.nonzero n1.winding n1', { needs: '01' }],
  ['8002', 'x-20'],
  ['8003', 'n1.zero n13.check.prefix ?x-16', { key: '' }],
  ['8004', 'x-30.prefix', { key: '7040' }],
  ['8005', 'n6', { needs: ITEM }],
  ['8006', 'n14.check.prefix2 n4.piece', { key: '22 10 21', not: '01 37' }],
  ['8007', 'x-34.iban', { needs: '415' }],
  ['8008', 'n6.day n2.hour ?n2.minute ?n2.second', { needs: ITEM }],
  ['8009', 'x-50', { needs: '00 01' }],
  ['8010', 'y-30.prefix', { key: '8011' }],
  ['8011', 'n-12.nolead', { needs: '8010', plain: true }],
  ['8013', 'x-25.check2.prefix', { key: '' }],
  ['8014', 'x-25.check2.prefix.letter', { needs: '01', plain: true }],
  ['8017', 'n18.check.prefix', { key: '8019', not: '8018' }],
  ['8018', 'n18.check.prefix', { key: '8019', not: '8017' }],
  ['8019', 'n-10', { needs: '8017 8018', plain: true }],
  ['8020', 'x-25', { needs: '415', plain: true }],
  ['8026', 'n14.check.prefix2 n4.piece', { needs: '37', not: '02 8006' }],
  ['8030', 'z-90', { needs: '00 01+21 253 255 8003 8004 8006+21 8010+8011 8017 8018' }],
  ['8040', 'n15', { needs: '01+21', plain: true }],
  ['8041', 'n15', { needs: '01+21+8040', plain: true }],
  ['8042', 'n32', { needs: '01+21+8040', plain: true }],
  ['8043', 'n18 ?n-2', { needs: '01+21+8040', plain: true }],
  ['8110', 'x-70.coupon'],
  ['8111', 'n4', { needs: '255' }],
  ['8112', 'x-70.offer'],
  ['8200', 'x-70', { needs: '01', plain: true }],
  ['91 92 93 94 95 96 97 98 99', 'x-90'],
];

/** Measures in trade units: six digits, of which the identifier's last digit (0–5) stand behind the comma. */
const TRADE_MEASURES =
  '310 311 312 313 314 315 316 320 321 322 323 324 325 326 327 328 329 350 351 352 356 357 360 361 364 365 366';
/** The same of logistic units, gross. */
const LOGISTIC_MEASURES =
  '330 331 332 333 334 335 336 340 341 342 343 344 345 346 347 348 349 353 354 355 362 363 367 368 369';

/** All application identifiers, by their digits. */
export const IDENTIFIERS: ReadonlyMap<string, Identifier> = new Map(
  [
    ...ROWS.flatMap(([ais, format, extra = {}]) =>
      ais.split(' ').flatMap((ai) => spread(ai).map((one) => identifier(one, format, extra))),
    ),
    ...measures(TRADE_MEASURES, ITEM),
    ...measures(LOGISTIC_MEASURES, '00 01'),
    ...measures('337', '01'),
  ].map((one) => [one.ai, one]),
);

/** `390*9` → 3900 … 3909. */
function spread(ai: string): string[] {
  const [stem = '', last] = ai.split('*');
  return last === undefined ? [ai] : Array.from({ length: Number(last) + 1 }, (_, digit) => stem + digit);
}

function measures(stems: string, needs: string): Identifier[] {
  return stems
    .split(' ')
    .flatMap((stem) =>
      spread(`${stem}*5`).map((ai) => identifier(ai, 'n6', { needs, not: `${stem}n`, fixed: true })),
    );
}

function identifier(ai: string, format: string, { key, needs, not, fixed, plain }: Extra): Identifier {
  const words = format.split(' ');
  const optional = words.findIndex((word) => word.startsWith('?'));
  return {
    ai,
    parts: words.map(part),
    required: optional < 0 ? words.length : optional,
    fixed: fixed === true,
    attribute: plain !== true,
    key: key === undefined ? null : key.split('|').map((list) => list.split(' ').filter(Boolean)),
    needs: needs === undefined ? [] : needs.split(' & ').map((group) => group.split(' ')),
    excludes: not?.split(' ') ?? [],
  };
}

function part(word: string): Part {
  const [shape = '', ...checks] = word.replace('?', '').split('.');
  const most = Number(shape.replace(/^[a-z]-?/, ''));
  return { set: shape[0] as Part['set'], least: shape[1] === '-' ? 1 : most, most, checks };
}
