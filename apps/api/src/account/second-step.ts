import { LOGIN_THROTTLE } from '@aegisguard/limits';
import { AegisError, type AuthMethod, type MfaRequiredAnswer } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ENGINES, type Engines } from '../platform/engines.ts';
import type { RaisedEvent } from '../platform/security-events.ts';
import { type HalfLogin, loginTooLate, MfaTokens } from './mfa-tokens.ts';
import { relyingPartyOf } from './relying-party.ts';

/** Whoever gets as far as to guess codes knows the password: at ten in a quarter of an hour they would have a one-time code in a year. */
const CODES_THROTTLE = { ...LOGIN_THROTTLE, lockMsMax: 4 * 3_600_000 } as const;

/** The second step of a login, and what else asks a person for a proof. */
@Injectable()
export class SecondStep {
  private readonly tokens: MfaTokens;

  constructor(@Inject(ENGINES) private readonly engines: Engines) {
    this.tokens = new MfaTokens(engines.signingKeys);
  }

  /** What a person with a second factor is answered after the first step; undefined for one without. */
  async demand(userId: string, method: AuthMethod, request: FastifyRequest): Promise<MfaRequiredAnswer | undefined> {
    const all = await this.engines.accounts.mfa.methods(userId);
    if (all === undefined) {
      return undefined;
    }
    const hasPasskeys = relyingPartyOf(this.engines.config.publicUrl, request) !== undefined;
    const methods = all.filter((name) => name !== 'passkey' || hasPasskeys);
    return { mfaRequired: true, mfaToken: await this.tokens.sign({ userId, method }), methods };
  }

  /** Throws `unauthorized` for a token whose time is over. */
  halfLogin(mfaToken: string): Promise<HalfLogin> {
    return this.tokens.verify(mfaToken);
  }

  /** A half login becomes a session once; `unauthorized` the second time. */
  async spend({ id }: HalfLogin): Promise<void> {
    if (!(await this.engines.limits.once.pass(`mfa-token:${id}`))) {
      throw loginTooLate();
    }
  }

  /** Runs what checks a second factor of the person: `login-throttled` after too many that were wrong. */
  async attempt<T>(userId: string, check: () => Promise<T>): Promise<T> {
    const { throttle } = this.engines.limits;
    const key = `mfa:${userId}`;
    const { blocked, retryAfterSeconds } = await throttle.attempt(key, CODES_THROTTLE);
    if (blocked) {
      throw new AegisError('login-throttled', {
        detail: 'Too many wrong codes; wait before the next try.',
        retryAfterSeconds,
      });
    }
    const result = await check();
    await throttle.clear(key);
    return result;
  }

  /** As `attempt`; a wrong factor is told to the person's organizations. */
  attemptProof<T>(userId: string, request: FastifyRequest, check: () => Promise<T>): Promise<T> {
    return this.attempt(userId, () => this.tellWrong(userId, request, check));
  }

  /** Runs a check; a wrong proof is told to the person's organizations, with what it was if it was no factor. */
  tellWrong<T>(userId: string, request: FastifyRequest, check: () => Promise<T>, message?: string): Promise<T> {
    return check().catch(async (error: unknown) => {
      if (error instanceof AegisError && error.code === 'invalid-credentials') {
        await this.raise(userId, request, { type: 'auth.mfa_failed', message });
      }
      throw error;
    });
  }

  /** Tells every organization of the person. */
  async raise(userId: string, { ip }: FastifyRequest, event: RaisedEvent): Promise<void> {
    const person = await this.engines.accounts.users.known({ userId });
    for (const orgId of person?.orgIds ?? []) {
      this.engines.securityEvents.raise(orgId, { actor: person?.email, ip, ...event });
    }
  }
}
