import type { OrgId } from '@aegisguard/model';
import { ExpiringCache } from '../platform/expiring-cache.ts';

/** A deletion must hold within 5 seconds in every process. */
const FRESH_MS = 4_000;
const ORGANIZATIONS_MAX = 10_000;

/**
 * Which organizations are deleted, as the worker asks with each batch. It is asked for what says so, not for a row that is missing: a database that was restored to an earlier day must not make telemetry be thrown away.
 * What cannot be known throws, and the batch waits.
 */
export class ErasedOrganizations {
  private readonly answers: ExpiringCache<boolean>;

  constructor(
    private readonly lookUp: (orgId: OrgId) => Promise<boolean>,
    /** Monotonic ms. */
    nowMs: () => number,
  ) {
    this.answers = new ExpiringCache(FRESH_MS, ORGANIZATIONS_MAX, nowMs);
  }

  /** Whether the organization was deleted, as of at most 4 seconds ago. */
  has(orgId: OrgId): Promise<boolean> {
    return this.answers.get(orgId, () => this.lookUp(orgId));
  }
}
