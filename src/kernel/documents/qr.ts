import { toSVG } from 'bwip-js/node';
import type { RenderOptions } from 'bwip-js/node';

/** Modules of white around a code that readers need (ISO/IEC 18004). */
const QUIET_MODULES = 4;
/** Units of the drawing for one module: what the library draws at scale 1 with whole coordinates. */
const UNITS_PER_MODULE = 2;
/** Longer texts make modules too fine for a paper of 20 mm read by an old phone. */
const MAX_LENGTH = 300;

/**
 * A QR code as SVG without inline styles: black on white, quiet zone included.
 * @param correction M: a crease or a stamp over 15 % of it does no harm; Q: over 25 %, for packs that are handled
 * @throws RangeError for an empty text or one longer than 300 characters: such codes cannot be read from paper
 */
export function qrSvg(text: string, correction: 'M' | 'Q' = 'M'): string {
  if (text === '' || text.length > MAX_LENGTH) throw new RangeError(`a QR code of ${text.length} characters`);
  const options: RenderOptions & { eclevel: string } = {
    bcid: 'qrcode',
    text,
    eclevel: correction,
    scale: 1,
    padding: QUIET_MODULES * UNITS_PER_MODULE,
    backgroundcolor: 'FFFFFF',
  };
  return toSVG(options);
}
