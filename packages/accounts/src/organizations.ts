import { AegisError, EVENTS_RETENTION_DAYS, type OrgId, parseOrgId, type Signal } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Changes } from './changes.ts';
import type { Database, PrismaTransaction } from './database.ts';
import { violationOf } from './database-error.ts';
import type { Organization as OrganizationRow } from './generated/client.ts';
import { isId, newId } from './new-id.ts';
import { newSlug } from './slug.ts';

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

/** Organizations and their settings. */
export class Organizations {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#now = now;
  }

  /** Makes an organization with its first owner; `not-found` when there is no such user. */
  create(by: Actor, organization: NewOrganization): Promise<OrgId> {
    return this.#database.transaction((prisma) =>
      insertOrganization(prisma, this.#changes, this.#now(), by, organization),
    );
  }

  /** An organization's settings; undefined when there is none of that id. */
  async settings(orgId: OrgId): Promise<OrganizationSettings | undefined> {
    const row = await this.#database.prisma((prisma) => prisma.organization.findUnique({ where: { id: orgId } }));
    return row ? toSettings(orgId, row) : undefined;
  }
}

/** Writes an organization and its owner inside the caller's transaction, and the first entry of its audit log. */
export async function insertOrganization(
  prisma: PrismaTransaction,
  changes: Changes,
  nowMs: number,
  by: Actor,
  { name: wanted, ownerUserId }: NewOrganization,
): Promise<OrgId> {
  if (!isId(ownerUserId)) {
    throw new AegisError('not-found');
  }
  const id = newId(nowMs);
  const orgId = parseOrgId(id);
  const createdAt = new Date(nowMs);
  const name = parseName(wanted);
  await prisma.organization.create({ data: { id, name, slug: newSlug(name), createdAt } });
  await prisma.membership
    .create({ data: { orgId: id, userId: ownerUserId, role: 'owner', createdAt } })
    .catch((error: unknown) => {
      throw violationOf(error) ? new AegisError('not-found', { cause: error }) : error;
    });
  const target = { kind: 'organization', id, name };
  await changes.append(prisma, orgId, by, {
    action: 'organization.create',
    target,
    after: { name, owner: ownerUserId },
  });
  return orgId;
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
