import { AegisError, type AuthMethod, type LoginAnswer, type OrgId } from '@aegisguard/model';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_TOKEN_SECONDS } from '../platform/access-token.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { placeOf } from '../platform/request-place.ts';
import { AccountWatch } from './account-watch.ts';
import { describeSession } from './describe-session.ts';
import { Devices } from './devices.ts';
import { clearRefreshCookie, refreshCookieOf, setRefreshCookie } from './refresh-cookie.ts';

/** A login that has been proved. */
export interface ProvedLogin {
  readonly userId: string;
  readonly methods: readonly AuthMethod[];
  /** Came in through this organization's identity provider. */
  readonly orgId?: OrgId;
}

/** The last step of every way to sign in, and of going on: a session, its refresh cookie and an access token. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(Devices) private readonly devices: Devices,
    @Inject(AccountWatch) private readonly watch: AccountWatch,
  ) {}

  /** Begins a session on the device that asks. */
  async begin(login: ProvedLogin, request: FastifyRequest, reply: FastifyReply): Promise<LoginAnswer> {
    const { accounts, config } = this.engines;
    const place = placeOf(request);
    const device = this.devices.of(place.userAgent);
    const { ip, userAgent } = place;
    const { fingerprint } = device;
    const id = await accounts.sessions.create({ ...login, fingerprint, ip, userAgent });
    const answer = await this.answer(id);
    const { publicUrl } = config;
    setRefreshCookie({ request, reply, publicUrl }, accounts.sessions.firstRefreshToken(id));
    this.watch.sessionBegan({ id, userId: login.userId }, device, place);
    return answer;
  }

  /** Goes on with the session of the cookie; throws `unauthorized` and takes the cookie back when that is over. */
  async goOn(request: FastifyRequest, reply: FastifyReply): Promise<LoginAnswer> {
    const { accounts, config } = this.engines;
    const exchange = { request, reply, publicUrl: config.publicUrl };
    const place = placeOf(request);
    const { ip, userAgent } = place;
    const { fingerprint } = this.devices.of(userAgent);
    const rotation = await accounts.sessions.rotate(refreshCookieOf(exchange) ?? '', { fingerprint, ip, userAgent });
    if (rotation.outcome !== 'rotated') {
      clearRefreshCookie(exchange);
      if (rotation.outcome !== 'unknown') {
        const { outcome, sessionId, userId } = rotation;
        this.engines.access.forget(sessionId);
        if (outcome === 'reused') {
          this.watch.refreshReused(userId, place, sessionId);
        } else {
          this.watch.sessionRevoked(userId, place, sessionId, outcome);
        }
      }
      throw new AegisError('unauthorized', { detail: 'The session has ended.' });
    }
    // Before anything else may fail: the former token is used up.
    setRefreshCookie(exchange, rotation.refreshToken);
    return this.answer(rotation.sessionId).catch((error: unknown) => {
      if (error instanceof AegisError && error.code === 'unauthorized') {
        clearRefreshCookie(exchange);
      }
      throw error;
    });
  }

  private async answer(sessionId: string): Promise<LoginAnswer> {
    const session = await this.engines.access.demand(sessionId);
    const accessToken = await this.engines.tokens.sign({ userId: session.userId, sessionId });
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, ...describeSession(session) };
  }
}
