import { AegisError } from '@aegisguard/model';

/** What a mail says. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A mail to one person. */
interface Mail extends MailText {
  readonly to: string;
}

/** Sends mails, where a mail server is set up. */
export interface Mailer {
  /** Whether there is a mail server; without one, `send` refuses everything. */
  readonly isConfigured: boolean;
  /** Resolves when the mail server has taken the mail; throws `unavailable` when it did not, which a caller may let pass. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const CONNECTIONS_MAX = 2;
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 20_000;
/** One address and nothing else: no name, no list, no quotes, nothing that begins another header or command. */
const ADDRESS = /^[^\s\p{Cc}<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}<>()[\]\\,;:"@]{1,253}$/u;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Opens the mailer. Connections are made when there is something to send. */
export function openMailer({ smtpUrl, from }: { readonly smtpUrl: string | undefined; readonly from: string }): Mailer {
  if (smtpUrl === undefined) {
    return {
      isConfigured: false,
      send: () => Promise.reject(unavailable('SMTP_URL is not set')),
      close: () => undefined,
    };
  }
  // Read when there is something to send, for it takes 0.2 s of the start.
  let opened: ReturnType<typeof openTransport> | undefined;
  return {
    isConfigured: true,
    send: async ({ to, subject, text, html }) => {
      if (!ADDRESS.test(to)) throw unavailable('an address that mail cannot be sent to');
      try {
        opened ??= openTransport(smtpUrl);
        const transport = await opened;
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: subject.replace(CONTROLS, ' '),
          text,
          html,
          // No answer by machines, such as of those who are on leave: https://www.rfc-editor.org/rfc/rfc3834#section-5
          headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (cause) {
        throw unavailable('the mail server did not take the mail', cause);
      }
    },
    close: () => void opened?.then((transport) => transport.close()),
  };
}

async function openTransport(smtpUrl: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: CONNECTIONS_MAX,
    requireTLS: requiresTls(smtpUrl),
    dnsTimeout: CONNECT_TIMEOUT_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** A password is not said to a server beyond this machine without TLS; `?requireTLS=false` in the URL, which wins over this, allows it. */
export function requiresTls(smtpUrl: string): boolean {
  const { hostname, username } = new URL(smtpUrl);
  return username !== '' && !LOOPBACK_HOSTS.includes(hostname);
}

function unavailable(internal: string, cause?: unknown): AegisError {
  return new AegisError('unavailable', { detail: 'The mail could not be sent.', internal, cause });
}
