import { AUTH_METHODS, type AuthMethod, type OrgId, parseOrgId } from '@aegisguard/model';
import type { Database } from './database.ts';
import { type Membership, type MembershipRow, membershipOf } from './membership.ts';
import { isId, newId } from './new-id.ts';

/** What a new session is made from. */
export interface NewSession {
  readonly userId: string;
  readonly methods: readonly AuthMethod[];
  /** Came in through this organization's identity provider: good for it alone. */
  readonly orgId?: OrgId | undefined;
  readonly fingerprint: Uint8Array;
  readonly ip: string | null;
  readonly userAgent: string | null;
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

/** A session ends this long after it began, however much it is used. */
export const SESSION_LIFE_MS = 30 * 24 * 3_600_000;

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

/** Logins on devices. */
export class Sessions {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
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

function isMethod(text: string): text is AuthMethod {
  return AUTH_METHODS.some((method) => method === text);
}
