import {
  AegisError,
  EVENTS_RETENTION_DAYS,
  type OrgId,
  parseOrgId,
  ROLES,
  type Role,
  type Signal,
} from '@aegisguard/model';
import type { Database, PrismaTransaction } from './database.ts';
import { violationOf } from './database-error.ts';
import type { Organization as OrganizationRow } from './generated/client.ts';
import { isId, newId } from './new-id.ts';

/** A user's place in one organization. */
export interface Membership {
  readonly orgId: OrgId;
  readonly name: string;
  readonly role: Role;
}

/** What an organization has set, or the defaults. */
export interface OrganizationSettings {
  readonly orgId: OrgId;
  readonly name: string;
  /** Days that each signal is kept. */
  readonly retentionDays: Readonly<Record<Signal, number>>;
  /** Ingest requests per minute; null means the installation's default, 0 no limit. */
  readonly ratePerMin: number | null;
  /** Time series that may be active at a time; null means the installation's default, 0 no limit. */
  readonly activeSeriesMax: number | null;
}

/** What a new organization is made from. */
export interface NewOrganization {
  readonly name: string;
  readonly ownerUserId: string;
}

const NAME_CHARS_MAX = 200;
const CONTROL = /\p{Cc}/u;

/** Organizations and who belongs to them. */
export class Organizations {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** Makes an organization with its first owner; `not-found` when there is no such user. */
  create(organization: NewOrganization): Promise<OrgId> {
    return this.#database.transaction((prisma) => insertOrganization(prisma, this.#now(), organization));
  }

  /** Adds a user; `not-found` when there is no such organization or user, `invalid-request` when the user belongs to it already. */
  async addMember(orgId: OrgId, userId: string, role: Role): Promise<void> {
    if (!isId(userId)) {
      throw new AegisError('not-found');
    }
    await this.#database.prisma(async (prisma) => {
      const data = { orgId, userId, role, createdAt: new Date(this.#now()) };
      await prisma.membership.create({ data }).catch((error: unknown) => {
        const violation = violationOf(error);
        if (violation === 'duplicate') {
          throw new AegisError('invalid-request', {
            detail: 'The user belongs to the organization already.',
            cause: error,
          });
        }
        throw violation ? new AegisError('not-found', { cause: error }) : error;
      });
    });
  }

  /** The organizations that a user may enter, by name: none while the user is disabled. A role that this version does not know gives no access, so such a membership is left out. */
  async membershipsOf(userId: string): Promise<readonly Membership[]> {
    if (!isId(userId)) {
      return [];
    }
    const rows = await this.#database.prisma((prisma) =>
      prisma.membership.findMany({
        where: { userId, user: { disabledAt: null } },
        select: { orgId: true, role: true, organization: { select: { name: true } } },
        orderBy: [{ organization: { name: 'asc' } }, { orgId: 'asc' }],
      }),
    );
    return rows.flatMap(({ orgId, role, organization }) =>
      isRole(role) ? [{ orgId: parseOrgId(orgId), name: organization.name, role }] : [],
    );
  }

  /** An organization's settings; undefined when there is none of that id. */
  async settings(orgId: OrgId): Promise<OrganizationSettings | undefined> {
    const row = await this.#database.prisma((prisma) => prisma.organization.findUnique({ where: { id: orgId } }));
    return row ? toSettings(orgId, row) : undefined;
  }
}

/** Writes an organization and its owner inside the caller's transaction. */
export async function insertOrganization(
  prisma: PrismaTransaction,
  nowMs: number,
  { name, ownerUserId }: NewOrganization,
): Promise<OrgId> {
  if (!isId(ownerUserId)) {
    throw new AegisError('not-found');
  }
  const id = newId(nowMs);
  const createdAt = new Date(nowMs);
  await prisma.organization.create({ data: { id, name: parseName(name), createdAt } });
  await prisma.membership
    .create({ data: { orgId: id, userId: ownerUserId, role: 'owner', createdAt } })
    .catch((error: unknown) => {
      throw violationOf(error) ? new AegisError('not-found', { cause: error }) : error;
    });
  return parseOrgId(id);
}

/** A name of a person, organization or key: trimmed, not empty, not endless, without control characters. */
export function parseName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > NAME_CHARS_MAX || CONTROL.test(trimmed)) {
    throw new AegisError('invalid-request', { detail: `A name has 1 to ${NAME_CHARS_MAX} printable characters.` });
  }
  return trimmed;
}

function toSettings(orgId: OrgId, row: OrganizationRow): OrganizationSettings {
  return {
    orgId,
    name: row.name,
    retentionDays: {
      logs: row.logsRetentionDays,
      metrics: row.metricsRetentionDays,
      traces: row.tracesRetentionDays,
      rum: row.rumRetentionDays,
      events: EVENTS_RETENTION_DAYS,
    },
    ratePerMin: row.ingestRatePerMin,
    activeSeriesMax: row.activeSeriesMax,
  };
}

function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text);
}
