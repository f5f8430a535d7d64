import type { Actor, Member } from '@aegisguard/accounts';
import {
  type AnswerOf,
  type Asked,
  type MemberPage,
  type MemberView,
  type NewMemberAnswer,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Header, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { linkOrigin, publicUrl } from '../platform/public-url.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { invitationLink, passwordResetLink } from './links.ts';
import { LoginGate } from './login-gate.ts';
import { invitationMail } from './mails/invitation-mail.ts';

/** Who belongs to an organization. */
@Controller()
export class PeopleController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(LoginGate) private readonly gate: LoginGate,
  ) {}

  @Serves(ROUTES.listUsers)
  async list(@CallerOrg() orgId: OrgId, @TheRequest() { query }: Asked<typeof ROUTES.listUsers>): Promise<MemberPage> {
    const { items, nextCursor } = await this.engines.accounts.members.list(orgId, query);
    return { items: items.map(viewOf), nextCursor };
  }

  @Serves(ROUTES.readUser)
  async read(@CallerOrg() orgId: OrgId, @TheRequest() { params }: Asked<typeof ROUTES.readUser>): Promise<MemberView> {
    return viewOf(await this.engines.accounts.members.find(orgId, params.id));
  }

  @Serves(ROUTES.createUser)
  @Header('cache-control', 'no-store')
  async create(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.createUser>,
    @Req() request: FastifyRequest,
  ): Promise<NewMemberAnswer> {
    await this.gate.admitInvitation(by.id ?? '');
    const { invitation, ...person } = await this.engines.accounts.newMembers.add(orgId, by, body);
    if (invitation === null) {
      return { ...person, status: 'active', invitationUrl: null, mailed: false };
    }
    const { token, expiresAt } = invitation;
    const invitationUrl = invitationLink(publicUrl(request, this.engines.config), token);
    const origin = linkOrigin(request, this.engines.config.publicUrl);
    const mailed =
      origin !== undefined &&
      (await this.mail(orgId, by, person.email, { link: invitationLink(origin, token), until: expiresAt }));
    return { ...person, status: 'invited', invitationUrl, mailed };
  }

  @Serves(ROUTES.changeRole)
  async changeRole(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.changeRole>,
  ): Promise<MemberView> {
    const { access, accounts } = this.engines;
    await accounts.members.changeRole(orgId, by, params.id, body.role);
    access.forgetAll();
    return viewOf(await accounts.members.find(orgId, params.id));
  }

  @Serves(ROUTES.removeUser)
  async remove(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.removeUser>,
  ): Promise<void> {
    await this.engines.accounts.members.remove(orgId, by, params.id);
    this.engines.access.forgetAll();
  }

  @Serves(ROUTES.makeResetLink)
  @Header('cache-control', 'no-store')
  async makeResetLink(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.makeResetLink>,
    @Req() request: FastifyRequest,
  ): Promise<AnswerOf<typeof ROUTES.makeResetLink>> {
    const { accounts, config } = this.engines;
    const { token, expiresAt } = await accounts.members.makeResetLink(orgId, by, params.id);
    return { url: passwordResetLink(publicUrl(request, config), token), expiresAt: expiresAt.toISOString() };
  }

  @Serves(ROUTES.removeSecondFactors)
  async removeSecondFactors(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.removeSecondFactors>,
  ): Promise<void> {
    const { access, accounts, securityEvents } = this.engines;
    await accounts.members.removeSecondFactors(orgId, by, params.id);
    access.forgetAll();
    const { email } = await accounts.members.find(orgId, params.id);
    securityEvents.raise(orgId, { type: 'auth.mfa_disabled', actor: by.name, ip: by.ip ?? undefined, target: email });
  }

  /** Whether the invitation was also sent. One that could not be still stands: its link is in the answer. */
  private async mail(orgId: OrgId, by: Actor, to: string, offer: { link: string; until: Date }): Promise<boolean> {
    const { accounts, logger, mailer } = this.engines;
    if (!mailer.isConfigured || !(await this.gate.mayMail('invitation', to))) {
      return false;
    }
    try {
      const { name: organizationName } = await accounts.organizations.view(orgId);
      await mailer.send({ to, ...invitationMail({ organizationName, inviterName: by.name, ...offer }) });
      return true;
    } catch (error) {
      logger.warn({ err: error }, 'an invitation could not be mailed');
      return false;
    }
  }
}

function viewOf({ joinedAt, lastActiveAt, ...member }: Member): MemberView {
  return { ...member, joinedAt: joinedAt.toISOString(), lastActiveAt: lastActiveAt?.toISOString() ?? null };
}
