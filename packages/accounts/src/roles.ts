import {
  AegisError,
  type OrgId,
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
  ROLES,
  type Role,
} from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { authorityOf, demandHas, lockOrganization } from './authority.ts';
import { type Changes, notFound } from './changes.ts';
import { type Database, type PrismaTransaction, type ReadRows, rowsIn } from './database.ts';
import type { OrgRole } from './generated/client.ts';
import { withdrawHandedOut } from './handed-out.ts';
import { isPermission } from './membership.ts';
import { isId, newId } from './new-id.ts';
import { parseName } from './organizations.ts';

/** A role with how many have it. */
export interface RoleListing {
  /** A built-in role's name, or an id. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly builtIn: boolean;
  readonly permissions: readonly Permission[];
  /** People and waiting invitations. */
  readonly memberCount: number;
}

/** What a role is made of. */
export interface RoleContent {
  readonly name: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
}

type RoleRow = Pick<OrgRole, 'id' | 'name' | 'description' | 'permissions'>;

/** They are listed without pages. */
const ROLES_MAX = 100;

const BUILT_IN_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  owner: 'May do everything, also delete the organization and make owners.',
  admin: 'May do everything but delete the organization and make owners.',
  member: 'Reads everything but the audit log, and changes dashboards.',
  viewer: 'Reads telemetry and dashboards.',
};

/** Built-in roles and organizations' own. Another organization's role is not there. */
export class Roles {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /** Built-in roles, the most powerful first, then the organization's own by name. */
  async list(orgId: OrgId): Promise<readonly RoleListing[]> {
    const { read } = this.#database;
    const [own, counts] = await Promise.all([
      read<RoleRow>(LIST_SQL, [orgId], 'roles'),
      countHolders(read, orgId, new Date(this.#now())),
    ]);
    const builtIn = ROLES.map((role) => ({
      id: role,
      name: role,
      description: BUILT_IN_DESCRIPTIONS[role],
      builtIn: true,
      permissions: [...ROLE_PERMISSIONS[role]],
      memberCount: counts.get(role) ?? 0,
    }));
    return [...builtIn, ...own.map((row) => listingOf(row, counts.get(row.id) ?? 0))];
  }

  /** Makes a role; `already-exists` for a name that is taken, `forbidden` for permissions that the actor lacks. */
  create(orgId: OrgId, by: Actor, content: RoleContent): Promise<RoleListing> {
    const data = storable(content);
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      demandHas(await authorityOf(prisma, orgId, by), data.permissions);
      await demandFreeName(prisma, orgId, data.name);
      const nowMs = this.#now();
      const at = new Date(nowMs);
      const row = await prisma.orgRole.create({
        data: { ...data, id: newId(nowMs), orgId, createdAt: at, updatedAt: at },
      });
      return { result: listingOf(row, 0), change: { action: 'role.create', target: targetOf(row), after: data } };
    });
  }

  /** Changes a role, and with it what all that have it may do; permissions that are added or taken away must be the actor's. Links that were made while the holders could do less, or by those who could do more, end. */
  update(orgId: OrgId, by: Actor, roleId: string, content: RoleContent): Promise<RoleListing> {
    const data = storable(content);
    return this.#changes.of(orgId, by, async (prisma) => {
      const before = await lockRole(prisma, orgId, roleId);
      const had = before.permissions.filter(isPermission);
      const changed = PERMISSIONS.filter((name) => had.includes(name) !== data.permissions.includes(name));
      demandHas(await authorityOf(prisma, orgId, by), changed);
      await demandFreeName(prisma, orgId, data.name, roleId);
      const now = new Date(this.#now());
      const row = await prisma.orgRole.update({ where: { id: roleId }, data: { ...data, updatedAt: now } });
      if (changed.length > 0) {
        const holders = await prisma.membership.findMany({ where: { orgId, roleId }, select: { userId: true } });
        const ids = holders.map(({ userId }) => userId);
        await withdrawHandedOut(prisma, orgId, ids, now);
      }
      const { name, description, permissions } = before;
      const change = {
        action: 'role.update',
        target: targetOf(row),
        before: { name, description, permissions },
        after: data,
      } as const;
      const counts = await countHolders(rowsIn(prisma), orgId, now);
      return { result: listingOf(row, counts.get(row.id) ?? 0), change };
    });
  }

  /** Deletes a role; `conflict` while somebody has it, is invited to it, or gets it by single sign-on. */
  async delete(orgId: OrgId, by: Actor, roleId: string): Promise<void> {
    await this.#changes.of(orgId, by, async (prisma) => {
      const row = await lockRole(prisma, orgId, roleId);
      await authorityOf(prisma, orgId, by);
      const holders = (await countHolders(rowsIn(prisma), orgId, new Date(this.#now()))).get(roleId) ?? 0;
      if (holders > 0) {
        throw new AegisError('conflict', {
          detail: 'People or waiting invitations have this role: give them another one first.',
          members: { memberCount: holders },
        });
      }
      if (await isGivenBySso(prisma, orgId, roleId)) {
        throw new AegisError('conflict', { detail: 'Single sign-on gives this role: change its settings first.' });
      }
      // Those that do not wait any more.
      await prisma.invitation.deleteMany({ where: { orgId, roleId } });
      await prisma.orgRole.delete({ where: { id: roleId } });
      const { name, description, permissions } = row;
      const before = { name, description, permissions };
      return { result: undefined, change: { action: 'role.delete', target: targetOf(row), before } };
    });
  }
}

