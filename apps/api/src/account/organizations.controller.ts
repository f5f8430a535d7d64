import type { Actor, OrganizationDetails } from '@aegisguard/accounts';
import {
  AegisError,
  type AnswerOf,
  type Asked,
  type ErasureView,
  type OrganizationView,
  type OrgId,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { By, type Caller, CallerOrg, CallerUser, TheCaller } from '../platform/access.ts';
import { isMfaMissing } from '../platform/access-guard.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { erasureView } from './erasure-view.ts';
import { retentionView } from './retention-view.ts';

/** Organizations and their settings. */
@Controller()
export class OrganizationsController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.createOrganization)
  async create(
    @CallerUser() ownerUserId: string,
    @By() by: Actor,
    @TheRequest() { body: { name } }: Asked<typeof ROUTES.createOrganization>,
  ): Promise<AnswerOf<typeof ROUTES.createOrganization>> {
    const { access, accounts, config } = this.engines;
    if (config.registration === 'closed') {
      throw new AegisError('registration-closed', { detail: 'New organizations cannot be made here.' });
    }
    const id = await accounts.organizations.create(by, { name, ownerUserId });
    access.forgetAll();
    return { id, name };
  }

  @Serves(ROUTES.readOrganization)
  async read(@CallerOrg() orgId: OrgId): Promise<OrganizationView> {
    return viewOf(await this.engines.accounts.organizations.view(orgId));
  }

  @Serves(ROUTES.updateOrganization)
  async update(
    @CallerOrg() orgId: OrgId,
    @TheCaller() { actor, sessionId }: Caller,
    @TheRequest() { body }: Asked<typeof ROUTES.updateOrganization>,
  ): Promise<OrganizationView> {
    const { access, accounts } = this.engines;
    if (body.mfaRequired === true && isMfaMissing(await access.demand(sessionId))) {
      throw new AegisError('forbidden', {
        detail: 'This would lock you out: set up a second factor, sign in with it, then demand it of everybody.',
      });
    }
    const organization = await accounts.organizations.update(orgId, actor, body);
    access.forgetAll();
    return viewOf(organization);
  }

  @Serves(ROUTES.readRetention)
  async readRetention(@CallerOrg() orgId: OrgId): Promise<AnswerOf<typeof ROUTES.readRetention>> {
    const { accounts, storage } = this.engines;
    const { retentionDays } = await accounts.organizations.view(orgId);
    const { value: pipelines } = await accounts.logPipelines.read(orgId);
    return retentionView(retentionDays, await storage.retention.read(orgId), pipelines.retention);
  }

  @Serves(ROUTES.leaveOrganization)
  async leave(@CallerOrg() orgId: OrgId, @By() by: Actor): Promise<void> {
    await this.engines.accounts.members.leave(orgId, by);
    this.engines.access.forgetAll();
  }

  @Serves(ROUTES.deleteOrganization)
  async delete(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.deleteOrganization>,
  ): Promise<ErasureView> {
    const erasure = await this.engines.accounts.erasures.request(orgId, by, body.name);
    this.engines.access.forgetAll();
    this.engines.logger.warn({ orgId, erasureId: erasure.id, userId: by.id }, 'an organization was deleted');
    return erasureView(erasure);
  }
}

function viewOf({ orgId, createdAt, ...organization }: OrganizationDetails): OrganizationView {
  return { ...organization, id: orgId, createdAt: createdAt.toISOString() };
}
