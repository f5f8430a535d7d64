import type { Actor, PasskeyCredential } from '@aegisguard/accounts';
import {
  AegisError,
  type AnswerOf,
  type Asked,
  type LoginAnswer,
  type PasskeyOptionsAnswer,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { By, type Caller, CallerUser, TheCaller } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { FactorChanges } from './factor-changes.ts';
import { beginAdding, beginLogin, finishAdding } from './passkey-ceremonies.ts';
import { PasskeySignIn } from './passkey-sign-in.ts';
import { PasskeyStates } from './passkey-states.ts';
import { type RelyingParty, relyingPartyOf } from './relying-party.ts';
import { SecondStep } from './second-step.ts';
import { SignIn } from './sign-in.ts';

/** Passkeys (WebAuthn): https://www.w3.org/TR/webauthn-3/ */
@Controller()
export class PasskeysController {
  private readonly states: PasskeyStates;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(SecondStep) private readonly step: SecondStep,
    @Inject(FactorChanges) private readonly changes: FactorChanges,
    @Inject(PasskeySignIn) private readonly passkeySignIn: PasskeySignIn,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {
    this.states = new PasskeyStates(engines.signingKeys);
  }

  @Serves(ROUTES.passkeyOptions)
  @Header('cache-control', 'no-store')
  async options(
    @TheCaller() caller: Caller,
    @TheRequest() { body }: Asked<typeof ROUTES.passkeyOptions>,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyOptionsAnswer> {
    const party = this.demandParty(request);
    const { userId, email, name } = await this.changes.begin(caller, body.password, request);
    const known = await this.engines.accounts.passkeys.credentialsOf(userId);
    return beginAdding(this.states, party, { userId, email, name, known });
  }

  @Serves(ROUTES.addPasskey)
  @Header('cache-control', 'no-store')
  async add(
    @TheCaller() caller: Caller,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.addPasskey>,
    @Req() request: FastifyRequest,
  ): Promise<AnswerOf<typeof ROUTES.addPasskey>> {
    const party = this.demandParty(request);
    const { userId, sessionId } = await this.changes.demandProvenSession(caller);
    const state = await this.states.verify(body.state, 'add', userId);
    const passkey = state && (await finishAdding(state, party, body.response));
    if (passkey === undefined || !(await this.engines.limits.once.pass(`passkey:${state?.challenge}`))) {
      throw new AegisError('invalid-request', { detail: 'The passkey could not be verified in time: try again.' });
    }
    const { accounts } = this.engines;
    const added = await accounts.passkeys.add(userId, by, { ...passkey, name: body.name });
    await accounts.sessions.addMethod(sessionId, 'passkey');
    await this.changes.tell(userId, request, { type: 'auth.passkey_added', target: added.name });
    return { ...added, recoveryCodes: added.recoveryCodes && [...added.recoveryCodes] };
  }

  @Serves(ROUTES.renamePasskey)
  async rename(
    @CallerUser() userId: string,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.renamePasskey>,
  ): Promise<void> {
    await this.engines.accounts.passkeys.rename(userId, by, params.id, body.name);
  }

  @Serves(ROUTES.removePasskey)
  async remove(
    @TheCaller() caller: Caller,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.removePasskey>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { userId } = await this.changes.demandProvenSession(caller);
    const target = await this.engines.accounts.passkeys.remove(userId, by, params.id);
    await this.changes.tell(userId, request, { type: 'auth.passkey_removed', target });
  }

  @Serves(ROUTES.passkeyLoginOptions)
  @Header('cache-control', 'no-store')
  async loginOptions(
    @TheRequest() { body: { mfaToken } }: Asked<typeof ROUTES.passkeyLoginOptions>,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyOptionsAnswer> {
    const party = this.demandParty(request);
    return beginLogin(this.states, party, mfaToken === undefined ? undefined : await this.personOf(mfaToken));
  }

  @Serves(ROUTES.passkeyLogin)
  @Header('cache-control', 'no-store')
  async login(
    @TheRequest() { body }: Asked<typeof ROUTES.passkeyLogin>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    const party = this.demandParty(request);
    const proved = await this.passkeySignIn.prove({ ...body, party }, request);
    return this.signIn.begin(proved, request, reply);
  }

  private async personOf(
    mfaToken: string,
  ): Promise<{ readonly userId: string; readonly known: readonly PasskeyCredential[] }> {
    const { userId } = await this.step.halfLogin(mfaToken);
    return { userId, known: await this.engines.accounts.passkeys.credentialsOf(userId) };
  }

  private demandParty(request: FastifyRequest): RelyingParty {
    const party = relyingPartyOf(this.engines.config.publicUrl, request);
    if (party === undefined) {
      throw new AegisError('invalid-request', {
        detail: 'Passkeys do not work at an IP address: open AegisGuard by its host name.',
      });
    }
    return party;
  }
}
