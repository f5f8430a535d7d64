import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Accounts, KnownUser, SessionPlace } from '@aegisguard/accounts';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { addressBucket } from '../platform/address-bucket.ts';
import type { Mailer, MailText } from '../platform/mailer.ts';
import type { RequestPlace } from '../platform/request-place.ts';
import type { RaisedEvent, SecurityEvents } from '../platform/security-events.ts';
import type { SelfMetrics } from '../platform/self-metrics.ts';
import type { KnownDevice } from './devices.ts';
import type { LoginGate, MailKind } from './login-gate.ts';
import { newDeviceMail } from './mails/new-device-mail.ts';
import { passwordChangedMail } from './mails/password-changed-mail.ts';

/** What it works with. */
export interface AccountWatchParts {
  readonly accounts: Accounts;
  readonly securityEvents: Pick<SecurityEvents, 'raise'>;
  readonly mailer: Mailer;
  readonly gate: Pick<LoginGate, 'mayMail'>;
  readonly metrics: SelfMetrics;
  readonly logger: Logger;
}

/** The id of nobody and of nothing. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

type Who = { readonly email: string } | { readonly userId: string };
type Told = Omit<RaisedEvent, 'actor' | 'ip'>;

/**
 * Tells a person's organizations, and the person, what happens to an account. Nobody waits for it: an answer must take the same time whether or not there is anybody to tell. A look-up is made either way;
 * an account that nobody has has no organization and is counted only.
 */
export class AccountWatch implements OnModuleDestroy {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly parts: AccountWatchParts) {}

  loginFailed(email: string, place: RequestPlace): void {
    this.parts.metrics.loginFailures.inc();
    this.tell({ email }, place, { type: 'auth.login_failed' });
  }

  loginLocked(email: string, place: RequestPlace): void {
    this.parts.metrics.loginLocks.inc();
    this.tell({ email }, place, { type: 'auth.login_locked' });
  }

  /** A session began: worth a word when the person never came from such a device in such a network, unless it is their first at all. */
  sessionBegan(
    session: { readonly id: string; readonly userId: string },
    device: KnownDevice,
    place: RequestPlace,
  ): void {
    this.later(async () => {
      const places = await this.parts.accounts.sessions.places(session.userId, session.id, device.fingerprint);
      if (places.length > 0 && !isAmong(places, place.ip)) {
        const attributes = { device: device.label, session: session.id };
        const user = await this.raise(session, place, { type: 'auth.login_succeeded_new_device', attributes });
        await this.mail('new-device', user, newDeviceMail({ at: new Date(), device: device.label, address: place.ip }));
      }
    });
  }

  /** Whether the account's person has signed in on such a device at such an address. The same steps for an account that nobody has. */
  async isKnownPlace(email: string, { fingerprint }: KnownDevice, { ip }: RequestPlace): Promise<boolean> {
    const { sessions, users } = this.parts.accounts;
    const user = await users.known({ email });
    return isAmong(await sessions.places(user?.id ?? NOBODY, NOBODY, fingerprint), ip);
  }

  /** A session was ended before its time. */
  sessionRevoked(userId: string, place: RequestPlace, session: string, reason: 'revoked' | 'device-changed'): void {
    this.tell({ userId }, place, { type: 'auth.session_revoked', target: session, attributes: { reason } });
  }

  /** All but one of a person's sessions were ended. */
  sessionsRevoked(userId: string, place: RequestPlace, count: number): void {
    this.tell({ userId }, place, { type: 'auth.session_revoked', attributes: { reason: 'revoked', count } });
  }

  refreshReused(userId: string, place: RequestPlace, session: string): void {
    this.tell({ userId }, place, { type: 'auth.refresh_reused', target: session });
  }

  /** A password is another one now; the person is told where mail can be sent. */
  passwordSet(userId: string, place: RequestPlace, type: 'auth.password_changed' | 'auth.password_reset'): void {
    this.later(async () => {
      const user = await this.raise({ userId }, place, { type });
      await this.mail('password-changed', user, passwordChangedMail({ at: new Date() }));
    });
  }

  /** Does what nobody's answer may wait for; a failure is logged. */
  later(work: () => Promise<void>): void {
    // Not before the answer is written, either.
    const task = nextTurn()
      .then(work)
      .catch((error: unknown) =>
        this.parts.logger.warn({ err: error }, 'what happened to an account could not be told'),
      );
    this.underWay.add(task);
    void task.finally(() => this.underWay.delete(task));
  }

  /** Resolves when all that was begun so far is done. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** The server's end waits for it, within its grace. */
  onModuleDestroy(): Promise<void> {
    return this.settled();
  }

  private tell(who: Who, place: RequestPlace, event: Told): void {
    this.later(async () => {
      await this.raise(who, place, event);
    });
  }

  private async raise(who: Who, { ip }: RequestPlace, event: Told): Promise<KnownUser | undefined> {
    const user = await this.parts.accounts.users.known(who);
    for (const orgId of user?.orgIds ?? []) {
      this.parts.securityEvents.raise(orgId, { ...event, actor: user?.email, ip });
    }
    return user;
  }

  private async mail(kind: MailKind, user: KnownUser | undefined, text: MailText): Promise<void> {
    const { gate, mailer } = this.parts;
    if (user !== undefined && mailer.isConfigured && (await gate.mayMail(kind, user.email))) {
      await mailer.send({ to: user.email, ...text });
    }
  }
}

function isAmong(places: readonly SessionPlace[], address: string): boolean {
  const bucket = addressBucket(address);
  return places.some(({ ip, isSameDevice }) => isSameDevice && addressBucket(ip ?? '') === bucket);
}
