import { AegisError, type OrgId } from '@aegisguard/model';
import type { Database } from '../database.ts';
import { ORDERED_CHARS, readNameCursor, writeNameCursor } from '../name-cursor.ts';
import { findDashboard, type ListedDashboard, type StoredVersion } from './dashboard-row.ts';

/** A page of a list. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** A part of a list. */
export interface ListPart {
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** Which dashboards, by title. */
export interface DashboardListRequest extends ListPart {
  /** Looked for in titles and tags, whatever the case. */
  readonly q?: string | undefined;
  readonly tag?: string | undefined;
}

/** $2: what is looked for; $3: a tag; $4, $5: title and id of the last one of the page before. */
const LIST_SQL = `
  SELECT d.id, d.title, d.description, d.tags, d.version, d.created_at AS "createdAt", v.panel_count AS "panelCount",
         v.saved_at AS "updatedAt", u.name AS "updatedByName"
  FROM public.dashboards d
  JOIN public.dashboard_versions v ON v.dashboard_id = d.id AND v.version = d.version
  LEFT JOIN public.users u ON u.id = v.saved_by
  WHERE d.org_id = $1
    AND ($2::text IS NULL OR strpos(lower(d.title), lower($2)) > 0
         OR EXISTS (SELECT FROM unnest(d.tags) AS t(tag) WHERE strpos(lower(t.tag), lower($2)) > 0))
    AND ($3::text IS NULL OR $3 = ANY (d.tags))
    AND ($4::text IS NULL OR (lower(left(d.title, ${ORDERED_CHARS})), d.id) > (lower($4), $5::uuid))
  ORDER BY lower(left(d.title, ${ORDERED_CHARS})), d.id LIMIT $6`;

/** A page of dashboards. */
export async function listDashboards(
  database: Database,
  orgId: OrgId,
  { limit, cursor, q, tag }: DashboardListRequest,
): Promise<ListPage<ListedDashboard>> {
  const last = cursor === undefined ? undefined : readNameCursor(cursor);
  const texts = [q, tag].map((text) => text?.replaceAll('\0', '') ?? null);
  const values = [orgId, ...texts, last?.name ?? null, last?.id ?? null, limit + 1];
  const rows = await database.rows<ListedDashboard>(LIST_SQL, values, 'dashboards');
  const items = rows.slice(0, limit);
  const end = items.at(-1);
  return { items, nextCursor: rows.length > limit && end ? writeNameCursor({ id: end.id, name: end.title }) : null };
}

/** $2: the version that the page before ended with. */
const VERSIONS_SQL = `
  SELECT v.version, v.saved_at AS "savedAt", u.name AS "savedByName", v.message, v.title, v.panel_count AS "panelCount"
  FROM public.dashboard_versions v LEFT JOIN public.users u ON u.id = v.saved_by
  WHERE v.dashboard_id = $1 AND ($2::int IS NULL OR v.version < $2)
  ORDER BY v.version DESC LIMIT $3`;

/** A page of a dashboard's versions, the present one first. */
export async function listVersions(
  database: Database,
  orgId: OrgId,
  id: string,
  { limit, cursor }: ListPart,
): Promise<ListPage<StoredVersion>> {
  const before = cursor === undefined ? null : readVersionCursor(cursor);
  await findDashboard(database.read, orgId, id);
  const rows = await database.rows<StoredVersion>(VERSIONS_SQL, [id, before, limit + 1], 'dashboard-versions');
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.version) : null };
}

function readVersionCursor(cursor: string): number {
  if (!/^[1-9]\d{0,8}$/.test(cursor)) {
    throw new AegisError('invalid-cursor');
  }
  return Number(cursor);
}
