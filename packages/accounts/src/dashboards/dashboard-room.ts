import { AegisError, type OrgId } from '@aegisguard/model';
import type { PrismaTransaction } from '../database.ts';

/** Of an organization. */
const DASHBOARDS_MAX = 1000;
/** Of a dashboard, the present one among them; the oldest go. */
const VERSIONS_MAX = 50;
/** Bytes that the versions of a dashboard take, as PostgreSQL compresses them: a fifth of their JSON or less. The oldest go. */
const VERSION_BYTES_MAX = 10_000_000;
/** Bytes that all versions of an organization's dashboards take, likewise. */
const STORED_BYTES_MAX = 100_000_000;

/** Throws `invalid-request` when an organization has as many dashboards as it may. Under a lock of the organization's row, so that nobody else makes one meanwhile. */
export async function demandPlace(prisma: PrismaTransaction, orgId: OrgId): Promise<void> {
  if ((await prisma.dashboard.count({ where: { orgId } })) >= DASHBOARDS_MAX) {
    const detail = `An organization has at most ${DASHBOARDS_MAX} dashboards: delete one first.`;
    throw new AegisError('invalid-request', { detail, members: { limit: DASHBOARDS_MAX } });
  }
}

/** Deletes the versions of a dashboard that are too many or too much; never the present one. */
export async function dropOldVersions(prisma: PrismaTransaction, id: string): Promise<void> {
  await prisma.$executeRaw`
    DELETE FROM public.dashboard_versions v USING (
      SELECT version, row_number() OVER newest AS place, sum(pg_column_size(content)) OVER newest AS bytes
      FROM public.dashboard_versions WHERE dashboard_id = ${id}::uuid WINDOW newest AS (ORDER BY version DESC)
    ) k
    WHERE v.dashboard_id = ${id}::uuid AND v.version = k.version
      AND (k.place > ${VERSIONS_MAX} OR (k.place > 1 AND k.bytes > ${VERSION_BYTES_MAX}))`;
}

/** Throws `invalid-request` when what was just saved is more than an organization may keep. Two who save at once may both be let in; the next one is not. */
export async function demandBytes(prisma: PrismaTransaction, orgId: OrgId): Promise<void> {
  const [row] = await prisma.$queryRaw<{ bytes: number }[]>`
    SELECT coalesce(sum(pg_column_size(v.content)), 0)::float8 AS bytes
    FROM public.dashboards d JOIN public.dashboard_versions v ON v.dashboard_id = d.id WHERE d.org_id = ${orgId}::uuid`;
  if ((row?.bytes ?? 0) > STORED_BYTES_MAX) {
    throw new AegisError('invalid-request', {
      detail: `The organization's dashboards with their versions take more than ${STORED_BYTES_MAX} bytes: delete some that nobody needs.`,
      members: { limit: STORED_BYTES_MAX },
    });
  }
}
