import { toSVG } from 'bwip-js/node';

export function qrSvg(text: string): string {
  return toSVG({ bcid: 'qrcode', text, scale: 1, padding: 8, backgroundcolor: 'FFFFFF' });
}
