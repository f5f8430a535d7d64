import { AegisError } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ENGINES, type Engines } from '../platform/engines.ts';
import type { RaisedEvent } from '../platform/security-events.ts';
import { demandLoginPace } from './login-pace.ts';
import { type AuthenticatorAnswer, checkSignature, userOf } from './passkey-ceremonies.ts';
import { PasskeyStates } from './passkey-states.ts';
import type { RelyingParty } from './relying-party.ts';
import { SecondStep } from './second-step.ts';
import type { ProvedLogin } from './sign-in.ts';

/** Without password, of one address. */

/** What a browser sends to sign in with a passkey. */
export interface PasskeyProof {
  readonly party: RelyingParty;
  /** There when a password was given before. */
  readonly mfaToken?: string | undefined;
  readonly state: string;
  readonly response: AuthenticatorAnswer;
}

/** Signs in with a passkey. Whatever is wrong, the answer is the same. */
@Injectable()
export class PasskeySignIn {
  private readonly states: PasskeyStates;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(SecondStep) private readonly step: SecondStep,
  ) {
    this.states = new PasskeyStates(engines.signingKeys);
  }

  /** Who signed the challenge; throws `invalid-credentials`. */
  async prove(proof: PasskeyProof, request: FastifyRequest): Promise<ProvedLogin> {
    if (proof.mfaToken === undefined) {
      await demandLoginPace(this.engines.limits.limiter, 'passkey', request.ip);
      return { userId: await this.signer(proof, undefined, request), methods: ['passkey'] };
    }
    const half = await this.step.halfLogin(proof.mfaToken);
    const userId = await this.step.attempt(half.userId, () => this.signer(proof, half.userId, request));
    await this.step.spend(half);
    return { userId, methods: [half.method, 'passkey'] };
  }

  /** The id of who signed; of `expected` alone when a password said who it is. */
  private async signer(proof: PasskeyProof, expected: string | undefined, request: FastifyRequest): Promise<string> {
    const { accounts, limits } = this.engines;
    const { response, party } = proof;
    const purpose = expected === undefined ? 'login' : 'second-factor';
    const state = await this.states.verify(proof.state, purpose, expected ?? null);
    const credential = await accounts.passkeys.findCredential(Buffer.from(response.id, 'base64url'));
    if (credential === undefined) {
      return this.refuse(expected, request, purpose);
    }
    const { id, userId } = credential;
    if ([expected, userOf(response)].some((named) => named !== undefined && named !== userId)) {
      return this.refuse(expected, request, purpose);
    }
    const use = state && (await checkSignature(party, { state, response, credential }));
    if (use === undefined || !(await limits.once.pass(`passkey:${state?.challenge}`))) {
      return this.refuse(userId, request, purpose, { target: credential.name });
    }
    if (!(await accounts.passkeys.use(id, use))) {
      const message = 'The passkey counted backwards: there may be a copy of it. Remove it.';
      return this.refuse(userId, request, purpose, { target: credential.name, message, severity: 'high' });
    }
    return userId;
  }

  /** Refuses, and tells the organizations of the person, if it is known who it is. */
  private async refuse(
    userId: string | undefined,
    request: FastifyRequest,
    purpose: 'login' | 'second-factor',
    event: Omit<RaisedEvent, 'type'> = {},
  ): Promise<never> {
    if (userId !== undefined) {
      const type = purpose === 'login' ? 'auth.login_failed' : 'auth.mfa_failed';
      await this.step.raise(userId, request, { ...event, type });
    }
    throw new AegisError('invalid-credentials', {
      detail: 'The passkey is not known here, or did not answer in time.',
    });
  }
}
