import type { Accounts, SessionAccess } from '@aegisguard/accounts';
import { AegisError } from '@aegisguard/model';
import { ExpiringCache } from './expiring-cache.ts';

/** What a session may do may be this stale, so that a revoked session, a removed member and a changed role count within 5 seconds in every process. */
const ACCESS_TTL_MS = 4000;
const SESSIONS_MAX = 20_000;

/** Sessions and what they may do, cached. */
export class AccessDirectory {
  private readonly known = new ExpiringCache<SessionAccess | undefined>(ACCESS_TTL_MS, SESSIONS_MAX);

  constructor(private readonly accounts: Accounts) {}

  /** Undefined for a session that has ended or that nobody has. */
  find(sessionId: string): Promise<SessionAccess | undefined> {
    return this.known.get(sessionId, () => this.accounts.sessions.access(sessionId));
  }

  /** The session of a caller; `unauthorized` when it has ended. */
  async demand(sessionId: string | undefined): Promise<SessionAccess> {
    const session = sessionId === undefined ? undefined : await this.find(sessionId);
    if (session === undefined) {
      throw new AegisError('unauthorized', { detail: 'The session has ended.' });
    }
    return session;
  }

  /** A change that only this session shows counts at once; nobody can keep the others from being remembered by making it again and again. */
  forget(sessionId: string): void {
    this.known.delete(sessionId);
  }

  /** What this process changes itself counts at once: everything is looked up again. */
  forgetAll(): void {
    this.known.clear();
  }
}
