import type { Actor, Invitation } from '@aegisguard/accounts';
import {
  type AnswerOf,
  type Asked,
  type InvitationPreview,
  type InvitationView,
  type LoginAnswer,
  type MeAnswer,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { By, type Caller, CallerOrg, TheCaller } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { placeOf } from '../platform/request-place.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { describeSession } from './describe-session.ts';
import { SignIn } from './sign-in.ts';

/** Invitations that wait, for the organization; and for the invited person, whose token is the proof. */
@Controller()
export class InvitationsController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(SignIn) private readonly signIn: SignIn,
  ) {}

  @Serves(ROUTES.listInvitations)
  async list(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.listInvitations>,
  ): Promise<AnswerOf<typeof ROUTES.listInvitations>> {
    const { items, nextCursor } = await this.engines.accounts.invitations.list(orgId, query);
    return { items: items.map(viewOf), nextCursor };
  }

  @Serves(ROUTES.revokeInvitation)
  async revoke(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.revokeInvitation>,
  ): Promise<void> {
    await this.engines.accounts.invitations.revoke(orgId, by, params.id);
  }

  @Serves(ROUTES.previewInvitation)
  @Header('cache-control', 'no-store')
  async preview(@TheRequest() { params }: Asked<typeof ROUTES.previewInvitation>): Promise<InvitationPreview> {
    const { expiresAt, ...offer } = await this.engines.accounts.invitations.preview(params.token);
    return { ...offer, expiresAt: expiresAt.toISOString() };
  }

  @Serves(ROUTES.acceptInvitation)
  async accept(
    @TheRequest() { params, body }: Asked<typeof ROUTES.acceptInvitation>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LoginAnswer> {
    const userId = await this.engines.accounts.invitations.accept(params.token, placeOf(request), body);
    return this.signIn.begin({ userId, methods: ['password'] }, request, reply);
  }

  @Serves(ROUTES.joinByInvitation)
  async join(
    @TheCaller() caller: Caller,
    @TheRequest() { params }: Asked<typeof ROUTES.joinByInvitation>,
  ): Promise<MeAnswer> {
    const { access, accounts } = this.engines;
    await accounts.invitations.join(params.token, caller.actor);
    access.forgetAll();
    return describeSession(await access.demand(caller.sessionId));
  }
}

function viewOf({ createdAt, expiresAt, ...invitation }: Invitation): InvitationView {
  return { ...invitation, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
