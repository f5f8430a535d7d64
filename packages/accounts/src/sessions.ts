import { type AuthMethod, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Actor } from './actor.ts';
import type { Change } from './audit/audit-trail.ts';
import type { Facts } from './audit/storable-facts.ts';
import { type Changes, notFound } from './changes.ts';
import type { Database, PrismaTransaction } from './database.ts';
import { type Membership, type MembershipRow, membershipOf } from './membership.ts';
import { isId, newId } from './new-id.ts';
import type { RefreshTokens } from './refresh-token.ts';
import { alive, belongingTo, type EndReason, SESSION_LIFE_MS, type SessionOwner } from './session-life.ts';
import { listSessions, type SessionListing, type SessionListRequest } from './session-listing.ts';
import { isMethod } from './session-methods.ts';
import { type Device, type Rotation, rotateSession } from './session-rotation.ts';

/** What a new session is made from. */
export interface NewSession extends Device {
  readonly userId: string;
  readonly methods: readonly AuthMethod[];
  /** Came in through this organization's identity provider: good for it alone. */
  readonly orgId?: OrgId | undefined;
}

/** Who a session is, and what they may do, as of one moment. */
export interface SessionAccess {
  readonly sessionId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly methods: readonly AuthMethod[];
  /** Set: good for this organization alone. */
  readonly onlyOrganization: OrgId | null;
  /** The person has a second factor, whether or not this session used it. */
  readonly mfaEnabled: boolean;
  readonly memberships: readonly Membership[];
}

/** What a new session must be shown to be known: the addresses that the person's sessions on such a device were used from. */
const PLACES_SQL = `
  SELECT s.ip, s.fingerprint = $3 AS same_device FROM public.sessions s
  WHERE s.user_id = $1 AND s.id <> $2 GROUP BY 1, 2`;

/** One statement and no Prisma: this lies on the path of every request whose session is not cached. $2 is now. */
const ACCESS_SQL = `
  SELECT s.user_id, s.org_id, s.methods, u.email, u.name,
         EXISTS (SELECT FROM public.mfa_factors f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS mfa_enabled,
         (SELECT coalesce(json_agg(json_build_object(
                   'orgId', m.org_id, 'name', o.name, 'role', m.role, 'roleId', m.role_id,
                   'roleName', r.name, 'permissions', r.permissions, 'mfaRequired', o.mfa_required)
                   ORDER BY o.name, o.id), '[]')
          FROM public.memberships m
          JOIN public.organizations o ON o.id = m.org_id
          LEFT JOIN public.org_roles r ON r.org_id = m.org_id AND r.id = m.role_id
          WHERE m.user_id = s.user_id AND (s.org_id IS NULL OR s.org_id = m.org_id)) AS memberships
  FROM public.sessions s JOIN public.users u ON u.id = s.user_id
  WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.disabled_at IS NULL`;

interface AccessRow {
  readonly user_id: string;
  readonly org_id: string | null;
  readonly methods: readonly string[];
  readonly email: string;
  readonly name: string;
  readonly mfa_enabled: boolean;
  readonly memberships: readonly MembershipRow[];
}

/** Logins on devices: each is the family of its refresh tokens, of which only the latest is good. */
export class Sessions {
  readonly #database: Database;
  readonly #changes: Changes;
  readonly #tokens: RefreshTokens;
  readonly #now: () => number;

  constructor(database: Database, changes: Changes, tokens: RefreshTokens, now: () => number) {
    this.#database = database;
    this.#changes = changes;
    this.#tokens = tokens;
    this.#now = now;
  }

  /** Begins a session; its id. */
  async create({ orgId, methods, fingerprint, ...session }: NewSession): Promise<string> {
    const nowMs = this.#now();
    const at = new Date(nowMs);
    const id = newId(nowMs);
    const data = {
      ...session,
      id,
      orgId: orgId ?? null,
      methods: [...methods],
      fingerprint: Uint8Array.from(fingerprint),
      createdAt: at,
      lastUsedAt: at,
      expiresAt: new Date(nowMs + SESSION_LIFE_MS),
    };
    await this.#database.prisma((prisma) => prisma.session.create({ data }));
    return id;
  }

