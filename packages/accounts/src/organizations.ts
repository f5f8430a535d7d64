import { AegisError, type OrgId, parseOrgId, type RetentionSettings } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import { authorityOf, lockOrganization } from './authority.ts';
import { type Changes, notFound } from './changes.ts';
import { type Database, type PrismaTransaction, type ReadRows, rowsIn } from './database.ts';
import { violationOf } from './database-error.ts';
import type { Organization as OrganizationRow } from './generated/client.ts';
import { lockPerson } from './mfa/person-factors.ts';
import { isId, newId } from './new-id.ts';
import { newSlug } from './slug.ts';

/** An organization with what it has set, or the defaults. */
export interface OrganizationDetails {
  readonly orgId: OrgId;
  readonly name: string;
  /** What people type to sign in through the organization's identity provider. */
  readonly slug: string;
  readonly createdAt: Date;
  /** Days that each signal is kept. */
  readonly retentionDays: Readonly<RetentionSettings>;
  /** Ingest requests per minute; null means the installation's default, 0 no limit. */
  readonly ratePerMin: number | null;
  /** Time series that may be active at a time; null means the installation's default, 0 no limit. */
  readonly activeSeriesMax: number | null;
  /** Everybody needs a second factor. */
  readonly mfaRequired: boolean;
  readonly memberCount: number;
}

/** For how many days an organization wants its signals kept, and which other numbers of days its rules give some logs. */
export interface OrganizationRetention {
  readonly orgId: OrgId;
  readonly retentionDays: Readonly<RetentionSettings>;
  readonly logRuleDays: readonly number[];
}

/** Settings that are to change; what is undefined stays. */
export interface OrganizationChange {
  readonly name?: string | undefined;
  readonly slug?: string | undefined;
  readonly retentionDays?: { readonly [Signal in keyof RetentionSettings]?: number | undefined } | undefined;
  readonly ratePerMin?: number | null | undefined;
  readonly activeSeriesMax?: number | null | undefined;
  readonly mfaRequired?: boolean | undefined;
}

/** What a new organization is made from. */
export interface NewOrganization {
  readonly name: string;
  readonly ownerUserId: string;
}

/** All that a person belongs to is read with each of their sessions, and told what happens to their account. */
const PLACES_MAX = 100;
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

  /** Makes a further organization with its first owner; `not-found` when there is no such user, `invalid-request` for who belongs to too many. */
  create(by: Actor, organization: NewOrganization): Promise<OrgId> {
    return this.#database.transaction(async (prisma) => {
      await lockPerson(prisma, organization.ownerUserId);
      const places = await prisma.membership.count({ where: { userId: organization.ownerUserId } });
      if (by.kind === 'user' && places >= PLACES_MAX) {
        throw new AegisError('invalid-request', {
          detail: `Who belongs to ${PLACES_MAX} organizations cannot make another one.`,
          members: { limit: PLACES_MAX },
        });
      }
      return insertOrganization(prisma, this.#changes, this.#now(), by, organization);
    });
  }

  /** An organization; `not-found` when there is none of that id. */
  view(orgId: OrgId): Promise<OrganizationDetails> {
    return findDetails(this.#database.read, orgId);
  }

  /** How long every organization wants its signals kept. */
  async retentions(): Promise<readonly OrganizationRetention[]> {
    const rows = await this.#database.rows<RetentionColumns & { id: string; logRuleDays: number[] }>(
      RETENTIONS_SQL,
      [],
    );
    return rows.map((row) => ({
      orgId: parseOrgId(row.id),
      retentionDays: retentionOf(row),
      logRuleDays: row.logRuleDays,
    }));
  }

  /** Those that sample their traces. */
  async samplingTraces(): Promise<readonly OrgId[]> {
    const rows = await this.#database.rows<{ id: string }>(
      `SELECT id FROM organizations WHERE trace_sampling->>'enabled' = 'true' ORDER BY id`,
      [],
    );
    return rows.map(({ id }) => parseOrgId(id));
  }

  /** Changes settings, each by itself: of two changes at once none is lost. `already-exists` for a slug that another organization has. */
  update(orgId: OrgId, by: Actor, change: OrganizationChange): Promise<OrganizationDetails> {
    const wanted = columnsOf(change);
    return this.#changes.of(orgId, by, async (prisma) => {
      await lockOrganization(prisma, orgId);
      await authorityOf(prisma, orgId, by);
      const row: Columns = await prisma.organization.findUniqueOrThrow({ where: { id: orgId } });
      const changed = SETTINGS.filter((name) => wanted[name] !== undefined && wanted[name] !== row[name]);
      if (changed.length === 0) {
        return { result: await findDetails(rowsIn(prisma), orgId), change: null };
      }
      const data = only(changed, wanted);
      await prisma.organization.update({ where: { id: orgId }, data }).catch((error: unknown) => {
        throw violationOf(error) === 'duplicate' ? slugTaken(error) : error;
      });
      const result = await findDetails(rowsIn(prisma), orgId);
      const target = { kind: 'organization', id: orgId, name: result.name };
      return {
        result,
        change: { action: 'organization.update', target, before: only(changed, row), after: data },
      };
    });
  }
}

