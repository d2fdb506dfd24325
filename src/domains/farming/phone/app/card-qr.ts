/** The drawing of QR codes alone: the whole library would weigh ten times as much on the phone. */
import { drawingSVG, qrcode } from 'bwip-js/browser';

/** A QR code as SVG. */
export function qrOf(text: string): string {
  return qrcode({ bcid: 'qrcode', text, scale: 3 }, drawingSVG());
}
