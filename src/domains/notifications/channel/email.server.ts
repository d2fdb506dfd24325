/** E-mail by SMTP: plain text, one recipient, no attachment. */
import { createTransport } from 'nodemailer';
import { providerWords, type Channel, type Outcome, type Outgoing } from './channel.ts';
import type { EmailSettings } from './settings.ts';

const PATIENCE_MS = 10_000;

/**
 * The Message-ID is the same at every attempt. Mail has no other way to tell repeats (RFC 5321 leaves a
 * connection that breaks after the text unclear), so an attempt of unknown outcome is repeated, as every
 * mail server does; many mailboxes show one message per Message-ID.
 */
export function emailChannel(settings: EmailSettings): Channel {
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.secure,
    requireTLS: !settings.secure && !settings.plain,
    ignoreTLS: settings.plain,
    ...(settings.user === undefined ? {} : { auth: { user: settings.user, pass: settings.password ?? '' } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    name: 'email',
    dropsRepeats: true,
    send: async (message) => {
      try {
        const { response } = await transport.sendMail(letter(settings, message));
        return { kind: 'sent', providerId: providerWords(response) || null };
      } catch (thrown) {
        return outcomeOf(thrown as SmtpError);
      }
    },
  };
}

function letter(settings: EmailSettings, message: Outgoing) {
  const host = settings.from.slice(settings.from.lastIndexOf('@') + 1);
  return {
    from: settings.fromName ? { name: settings.fromName, address: settings.from } : settings.from,
    to: { name: '', address: message.to },
    subject: message.title,
    text: `${message.body}\n`,
    messageId: `<${message.id}@${host}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': message.locale },
  };
}

type SmtpError = Error & { code?: string; responseCode?: number };

/** 5xx answers are for ever, 4xx for now (RFC 5321, 4.2.1); a wrong password is for ever until somebody mends it. */
function outcomeOf({ code, responseCode, message }: SmtpError): Outcome {
  const text = providerWords(message);
  if (code === 'EAUTH') return { kind: 'final', code: 'bad_credentials', text };
  if (responseCode !== undefined && responseCode >= 500)
    return { kind: 'final', code: 'refused_by_provider', text };
  if (responseCode !== undefined) return { kind: 'retry', code: 'busy', text };
  return { kind: 'retry', code: 'unreachable', text };
}
