import { createHash } from 'node:crypto';
import { AegisError, type AuthMethod, type LoginAnswer, type OrgId } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_TOKEN_SECONDS } from '../platform/access-token.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { placeOf } from '../platform/request-place.ts';
import { describeSession } from './describe-session.ts';

/** A login that has been proved. */
export interface ProvedLogin {
  readonly userId: string;
  readonly methods: readonly AuthMethod[];
  /** Came in through this organization's identity provider. */
  readonly orgId?: OrgId;
}

/** The last step of every way to sign in: a session, its refresh cookie and the first access token. */
@Injectable()
export class SignIn {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  async begin(login: ProvedLogin, request: FastifyRequest, _reply: FastifyReply): Promise<LoginAnswer> {
    const { accounts } = this.engines;
    const { ip, userAgent } = placeOf(request);
    const fingerprint = createHash('sha256')
      .update(userAgent ?? '')
      .digest();
    return this.answer(await accounts.sessions.create({ ...login, fingerprint, ip, userAgent }));
  }

  private async answer(sessionId: string): Promise<LoginAnswer> {
    const session = await this.engines.access.find(sessionId);
    if (session === undefined) {
      throw new AegisError('unauthorized', { detail: 'The session has ended.' });
    }
    const accessToken = await this.engines.tokens.sign({ userId: session.userId, sessionId });
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, ...describeSession(session) };
  }
}
