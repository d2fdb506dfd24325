/**
 * One DEMO result paper, signed by the demo's test authority and stored once: every electronic result of the
 * demo is this file.
 */
import type { StoredFile } from '#domain/services';
import type { Runtime } from '#app/runtime';
import { demoAuthority } from '#app/trust';
import { renderPdf } from '#kernel/documents/render.server';
import { signerFromPem } from '#kernel/documents/signing/keys.server';
import { signPdf } from '#kernel/documents/signing/sign.server';
import { resultPaper } from '../src/domains/services/papers/result.ts';

export type SignedResult = { file: StoredFile; signer: string };

const SIGNER = 'Chủ tịch UBND xã Tức Tranh (DEMO)';
const SIGNED_AT = new Date('2022-07-01T01:00:00Z');

export async function buildSignedResult(runtime: Runtime): Promise<SignedResult> {
  const drawn = await renderPdf(
    resultPaper({
      head: {
        authority: null,
        desk: 'Ủy ban nhân dân xã Tức Tranh',
        number: 'DEMO/KQ',
        place: 'Tức Tranh',
        issuedAt: SIGNED_AT,
        demo: true,
      },
      kind: 'KẾT QUẢ GIẢI QUYẾT',
      subject: 'Bản mẫu dùng chung cho xã chạy thử (DEMO)',
      grounds: [],
      opening: 'Đây là kết quả mẫu, không có giá trị pháp lý:',
      facts: [{ label: 'Hồ sơ', value: 'hồ sơ mẫu của bản chạy thử' }],
      paragraphs: ['Trong bản chạy thử, mọi hồ sơ dùng chung một tệp kết quả đã ký số thử nghiệm.'],
      signer: { above: ['TM. ỦY BAN NHÂN DÂN'], title: 'CHỦ TỊCH', name: null },
      recipients: ['Lưu: VT'],
      electronic: { signer: SIGNER, signedAt: SIGNED_AT },
      check: { url: `${runtime.config.origin}/kiem-tra`, shortCode: 'DEMO', site: runtime.config.origin },
    }),
  );
  const authority = await demoAuthority(runtime.config);
  const signer = signerFromPem(authority.key, authority.certificate);
  const signed = await signPdf(drawn, signer, {
    signedAt: SIGNED_AT,
    reason: 'Bản mẫu',
    location: 'Tức Tranh',
  });
  const { hash, size } = await runtime.files.put(signed);
  return { file: { hash, size, mediaType: 'application/pdf', pages: 1 }, signer: SIGNER };
}
