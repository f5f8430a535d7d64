import { AegisError, DashboardContent, type OrgId } from '@aegisguard/model';
import { notFound } from '../changes.ts';
import type { ReadRows } from '../database.ts';
import { isId } from '../new-id.ts';

/** A dashboard without what is in it. */
export interface ListedDashboard {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly version: number;
  readonly panelCount: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Who changed it last; null when they are gone, and when it was no person. */
  readonly updatedByName: string | null;
}

/** A dashboard, whole. */
export interface StoredDashboard
  extends Pick<ListedDashboard, 'id' | 'version' | 'createdAt' | 'updatedAt' | 'updatedByName'> {
  readonly content: DashboardContent;
}

/** A state of a dashboard, without what was in it. */
export interface StoredVersion {
  readonly version: number;
  readonly savedAt: Date;
  readonly savedByName: string | null;
  readonly message: string;
  readonly title: string;
  readonly panelCount: number;
}

const FIND_SQL = `
  SELECT d.id, d.version, d.created_at AS "createdAt", v.saved_at AS "updatedAt", u.name AS "updatedByName", v.content
  FROM public.dashboards d
  JOIN public.dashboard_versions v ON v.dashboard_id = d.id AND v.version = d.version
  LEFT JOIN public.users u ON u.id = v.saved_by
  WHERE d.org_id = $1::uuid AND d.id = $2::uuid`;

/** A dashboard of the organization; `not-found` when there is none of that id. */
export async function findDashboard(read: ReadRows, orgId: OrgId, id: string): Promise<StoredDashboard> {
  const [row] = isId(id) ? await read<StoredDashboard>(FIND_SQL, [orgId, id], 'dashboard') : [];
  if (row === undefined) {
    throw notFound('dashboard');
  }
  return { ...row, content: readContent(row.content, id) };
}

const FIND_VERSION_SQL = `
  SELECT v.content FROM public.dashboards d JOIN public.dashboard_versions v ON v.dashboard_id = d.id
  WHERE d.org_id = $1::uuid AND d.id = $2::uuid AND v.version = $3::int`;

/** The largest value of a column of versions. */
const VERSION_MAX = 2 ** 31 - 1;

/** What was in a version; `not-found` for one that is not kept any more, too. */
export async function findVersion(
  read: ReadRows,
  orgId: OrgId,
  id: string,
  version: number,
): Promise<DashboardContent> {
  const values = [orgId, id, version];
  const isPossible = isId(id) && version <= VERSION_MAX;
  const [row] = isPossible ? await read<{ content: unknown }>(FIND_VERSION_SQL, values, 'dashboard-version') : [];
  if (row === undefined) {
    throw notFound('version of a dashboard');
  }
  return readContent(row.content, id);
}

/** What a newer version of the product has added is left out; what this one cannot read at all is our failure, not the client's. */
function readContent(stored: unknown, id: string): DashboardContent {
  const parsed = DashboardContent.safeParse(stored);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new AegisError('internal', {
      internal: `the dashboard ${id} is not in a form that this version can read (at ${where})`,
    });
  }
  return parsed.data;
}
