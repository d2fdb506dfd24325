/** Personal cards: their QR code drawn and read. */

type Detector = { detect: (picture: ImageBitmap) => Promise<{ rawValue: string }[]> };
type Detectors = { BarcodeDetector?: new (options: { formats: string[] }) => Detector };

/** What a card's picture says; null where it cannot be read, or the browser reads no codes: then it is typed. */
export async function readCard(file: Blob): Promise<string | null> {
  const { BarcodeDetector } = globalThis as Detectors;
  if (!BarcodeDetector) return null;
  try {
    const picture = await createImageBitmap(file);
    const found = await new BarcodeDetector({ formats: ['qr_code'] }).detect(picture);
    picture.close();
    return found[0]?.rawValue ?? null;
  } catch {
    return null;
  }
}

/** The QR code for an `img`; its program is needed so seldom that it is read only then. It lies on the phone with the rest. */
export async function drawCard(code: string): Promise<string> {
  const { qrOf } = await import('./card-qr.ts');
  return `data:image/svg+xml;base64,${btoa(qrOf(code))}`;
}
