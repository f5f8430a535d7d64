import type { Database } from './database.ts';
import type { RefreshTokens } from './refresh-token.ts';
import { SESSION_IDLE_MS } from './session-life.ts';

/** The device that a refresh comes from. */
export interface Device {
  /** SHA-256 of what stays the same about a browser over its updates. */
  readonly fingerprint: Uint8Array;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/**
 * What became of a refresh. `reused`: the token had been used before, and its session was revoked for it; `device-changed`: it came from another device, likewise; `unknown`: no such token, or the session is
 * over. Each session is told `reused` or `device-changed` once, to whoever ended it.
 */
export type Rotation =
  | { readonly outcome: 'rotated'; readonly sessionId: string; readonly refreshToken: string }
  | { readonly outcome: 'reused' | 'device-changed'; readonly sessionId: string; readonly userId: string }
  | { readonly outcome: 'unknown' };

const ALIVE = 'revoked_at IS NULL AND expires_at > $3 AND last_used_at > $4';

/** Of two at once one raises the generation; the other waits for the row and no longer finds its own. */
const ROTATE_SQL = `
  UPDATE public.sessions SET generation = generation + 1, last_used_at = $3, ip = $6, user_agent = $7
  WHERE id = $1 AND generation = $2 AND fingerprint = $5 AND ${ALIVE}
  RETURNING id`;

/** A generation that was not reached yet says that the database is an older copy: nobody has stolen anything. */
const END_SQL = `
  UPDATE public.sessions
  SET revoked_at = $3, revoked_reason = CASE WHEN generation > $2 THEN 'refresh-reused' ELSE 'device-changed' END
  WHERE id = $1 AND ${ALIVE} AND (generation > $2 OR (generation = $2 AND fingerprint <> $5))
  RETURNING user_id, revoked_reason`;

/** Exchanges a refresh token for the next one of its session. Without trouble that is one statement. */
export async function rotateSession(
  database: Database,
  tokens: RefreshTokens,
  nowMs: number,
  token: string,
  { fingerprint, ip, userAgent }: Device,
): Promise<Rotation> {
  const claim = tokens.read(token);
  if (claim === undefined) {
    return { outcome: 'unknown' };
  }
  const { sessionId, generation } = claim;
  const now = new Date(nowMs);
  const values = [sessionId, generation, now, new Date(nowMs - SESSION_IDLE_MS), Buffer.from(fingerprint)];
  const rotated = await database.rows(ROTATE_SQL, [...values, ip, userAgent], 'session-rotate');
  if (rotated.length > 0) {
    return { outcome: 'rotated', sessionId, refreshToken: tokens.make({ sessionId, generation: generation + 1 }) };
  }
  const [ended] = await database.rows<{ user_id: string; revoked_reason: string }>(END_SQL, values);
  if (ended === undefined) {
    return { outcome: 'unknown' };
  }
  const outcome = ended.revoked_reason === 'refresh-reused' ? 'reused' : 'device-changed';
  return { outcome, sessionId, userId: ended.user_id };
}
