import { formatNumber, formatOfficialDate, formatTime } from '#kernel/format';

/** `08 giờ 15 phút, ngày 05 tháng 6 năm 2023`, as TT 01/2018/TT-VPCP's forms write an instant. */
export function momentWords(at: Date): string {
  const [hour, minute] = formatTime(at).split(':');
  return `${hour} giờ ${minute} phút, ${formatOfficialDate(at)}`;
}

/** `350.000 đồng` */
export function moneyWords(dong: bigint): string {
  return `${formatNumber(dong)} đồng`;
}

/** A small count as papers write it: `01`, `12`. */
export function countWords(number: number): string {
  return String(number).padStart(2, '0');
}

/** The words with a capital at their beginning, for the start of a sentence. */
export function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
