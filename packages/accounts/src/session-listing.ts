import { AegisError, type AuthMethod } from '@aegisguard/model';
import type { Database } from './database.ts';
import { isId } from './new-id.ts';
import { belongingTo, SESSION_IDLE_MS, type SessionOwner } from './session-life.ts';
import { isMethod } from './session-methods.ts';

/** A session as its owner sees it. */
export interface ListedSession {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly methods: readonly AuthMethod[];
  readonly onlyOrganization: string | null;
}

/** Which page of sessions. */
export interface SessionListRequest {
  readonly limit: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A page of sessions, latest used first. */
export interface SessionListing {
  readonly items: readonly ListedSession[];
  readonly nextCursor: string | null;
}

interface Position {
  readonly lastUsedAt: Date;
  readonly id: string;
}

type ListedRow = Omit<ListedSession, 'methods'> & { readonly methods: readonly string[] };

/** $5, $6: the place of the last session of the page before. */
const LIST_SQL = `
  SELECT id, created_at AS "createdAt", last_used_at AS "lastUsedAt", expires_at AS "expiresAt", ip,
         user_agent AS "userAgent", methods, org_id AS "onlyOrganization"
  FROM public.sessions
  WHERE user_id = $1 AND ($2::uuid IS NULL OR org_id = $2)
    AND revoked_at IS NULL AND expires_at > $3 AND last_used_at > $4
    AND ($5::timestamptz IS NULL OR (last_used_at, id) < ($5, $6::uuid))
  ORDER BY last_used_at DESC, id DESC LIMIT $7`;

/** The owner's sessions that go on. The cursor holds the place in the order, which a session leaves when it is used. */
export async function listSessions(
  database: Database,
  nowMs: number,
  owner: SessionOwner,
  { limit, cursor }: SessionListRequest,
): Promise<SessionListing> {
  const after = cursor === undefined ? undefined : await readCursor(database, owner, cursor);
  const { userId, onlyOrganization } = owner;
  const goesOn = [new Date(nowMs), new Date(nowMs - SESSION_IDLE_MS)];
  const values = [userId, onlyOrganization, ...goesOn, after?.lastUsedAt ?? null, after?.id ?? null, limit + 1];
  const rows = await database.rows<ListedRow>(LIST_SQL, values, 'sessions');
  const items = rows.slice(0, limit).map(toListed);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

function cursorOf({ lastUsedAt, id }: Position): string {
  return `${lastUsedAt.getTime()}.${id}`;
}

async function readCursor(database: Database, owner: SessionOwner, cursor: string): Promise<Position> {
  const { ms, id = '' } = /^(?<ms>\d{1,15})\.(?<id>.+)$/.exec(cursor)?.groups ?? {};
  const isOwn =
    isId(id) && (await database.prisma((prisma) => prisma.session.count({ where: { ...belongingTo(owner), id } }))) > 0;
  if (!isOwn) {
    throw new AegisError('invalid-cursor');
  }
  return { lastUsedAt: new Date(Number(ms)), id };
}

function toListed(row: ListedRow): ListedSession {
  return { ...row, methods: row.methods.filter(isMethod) };
}
