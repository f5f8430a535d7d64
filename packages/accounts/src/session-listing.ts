import { AegisError, type AuthMethod } from '@aegisguard/model';
import type { Database } from './database.ts';
import type { Session as SessionRow } from './generated/client.ts';
import { isId } from './new-id.ts';
import { alive, belongingTo, type SessionOwner } from './session-life.ts';
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

/** The owner's sessions that go on. The cursor holds the place in the order, which a session leaves when it is used. */
export async function listSessions(
  database: Database,
  nowMs: number,
  owner: SessionOwner,
  { limit, cursor }: SessionListRequest,
): Promise<SessionListing> {
  const after = cursor === undefined ? undefined : await readCursor(database, owner, cursor);
  const rows = await database.prisma((prisma) =>
    prisma.session.findMany({
      where: { AND: [belongingTo(owner), alive(nowMs), after === undefined ? {} : behind(after)] },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    }),
  );
  const items = rows.slice(0, limit).map(toListed);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

function behind({ lastUsedAt, id }: Position) {
  return { OR: [{ lastUsedAt: { lt: lastUsedAt } }, { lastUsedAt, id: { lt: id } }] };
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

function toListed({ id, createdAt, lastUsedAt, expiresAt, ip, userAgent, methods, orgId }: SessionRow): ListedSession {
  return {
    id,
    createdAt,
    lastUsedAt,
    expiresAt,
    ip,
    userAgent,
    methods: methods.filter(isMethod),
    onlyOrganization: orgId,
  };
}