  /** Notes that the session's person has shown another factor since it began. */
  async addMethod(sessionId: string, method: AuthMethod): Promise<void> {
    await this.#database.prisma((prisma) =>
      prisma.session.updateMany({
        where: { id: sessionId, NOT: { methods: { has: method } } },
        data: { methods: { push: method } },
      }),
    );
  }

  /** Who the session is; undefined when it has ended, is unknown, or its person may not sign in. */
  async access(sessionId: string): Promise<SessionAccess | undefined> {
    if (!isId(sessionId)) {
      return undefined;
    }
    const values = [sessionId, new Date(this.#now())];
    const [row] = await this.#database.rows<AccessRow>(ACCESS_SQL, values, 'session-access');
    return row === undefined ? undefined : toAccess(sessionId, row);
  }

  /** The refresh token of a session that was just begun. */
  firstRefreshToken(sessionId: string): string {
    return this.#tokens.make({ sessionId, generation: 0 });
  }

  /** Exchanges a refresh token for the next one; see `Rotation`. */
  rotate(refreshToken: string, device: Device): Promise<Rotation> {
    return rotateSession(this.#database, this.#tokens, this.#now(), refreshToken, device);
  }

  /** The session that a refresh token was made for, whether or not it goes on; undefined for a text that is none. */
  sessionOfToken(refreshToken: string): string | undefined {
    return this.#tokens.read(refreshToken)?.sessionId;
  }

  /** The addresses of the person's other sessions, with whether their device was the same one. */
  async places(userId: string, sessionId: string, fingerprint: Uint8Array): Promise<readonly SessionPlace[]> {
    const values = [userId, sessionId, Buffer.from(fingerprint)];
    const rows = await this.#database.rows<{ ip: string | null; same_device: boolean }>(PLACES_SQL, values);
    return rows.map(({ ip, same_device }) => ({ ip, isSameDevice: same_device }));
  }

  /** The owner's sessions that go on, latest used first. */
  list(owner: SessionOwner, request: SessionListRequest): Promise<SessionListing> {
    return listSessions(this.#database, this.#now(), owner, request);
  }

  /** Signs out: ends one session, whoever's it is. False when it was over. */
  async end(sessionId: string): Promise<boolean> {
    const nowMs = this.#now();
    const data = { revokedAt: new Date(nowMs), revokedReason: 'signed-out' satisfies EndReason };
    const where = { id: sessionId, ...alive(nowMs) };
    return (await this.#database.prisma((prisma) => prisma.session.updateMany({ where, data }))).count > 0;
  }

  /** Ends one of the owner's sessions; `not-found` when none of that id goes on. */
  async revoke(owner: SessionOwner, by: Actor, sessionId: string): Promise<void> {
    await this.#changes.ofPerson(owner.userId, by, async (prisma) => {
      const ended = isId(sessionId) ? await endSessions(prisma, this.#now(), owner, 'revoked', { id: sessionId }) : 0;
      if (ended === 0) {
        throw notFound('session');
      }
      return { result: undefined, change: sessionsChange(owner.userId, by, { session: sessionId }) };
    });
  }

  /** Ends all of the owner's sessions but one; how many. */
  revokeOthers(owner: SessionOwner, by: Actor, keep: string): Promise<number> {
    return this.#changes.ofPerson(owner.userId, by, async (prisma) => {
      const ended = await endSessions(prisma, this.#now(), owner, 'revoked', { id: { not: keep } });
      const change = ended === 0 ? null : sessionsChange(owner.userId, by, { ended });
      return { result: ended, change };
    });
  }
}

/** Where one of a person's sessions was used. */
export interface SessionPlace {
  readonly ip: string | null;
  readonly isSameDevice: boolean;
}

/** Ends the owner's sessions that go on, inside the caller's transaction; how many. */
export async function endSessions(
  prisma: PrismaTransaction,
  nowMs: number,
  owner: SessionOwner,
  reason: EndReason,
  which: { readonly id?: string | { readonly not: string } } = {},
): Promise<number> {
  const data = { revokedAt: new Date(nowMs), revokedReason: reason };
  const where = { AND: [belongingTo(owner), alive(nowMs), which] };
  return (await prisma.session.updateMany({ where, data })).count;
}

function sessionsChange(userId: string, by: Actor, after: Facts): Change {
  return { action: 'user.sessions', target: { kind: 'user', id: userId, name: by.name }, after };
}

function toAccess(sessionId: string, row: AccessRow): SessionAccess {
  return {
    sessionId,
    userId: row.user_id,
    email: row.email,
    name: row.name,
    methods: row.methods.filter(isMethod),
    onlyOrganization: row.org_id === null ? null : parseOrgId(row.org_id),
    mfaEnabled: row.mfa_enabled,
    memberships: row.memberships.flatMap(membershipOf),
  };
}
