import type { Actor, ListedSession, SessionAccess } from '@aegisguard/accounts';
import { type Asked, type MeAnswer, ROUTES, type SessionView } from '@aegisguard/model';
import { Controller, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { By, type Caller, TheCaller } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { placeOf } from '../platform/request-place.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { AccountWatch } from './account-watch.ts';
import { describeSession } from './describe-session.ts';
import { Devices } from './devices.ts';

/** Who one is, and where one is signed in. */
@Controller()
export class MyAccountController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(Devices) private readonly devices: Devices,
    @Inject(AccountWatch) private readonly watch: AccountWatch,
  ) {}

  @Serves(ROUTES.me)
  async me(@TheCaller() caller: Caller): Promise<MeAnswer> {
    return describeSession(await this.sessionOf(caller));
  }

  @Serves(ROUTES.updateMe)
  async update(
    @TheCaller() caller: Caller,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.updateMe>,
  ): Promise<MeAnswer> {
    const { sessionId, userId } = await this.sessionOf(caller);
    await this.engines.accounts.users.rename(userId, by, body.name);
    this.engines.access.forget(sessionId);
    return this.me(caller);
  }

  @Serves(ROUTES.listSessions)
  async list(@TheCaller() caller: Caller, @TheRequest() { query }: Asked<typeof ROUTES.listSessions>) {
    const session = await this.sessionOf(caller);
    const { items, nextCursor } = await this.engines.accounts.sessions.list(session, query);
    return { items: items.map((item) => this.viewOf(item, session)), nextCursor };
  }

  @Serves(ROUTES.revokeSession)
  async revoke(
    @TheCaller() caller: Caller,
    @By() by: Actor,
    @TheRequest() { params: { id } }: Asked<typeof ROUTES.revokeSession>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const session = await this.sessionOf(caller);
    await this.engines.accounts.sessions.revoke(session, by, id);
    this.engines.access.forget(id);
    this.watch.sessionRevoked(session.userId, placeOf(request), id, 'revoked');
  }

  @Serves(ROUTES.revokeOtherSessions)
  async revokeOthers(@TheCaller() caller: Caller, @By() by: Actor, @Req() request: FastifyRequest): Promise<void> {
    const session = await this.sessionOf(caller);
    const count = await this.engines.accounts.sessions.revokeOthers(session, by, session.sessionId);
    if (count > 0) {
      this.engines.access.forgetAll();
      this.watch.sessionsRevoked(session.userId, placeOf(request), count);
    }
  }

  private sessionOf({ sessionId }: Caller): Promise<SessionAccess> {
    return this.engines.access.demand(sessionId);
  }

  private viewOf(session: ListedSession, present: SessionAccess): SessionView {
    const { id, ip, onlyOrganization } = session;
    return {
      id,
      current: id === present.sessionId,
      createdAt: session.createdAt.toISOString(),
      lastUsedAt: session.lastUsedAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      ip,
      device: this.devices.of(session.userAgent).label,
      methods: [...session.methods],
      onlyOrganization,
    };
  }
}