/** The settings as columns; the audit log calls them by these names, too. */
const SETTINGS = [
  'name',
  'slug',
  'logsRetentionDays',
  'metricsRetentionDays',
  'tracesRetentionDays',
  'rumRetentionDays',
  'ingestRatePerMin',
  'activeSeriesMax',
  'mfaRequired',
] as const satisfies readonly (keyof OrganizationRow)[];

type Columns = Pick<OrganizationRow, (typeof SETTINGS)[number]>;
type WantedColumns = { readonly [Name in keyof Columns]: Columns[Name] | undefined };

function columnsOf({ name, retentionDays, ratePerMin, ...same }: OrganizationChange): WantedColumns {
  return {
    name: name === undefined ? undefined : parseName(name),
    slug: same.slug,
    logsRetentionDays: retentionDays?.logs,
    metricsRetentionDays: retentionDays?.metrics,
    tracesRetentionDays: retentionDays?.traces,
    rumRetentionDays: retentionDays?.rum,
    ingestRatePerMin: ratePerMin,
    activeSeriesMax: same.activeSeriesMax,
    mfaRequired: same.mfaRequired,
  };
}

function only(names: readonly (keyof Columns)[], columns: WantedColumns): Partial<Columns> {
  return Object.fromEntries(names.map((name) => [name, columns[name]]));
}

function slugTaken(cause: unknown): AegisError {
  const message = 'Another organization has this short name.';
  return new AegisError('already-exists', {
    detail: message,
    cause,
    members: { errors: [{ path: '/slug', message }] },
  });
}

const DETAILS_SQL = `
  SELECT o.name, o.slug, o.created_at AS "createdAt", o.logs_retention_days AS "logsRetentionDays",
         o.metrics_retention_days AS "metricsRetentionDays", o.traces_retention_days AS "tracesRetentionDays",
         o.rum_retention_days AS "rumRetentionDays", o.ingest_rate_per_min AS "ratePerMin",
         o.active_series_max AS "activeSeriesMax", o.mfa_required AS "mfaRequired",
         (SELECT count(*)::int FROM public.memberships m WHERE m.org_id = o.id) AS "memberCount"
  FROM public.organizations o WHERE o.id = $1::uuid`;

const RETENTIONS_SQL = `
  SELECT o.id, o.logs_retention_days AS "logsRetentionDays", o.metrics_retention_days AS "metricsRetentionDays",
         o.traces_retention_days AS "tracesRetentionDays", o.rum_retention_days AS "rumRetentionDays",
         ARRAY(SELECT DISTINCT (rule->>'days')::int FROM jsonb_array_elements(o.log_pipelines->'retention') rule) AS "logRuleDays"
  FROM public.organizations o ORDER BY o.id`;

type DetailsRow = Omit<OrganizationDetails, 'orgId' | 'retentionDays'> & RetentionColumns;

async function findDetails(read: ReadRows, orgId: OrgId): Promise<OrganizationDetails> {
  const [row] = await read<DetailsRow>(DETAILS_SQL, [orgId], 'organization-details');
  if (row === undefined) {
    throw notFound('organization');
  }
  const { name, slug, createdAt, ratePerMin, activeSeriesMax, mfaRequired, memberCount } = row;
  const retentionDays = retentionOf(row);
  return { orgId, name, slug, createdAt, retentionDays, ratePerMin, activeSeriesMax, mfaRequired, memberCount };
}

type RetentionColumns = Pick<
  OrganizationRow,
  'logsRetentionDays' | 'metricsRetentionDays' | 'tracesRetentionDays' | 'rumRetentionDays'
>;

function retentionOf(row: RetentionColumns): RetentionSettings {
  return {
    logs: row.logsRetentionDays,
    metrics: row.metricsRetentionDays,
    traces: row.tracesRetentionDays,
    rum: row.rumRetentionDays,
  };
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
