/** E-mail against the simulated mail server: what arrives, and what never does. */
import { describe, expect, it } from 'vitest';
import { useWorld } from '#test/world';
import { filed, later, useOutside } from './delivery-fixture.ts';

const world = useWorld();
const outside = useOutside(world);

describe('e-mail', () => {
  const to = { email: 'an@example.vn' };

  it('arrives as plain text in NFC under a Message-ID of its own, from the commune', async () => {
    const id = await outside.told(outside.errand({ email: outside.mail.settings }), filed({ to }));
    const [row] = await outside.deliveriesOf(id);
    expect(row).toMatchObject({ channel: 'email', state: 'sent' });
    const [{ from, to: recipients, source }] = outside.mail.taken as [(typeof outside.mail.taken)[0]];
    expect([from, recipients]).toEqual(['mot-cua@tuctranh.example', ['an@example.vn']]);
    expect(source).toContain(`Message-ID: <${row!.id}@tuctranh.example>`);
    expect(source).toMatch(/^Content-Type: text\/plain; charset=utf-8/im);
    expect(source).toContain('Auto-Submitted: auto-generated');
    const text = decoded(source);
    expect(text).toContain('Kính gửi anh/chị N.V. An');
    expect(text).toContain('Xem hồ sơ: http://localhost:3000/tra-cuu');
    expect(text).toBe(text.normalize('NFC'));
  });

  it('carries no second header or recipient, whatever the values', async () => {
    const params = {
      title: 'Tin xã\r\nBcc: all@example.vn\r\n\r\n<script>',
      text: '.\r\nRCPT TO:<all@example.vn>\r\nQUIT',
      link: '/tin-xa',
    };
    const id = await outside.told(
      outside.errand({ email: outside.mail.settings }),
      filed({ event: 'commune.announcement', to, params }),
    );
    expect(await outside.deliveriesOf(id)).toMatchObject([{ state: 'sent' }]);
    expect(outside.mail.taken).toHaveLength(1);
    expect(outside.mail.taken[0]!.to).toEqual(['an@example.vn']);
    const head = outside.mail.taken[0]!.source.split('\r\n\r\n')[0]!;
    expect(head.split(/\r\n(?! )/).map((line) => line.split(':')[0]!.toLowerCase())).not.toContain('bcc');
    expect(decoded(outside.mail.taken[0]!.source)).toContain('RCPT TO:<all@example.vn>');
  });

  it('put off by the server comes later; refused for good fails; a wrong password is the operator’s to mend', async () => {
    const at = outside.errand({ email: outside.mail.settings });
    outside.mail.mishaps.push('later', 'never');
    const first = await outside.told(at, filed({ to }));
    expect(await outside.deliveriesOf(first)).toMatchObject([{ state: 'queued', error_code: 'busy' }]);
    expect(await outside.deliveriesOf(await outside.told(at, filed({ to })))).toMatchObject([
      { state: 'failed', error_code: 'refused_by_provider' },
    ]);
    outside.now = later(30_000);
    await outside.attempt(at, first);
    expect(await outside.deliveriesOf(first)).toMatchObject([{ state: 'sent', attempts: 2 }]);
    const wrong = outside.errand({ email: { ...outside.mail.settings, password: 'x' } });
    expect(await outside.deliveriesOf(await outside.told(wrong, filed({ to })))).toMatchObject([
      { state: 'failed', error_code: 'bad_credentials' },
    ]);
  });

  /** The text of a one-part mail, whatever its transfer encoding. */
  function decoded(source: string): string {
    const [head, ...body] = source.split('\r\n\r\n');
    const text = body.join('\r\n\r\n');
    if (/^content-transfer-encoding: base64/im.test(head!))
      return Buffer.from(text, 'base64').toString('utf8');
    const bytes = text
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }
});
