import type { SessionAccess } from '@aegisguard/accounts';
import { AegisError, type Asked, type LoginOutcome, type MeAnswer, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, TheCaller } from '../platform/access.ts';
import { addressBucket } from '../platform/address-bucket.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { describeSession } from './describe-session.ts';
import { SecondStep } from './second-step.ts';
import { SignIn } from './sign-in.ts';

/** Signing in, and who one is. */
@Controller()
export class AuthController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(SecondStep) private readonly secondStep: SecondStep,
  ) {}

  @Serves(ROUTES.login)
  async login(
    @TheRequest() { body: { email, password } }: Asked<typeof ROUTES.login>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginOutcome> {
    const { accounts } = this.engines;
    const { throttle } = this.engines.limits;
    const throttleKey = `login:${email.trim().toLowerCase()}:${addressBucket(request.ip)}`;
    const { blocked, retryAfterSeconds } = await throttle.attempt(throttleKey);
    if (blocked) {
      throw new AegisError('login-throttled', {
        detail: 'Too many failed logins; wait before the next try.',
        retryAfterSeconds,
      });
    }
    const user = await accounts.users.authenticate(email, password);
    if (user === undefined) {
      throw new AegisError('invalid-credentials');
    }
    await throttle.clear(throttleKey);
    return (
      (await this.secondStep.demand(user.id, 'password', request)) ??
      this.signIn.begin({ userId: user.id, methods: ['password'] }, request, reply)
    );
  }

  @Serves(ROUTES.me)
  async me(@TheCaller() { sessionId }: Caller): Promise<MeAnswer> {
    return describeSession(await this.demandSession(sessionId ?? ''));
  }

  private async demandSession(sessionId: string): Promise<SessionAccess> {
    const session = await this.engines.access.find(sessionId);
    if (session === undefined) {
      throw new AegisError('unauthorized', { detail: 'The session has ended.' });
    }
    return session;
  }
}