function storable({ name, description, permissions }: RoleContent) {
  return {
    name: parseName(name),
    description: description.replaceAll('\0', '').toWellFormed(),
    permissions: [...new Set(permissions)],
  };
}

async function lockRole(prisma: PrismaTransaction, orgId: OrgId, roleId: string): Promise<OrgRole> {
  await lockOrganization(prisma, orgId);
  const row = isId(roleId) ? await prisma.orgRole.findFirst({ where: { orgId, id: roleId } }) : null;
  if (row === null) {
    throw notFound('role');
  }
  return row;
}

/** People would take `Owner` for `owner`, so neither case nor the way of writing an accent makes another name. */
async function demandFreeName(prisma: PrismaTransaction, orgId: OrgId, name: string, roleId?: string): Promise<void> {
  const rows = await prisma.orgRole.findMany({ where: { orgId }, select: { id: true, name: true } });
  const others = rows.filter(({ id }) => id !== roleId);
  const taken = new Set([...ROLES, ...others.map((row) => comparable(row.name))]);
  if (taken.has(comparable(name))) {
    const message = 'There is a role of this name already.';
    throw new AegisError('already-exists', { detail: message, members: { errors: [{ path: '/name', message }] } });
  }
  if (others.length >= ROLES_MAX) {
    throw new AegisError('invalid-request', {
      detail: `An organization has at most ${ROLES_MAX} roles of its own.`,
      members: { limit: ROLES_MAX },
    });
  }
}

function comparable(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

const LIST_SQL = 'SELECT id, name, description, permissions FROM public.org_roles WHERE org_id = $1 ORDER BY name, id';

const HOLDERS_SQL = `
  SELECT coalesce(role_id::text, role) AS ref, count(*)::int AS holders FROM (
    SELECT role, role_id FROM public.memberships WHERE org_id = $1::uuid
    UNION ALL
    SELECT role, role_id FROM public.invitations
    WHERE org_id = $1::uuid AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2::timestamptz
  ) AS holders GROUP BY 1`;

/** By built-in role or id. */
async function countHolders(read: ReadRows, orgId: OrgId, now: Date): Promise<Map<string, number>> {
  const rows = await read<{ ref: string; holders: number }>(HOLDERS_SQL, [orgId, now], 'role-holders');
  return new Map(rows.map(({ ref, holders }) => [ref, holders]));
}

async function isGivenBySso(prisma: PrismaTransaction, orgId: OrgId, roleId: string): Promise<boolean> {
  const provider = await prisma.ssoProvider.findUnique({ where: { orgId } });
  return provider?.defaultRole === roleId || JSON.stringify(provider?.roleMapping ?? []).includes(`"role":"${roleId}"`);
}

function listingOf({ id, name, description, permissions }: RoleRow, memberCount: number): RoleListing {
  return { id, name, description, builtIn: false, permissions: permissions.filter(isPermission), memberCount };
}

function targetOf({ id, name }: OrgRole) {
  return { kind: 'role', id, name };
}
