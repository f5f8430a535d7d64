import { createHash } from 'node:crypto';
import type { SessionAccess } from '@aegisguard/accounts';
import { AegisError, type Asked, type LoginOutcome, type MeAnswer, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Caller, TheCaller } from '../platform/access.ts';
import { ACCESS_TOKEN_SECONDS } from '../platform/access-token.ts';
import { addressBucket } from '../platform/address-bucket.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { placeOf } from '../platform/request-place.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { describeSession } from './describe-session.ts';

/** Signing in, and who one is. */
@Controller()
export class AuthController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.login)
  async login(
    @TheRequest() { body: { email, password } }: Asked<typeof ROUTES.login>,
    @Req() request: FastifyRequest,
  ): Promise<LoginOutcome> {
    const { accounts, tokens } = this.engines;
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
    const { ip, userAgent } = placeOf(request);
    const fingerprint = createHash('sha256')
      .update(userAgent ?? '')
      .digest();
    const sessionId = await accounts.sessions.create({
      userId: user.id,
      methods: ['password'],
      fingerprint,
      ip,
      userAgent,
    });
    return {
      accessToken: await tokens.sign({ userId: user.id, sessionId }),
      expiresIn: ACCESS_TOKEN_SECONDS,
      ...describeSession(await this.demandSession(sessionId)),
    };
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
