import type { Actor, SessionAccess, TypedFactor } from '@aegisguard/accounts';
import {
  AegisError,
  type AnswerOf,
  type Asked,
  type MfaSetupAnswer,
  type MfaStateAnswer,
  type RecoveryCodesAnswer,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { By, type Caller, CallerUser, TheCaller } from '../platform/access.ts';
import { AccessGuard, demandOwnSession } from '../platform/access-guard.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { placeOf } from '../platform/request-place.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { FactorChanges } from './factor-changes.ts';
import { SecondStep } from './second-step.ts';
import { SignIn } from './sign-in.ts';

/** One-time codes (TOTP) and recovery codes. Secrets leave in the answer that makes them, which nobody may keep. */
@Controller()
export class MfaController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(AccessGuard) private readonly guard: AccessGuard,
    @Inject(SecondStep) private readonly step: SecondStep,
    @Inject(FactorChanges) private readonly changes: FactorChanges,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {}

  @Serves(ROUTES.mfaState)
  async state(@CallerUser() userId: string): Promise<MfaStateAnswer> {
    const { totpSince, recoveryCodesLeft, passkeys } = await this.engines.accounts.mfa.state(userId);
    return {
      totp: { enabled: totpSince !== null, enabledAt: totpSince?.toISOString() ?? null },
      recoveryCodesLeft,
      passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt, synced }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
        lastUsedAt: lastUsedAt?.toISOString() ?? null,
        synced,
      })),
    };
  }

  @Serves(ROUTES.setUpMfa)
  @Header('cache-control', 'no-store')
  async setUp(
    @TheCaller() caller: Caller,
    @TheRequest() { body }: Asked<typeof ROUTES.setUpMfa>,
    @Req() request: FastifyRequest,
  ): Promise<MfaSetupAnswer> {
    const { userId } = await this.changes.begin(caller, body.password, request);
    return this.engines.accounts.mfa.beginTotp(userId);
  }

  @Serves(ROUTES.verifyMfa)
  @Header('cache-control', 'no-store')
  async verify(
    @TheRequest() { body: { mfaToken, code } }: Asked<typeof ROUTES.verifyMfa>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerOf<typeof ROUTES.verifyMfa>> {
    if (mfaToken === undefined) {
      return this.confirm(await this.guard.sessionOf(request), code, request);
    }
    const half = await this.step.halfLogin(mfaToken);
    const { userId, method } = half;
    const factor = await this.step.attemptProof(userId, request, () => this.prove(userId, code));
    await this.step.spend(half);
    await this.tellUse(userId, factor, request);
    return this.signIn.begin({ userId, methods: [method, factor] }, request, reply);
  }

  @Serves(ROUTES.disableMfa)
  async disable(
    @CallerUser() userId: string,
    @By() by: Actor,
    @TheRequest() { body: { code } }: Asked<typeof ROUTES.disableMfa>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { mfa } = this.engines.accounts;
    const factor = await this.step.attemptProof(userId, request, () => mfa.disableTotp(userId, by, code));
    await this.tellUse(userId, factor, request);
    await this.changes.tell(userId, request, { type: 'auth.mfa_disabled' });
  }

  @Serves(ROUTES.newRecoveryCodes)
  @Header('cache-control', 'no-store')
  async newRecoveryCodes(
    @CallerUser() userId: string,
    @By() by: Actor,
    @TheRequest() { body: { code } }: Asked<typeof ROUTES.newRecoveryCodes>,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesAnswer> {
    const { mfa } = this.engines.accounts;
    const { proof, codes } = await this.step.attemptProof(userId, request, () =>
      mfa.newRecoveryCodes(userId, by, code),
    );
    await this.tellUse(userId, proof, request);
    return { recoveryCodes: [...codes] };
  }

  /** Ends a set-up; the session that ends it has shown the factor. */
  private async confirm(session: SessionAccess, code: string, request: FastifyRequest) {
    demandOwnSession(session);
    this.changes.demandSecondFactor(session);
    const { userId, sessionId, email } = session;
    const by = { kind: 'user', id: userId, name: email, ...placeOf(request) } as const;
    const codes = await this.step.attempt(userId, () => this.engines.accounts.mfa.confirmTotp(userId, by, code));
    await this.engines.accounts.sessions.addMethod(sessionId, 'totp');
    await this.changes.tell(userId, request, { type: 'auth.mfa_enabled' });
    return { enabled: true as const, recoveryCodes: [...codes] };
  }

  private async prove(userId: string, code: string): Promise<TypedFactor> {
    const factor = await this.engines.accounts.mfa.prove(userId, code);
    if (factor === undefined) {
      throw new AegisError('invalid-credentials', { detail: 'The code is wrong or was used before.' });
    }
    return factor;
  }

  private async tellUse(userId: string, factor: TypedFactor, request: FastifyRequest): Promise<void> {
    if (factor === 'recovery-code') {
      await this.step.raise(userId, request, { type: 'auth.recovery_code_used' });
    }
  }
}
