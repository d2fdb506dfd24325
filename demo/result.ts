/**
 * One DEMO result paper for everybody who decides, signed under the demo's test authority and stored once: every
 * electronic result of that official is this file.
 */
import type { StoredFile } from '#domain/services';
import type { Runtime } from '#app/runtime';
import { demoAuthority, demoSigner, trustedRoots } from '#app/trust';
import { renderPdf } from '#kernel/documents/render.server';
import { addDemoSigner } from '#kernel/documents/signing/demo-authority.server';
import { signerFromPem } from '#kernel/documents/signing/keys.server';
import { signPdf } from '#kernel/documents/signing/sign.server';
import { acceptSigned, type AcceptedSignature } from '#kernel/files/accept-signed.server';
import { resultPaper } from '../src/domains/services/papers/result.ts';

export type SignedResult = { file: StoredFile; signature: AcceptedSignature };

/** Who signs, and for which commune. */
type Signing = { name: string; commune: string };

const SIGNED_AT = new Date('2022-07-01T01:00:00Z');

/** Drawn, signed and then accepted like anybody's: what the check found goes with the file. */
export async function buildSignedResult(runtime: Runtime, signing: Signing): Promise<SignedResult> {
  const drawn = await renderPdf(paperOf(runtime.config.origin, signing));
  const authority = await demoAuthority(runtime.config);
  const { key, certificate } = addDemoSigner(authority, demoSigner(signing.name));
  const signed = await signPdf(drawn, signerFromPem(key, certificate), {
    signedAt: SIGNED_AT,
    reason: 'Bản mẫu',
    location: signing.commune,
  });
  const roots = await trustedRoots(runtime.config, runtime.communes);
  const { bytes, type, pages, signature } = await acceptSigned(signed, roots, SIGNED_AT);
  const { hash, size } = await runtime.files.put(bytes);
  return { file: { hash, size, mediaType: type, pages }, signature };
}

function paperOf(origin: string, { name, commune }: Signing): ReturnType<typeof resultPaper> {
  return resultPaper({
    head: {
      authority: null,
      desk: `Ủy ban nhân dân xã ${commune}`,
      number: 'DEMO/KQ',
      place: commune,
      issuedAt: SIGNED_AT,
      demo: true,
    },
    kind: 'KẾT QUẢ GIẢI QUYẾT',
    subject: 'Bản mẫu dùng chung cho xã chạy thử (DEMO)',
    grounds: [],
    opening: 'Đây là kết quả mẫu, không có giá trị pháp lý:',
    facts: [{ label: 'Hồ sơ', value: 'hồ sơ mẫu của bản chạy thử' }],
    paragraphs: ['Trong bản chạy thử, hồ sơ của cùng một người ký dùng chung một tệp đã ký số thử nghiệm.'],
    signer: { above: ['TM. ỦY BAN NHÂN DÂN'], title: 'NGƯỜI KÝ', name },
    recipients: ['Lưu: VT'],
    electronic: { signer: `${name} (DEMO)`, signedAt: SIGNED_AT },
    check: { url: `${origin}/kiem-tra`, shortCode: 'DEMO', site: origin },
  });
}
