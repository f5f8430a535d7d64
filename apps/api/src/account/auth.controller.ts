import {
  AegisError,
  type Asked,
  type AuthOptionsAnswer,
  type LoginAnswer,
  type LoginOutcome,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from '../platform/access-guard.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { linkOrigin } from '../platform/public-url.ts';
import { placeOf } from '../platform/request-place.ts';
import { demandSameOrigin } from '../platform/same-origin.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { AccountWatch } from './account-watch.ts';
import { Devices } from './devices.ts';
import { LoginGate } from './login-gate.ts';
import { clearRefreshCookie, refreshCookieOf } from './refresh-cookie.ts';
import { relyingPartyOf } from './relying-party.ts';
import { SecondStep } from './second-step.ts';
import { SignIn } from './sign-in.ts';

/** Signing in and out. */
@Controller()
export class AuthController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(LoginGate) private readonly gate: LoginGate,
    @Inject(AccountWatch) private readonly watch: AccountWatch,
    @Inject(SecondStep) private readonly secondStep: SecondStep,
    @Inject(AccessGuard) private readonly guard: AccessGuard,
    @Inject(Devices) private readonly devices: Devices,
  ) {}

  @Serves(ROUTES.authOptions)
  options(@Req() request: FastifyRequest): AuthOptionsAnswer {
    const { config, mailer } = this.engines;
    return {
      registration: config.registration === 'open',
      mail: mailer.isConfigured && linkOrigin(request, config.publicUrl) !== undefined,
      passkeys: relyingPartyOf(config.publicUrl, request) !== undefined,
    };
  }

  @Serves(ROUTES.register)
  @Header('cache-control', 'no-store')
  async register(
    @TheRequest() { body }: Asked<typeof ROUTES.register>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    const { accounts, config } = this.engines;
    if (config.registration === 'closed') {
      throw new AegisError('registration-closed', { detail: 'Ask for an invitation.' });
    }
    await this.gate.admitRegistration(request.ip);
    const { userId } = await accounts.register(placeOf(request), body);
    return this.signIn.begin({ userId, methods: ['password'] }, request, reply);
  }

  /** Unknown, wrong, disabled and without a password: the same steps, and the same answer. What differs between them, nobody waits for. */
  @Serves(ROUTES.login)
  @Header('cache-control', 'no-store')
  async login(
    @TheRequest() { body: { email, password } }: Asked<typeof ROUTES.login>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginOutcome> {
    const place = placeOf(request);
    await this.gate.admitLogin(email, place.ip, {
      onLock: () => this.watch.loginLocked(email, place),
      isKnownPlace: () => this.watch.isKnownPlace(email, this.devices.of(place.userAgent), place),
    });
    const user = await this.engines.accounts.users.authenticate(email, password);
    if (user === undefined) {
      this.watch.loginFailed(email, place);
      throw new AegisError('invalid-credentials');
    }
    const further = await this.secondStep.demand(user.id, 'password', request);
    await this.gate.loginSucceeded(email, place.ip);
    return further ?? this.signIn.begin({ userId: user.id, methods: ['password'] }, request, reply);
  }

  @Serves(ROUTES.refresh)
  @Header('cache-control', 'no-store')
  async refresh(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<LoginAnswer> {
    demandSameOrigin(request, this.engines.config.publicUrl);
    return this.signIn.goOn(request, reply);
  }

  @Serves(ROUTES.logout)
  @Header('cache-control', 'no-store')
  async logout(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const { access, accounts, config } = this.engines;
    demandSameOrigin(request, config.publicUrl);
    const ofCookie = accounts.sessions.sessionOfToken(refreshCookieOf({ request, publicUrl: config.publicUrl }) ?? '');
    const ofToken = await this.sessionOfAccessToken(request);
    for (const session of new Set([ofCookie, ofToken])) {
      // Not for a session that is over: anybody who once had one could keep the cache empty.
      if (session !== undefined && (await accounts.sessions.end(session))) {
        access.forget(session);
      }
    }
    clearRefreshCookie({ request, reply, publicUrl: config.publicUrl });
  }

  /** A token that is over, or is none, names no session. */
  private async sessionOfAccessToken(request: FastifyRequest): Promise<string | undefined> {
    const session = await this.guard.sessionOf(request).catch((error: unknown) => {
      if (error instanceof AegisError && (error.status === 401 || error.status === 403)) {
        return undefined;
      }
      throw error;
    });
    return session?.sessionId;
  }
}
