import type { SessionAccess } from '@aegisguard/accounts';
import { AegisError } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../platform/access.ts';
import { isMfaMissing } from '../platform/access-guard.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import type { RaisedEvent } from '../platform/security-events.ts';
import { LoginGate } from './login-gate.ts';
import { SecondStep } from './second-step.ts';

/** What comes before and after every change of a person's second factors. */
@Injectable()
export class FactorChanges {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(SecondStep) private readonly step: SecondStep,
    @Inject(LoginGate) private readonly gate: LoginGate,
  ) {}

  /** Demands the password, where the account has one, before a factor is added: a session that was stolen is not to become a way in that lasts. */
  async begin(caller: Caller, password: string | undefined, request: FastifyRequest): Promise<SessionAccess> {
    const session = await this.demandProvenSession(caller);
    const { userId } = session;
    const check = () => this.engines.accounts.mfa.demandPassword(userId, password);
    const message = 'Wrong password when adding a second factor';
    await this.gate.proof(userId, () => this.step.tellWrong(userId, request, check, message));
    return session;
  }

  /** The caller's session, which has shown a second factor if the person has one. */
  async demandProvenSession({ sessionId }: Caller): Promise<SessionAccess> {
    const session = await this.engines.access.demand(sessionId);
    this.demandSecondFactor(session);
    return session;
  }

  /** A session from before the first factor was set up cannot change factors. */
  demandSecondFactor(session: SessionAccess): void {
    if (session.mfaEnabled && isMfaMissing(session)) {
      throw new AegisError('forbidden', { detail: 'Sign in again with your second factor first.' });
    }
  }

  /** After a change: it counts at once, and the person's organizations know. */
  async tell(userId: string, request: FastifyRequest, event: RaisedEvent): Promise<void> {
    this.engines.access.forgetAll();
    await this.step.raise(userId, request, event);
  }
}
