import type { OrgId } from '@aegisguard/model';
import type { Database } from './database.ts';
import { ORDERED_CHARS, readNameCursor, writeNameCursor } from './name-cursor.ts';
import { isId } from './new-id.ts';

/** A person of an organization. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** A built-in role, or the id of a role of the organization's own. */
  readonly role: string;
  readonly roleName: string;
  readonly mfaEnabled: boolean;
  readonly joinedAt: Date;
  /** Of the latest session that is good for the organization. */
  readonly lastActiveAt: Date | null;
  readonly disabled: boolean;
}

/** Which people, by name. */
export interface MemberListRequest {
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  /** Looked for in names and addresses, whatever the case. */
  readonly q?: string | undefined;
}

/** $2: one person alone; $3: what is looked for; $4, $5: name and id of the last person of the page before. */
const LIST_SQL = `
  SELECT u.id, u.email, u.name, coalesce(m.role_id::text, m.role) AS role, coalesce(r.name, m.role) AS "roleName",
         EXISTS (SELECT FROM public.mfa_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "mfaEnabled",
         m.created_at AS "joinedAt", u.disabled_at IS NOT NULL AS disabled,
         (SELECT max(s.last_used_at) FROM public.sessions s
          WHERE s.user_id = u.id AND (s.org_id IS NULL OR s.org_id = m.org_id)) AS "lastActiveAt"
  FROM public.memberships m
  JOIN public.users u ON u.id = m.user_id
  LEFT JOIN public.org_roles r ON r.org_id = m.org_id AND r.id = m.role_id
  WHERE m.org_id = $1
    AND ($2::uuid IS NULL OR m.user_id = $2)
    AND ($3::text IS NULL OR strpos(lower(u.name), lower($3)) > 0 OR strpos(u.email, lower($3)) > 0)
    AND ($4::text IS NULL OR (lower(left(u.name, ${ORDERED_CHARS})), u.id) > (lower($4), $5::uuid))
  ORDER BY lower(left(u.name, ${ORDERED_CHARS})), u.id LIMIT $6`;

/** A page of people. */
export async function listMembers(database: Database, orgId: OrgId, { limit, cursor, q }: MemberListRequest) {
  const last = cursor === undefined ? undefined : readNameCursor(cursor);
  const values = [orgId, null, q?.replaceAll('\0', '') ?? null, last?.name ?? null, last?.id ?? null, limit + 1];
  const rows = await database.rows<Member>(LIST_SQL, values, 'members');
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? writeNameCursor(items.at(-1)) : null };
}

/** One person; undefined when they do not belong to the organization. */
export async function findMember(database: Database, orgId: OrgId, userId: string): Promise<Member | undefined> {
  return isId(userId)
    ? (await database.rows<Member>(LIST_SQL, [orgId, userId, null, null, null, 1], 'members'))[0]
    : undefined;
}
