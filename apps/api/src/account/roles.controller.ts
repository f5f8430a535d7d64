import type { Actor, RoleListing } from '@aegisguard/accounts';
import { type Asked, type OrgId, ROUTES, type RoleList, type RoleView } from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { By, CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';

/** What people of an organization can be. */
@Controller()
export class RolesController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.listRoles)
  async list(@CallerOrg() orgId: OrgId): Promise<RoleList> {
    return { items: (await this.engines.accounts.roles.list(orgId)).map(viewOf), nextCursor: null };
  }

  @Serves(ROUTES.createRole)
  async create(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { body }: Asked<typeof ROUTES.createRole>,
  ): Promise<RoleView> {
    return viewOf(await this.engines.accounts.roles.create(orgId, by, body));
  }

  @Serves(ROUTES.updateRole)
  async update(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params, body }: Asked<typeof ROUTES.updateRole>,
  ): Promise<RoleView> {
    const role = await this.engines.accounts.roles.update(orgId, by, params.id, body);
    this.engines.access.forgetAll();
    return viewOf(role);
  }

  @Serves(ROUTES.deleteRole)
  async delete(
    @CallerOrg() orgId: OrgId,
    @By() by: Actor,
    @TheRequest() { params }: Asked<typeof ROUTES.deleteRole>,
  ): Promise<void> {
    await this.engines.accounts.roles.delete(orgId, by, params.id);
  }
}

function viewOf({ permissions, ...role }: RoleListing): RoleView {
  return { ...role, permissions: [...permissions] };
}
