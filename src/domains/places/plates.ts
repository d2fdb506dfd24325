import type { Paper } from '#kernel/documents/paper';
import { groupCode } from '#kernel/ids';
import type { Address } from './address.ts';

/** More plates than this are printed in several runs: a code is drawn for every one. */
export const MOST_PLATES = 200;

/**
 * Plates with number, hamlet, code and QR, ten on an A4 sheet.
 * @param origin such as `https://xa.example`: the QR leads to the public page of the plate
 */
export function platesPaper(
  addresses: readonly Address[],
  about: {
    commune: string;
    hamlets: ReadonlyMap<string, string>;
    origin: string;
    title: string;
    scan: string;
    issuedAt: Date;
  },
): Paper {
  const codes = addresses.map(({ code }, at) => [`plate${at}`, `${about.origin}/dia-chi/${groupCode(code)}`]);
  return {
    template: 'domains/places/plates.typ',
    title: about.title,
    issuedAt: about.issuedAt,
    codes: Object.fromEntries(codes) as Record<string, string>,
    tagged: false,
    data: {
      commune: about.commune,
      scan: about.scan,
      plates: addresses.map((one) => ({
        number: one.number,
        hamlet: `Xóm ${about.hamlets.get(one.hamletId) ?? ''}`,
        code: groupCode(one.code),
        location: one.locationCode,
        demo: one.demo,
        alt: groupCode(one.code),
      })),
    },
  };
}
