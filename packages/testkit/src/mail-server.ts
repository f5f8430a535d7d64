import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type MailContent, readMail } from './read-mail.ts';

/** A mail that arrived. */
export interface ReceivedMail extends MailContent {
  /** The envelope: who it is for, whatever its headers say. */
  readonly to: readonly string[];
  readonly from: string;
  /** As it came. */
  readonly raw: string;
}

/** A mail server of the tests' own; nothing leaves it. */
export interface TestMailServer {
  /** For `SMTP_URL`. */
  readonly url: string;
  /** Everything that arrived so far. */
  readonly mails: readonly ReceivedMail[];
  /** The oldest mail to this address that was not asked for before; waits for it. */
  mailTo(address: string): Promise<ReceivedMail>;
  stop(): Promise<void>;
}

/** What a mail server may be like. */
export interface MailServerOptions {
  /** Takes mails only after a login with these. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Addresses that it refuses. */
  readonly refused?: readonly string[];
}

/** Starts a mail server on a free port of the loopback. */
export async function startMailServer({ login, refused = [] }: MailServerOptions = {}): Promise<TestMailServer> {
  // Loaded here, so that the many tests without a mail server do not wait for it.
  const { SMTPServer } = await import('smtp-server');
  const mails: ReceivedMail[] = [];
  const taken = new Set<ReceivedMail>();
  const arrivals = new EventEmitter();
  const server = new SMTPServer({
    authOptional: login === undefined,
    allowInsecureAuth: true,
    // Its certificate is nobody's, which a client does well to refuse.
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, callback) => {
      const isRight = username === login?.user && password === login?.password;
      callback(isRight ? null : new Error('wrong user or password'), { user: username });
    },
    onRcptTo: ({ address }, _session, callback) =>
      callback(refused.includes(address) ? new Error('no such mailbox') : null),
    onData: (stream, { envelope }, callback) => {
      stream.toArray().then((chunks: Buffer[]) => {
        const raw = Buffer.concat(chunks).toString();
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        mails.push({ ...readMail(raw), to: envelope.rcptTo.map(({ address }) => address), from, raw });
        arrivals.emit('mail');
        callback();
      }, callback);
    },
  });
  server.on('error', () => undefined);
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const user = login === undefined ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`;
  return {
    url: `smtp://${user}127.0.0.1:${port}`,
    mails,
    mailTo: async (address) => {
      for (;;) {
        const mail = mails.find((candidate) => !taken.has(candidate) && candidate.to.includes(address));
        if (mail !== undefined) {
          taken.add(mail);
          return mail;
        }
        await once(arrivals, 'mail');
      }
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
