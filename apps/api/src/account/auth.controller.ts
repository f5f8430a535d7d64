import { AegisError, type LoginAnswer, LoginRequest, type MeAnswer } from '@aegisguard/model';
import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CallerUser, Public, SignedIn } from '../platform/access.ts';
import { ACCESS_TOKEN_SECONDS } from '../platform/access-token.ts';
import { addressBucket } from '../platform/address-bucket.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';

/** Signing in, and who one is. */
@Controller('auth')
export class AuthController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Post('login')
  @HttpCode(200)
  @Public()
  async login(
    @Body(new ZodPipe(LoginRequest)) { email, password }: LoginRequest,
    @Req() request: FastifyRequest,
  ): Promise<LoginAnswer> {
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
    const user = await accounts.authenticate(email, password);
    if (user === undefined) {
      throw new AegisError('invalid-credentials');
    }
    await throttle.clear(throttleKey);
    return {
      accessToken: await tokens.sign(user.id),
      expiresIn: ACCESS_TOKEN_SECONDS,
      ...(await this.describe(user.id)),
    };
  }

  @Get('me')
  @SignedIn()
  me(@CallerUser() userId: string): Promise<MeAnswer> {
    return this.describe(userId);
  }

  private async describe(userId: string): Promise<MeAnswer> {
    const user = await this.engines.accounts.findUser(userId);
    if (user === undefined || user.disabled) {
      throw new AegisError('unauthorized', { detail: 'This user no longer exists.' });
    }
    const memberships = await this.engines.accounts.membershipsOf(userId);
    return {
      user: { id: user.id, email: user.email, name: user.name },
      organizations: memberships.map(({ orgId, name, role }) => ({ id: orgId, name, role })),
    };
  }
}
