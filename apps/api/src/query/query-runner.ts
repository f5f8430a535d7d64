import { AegisError, type OrgId, type QueryBounds } from '@aegisguard/model';
import type { FastifyReply } from 'fastify';
import type { SelfMetrics } from '../platform/self-metrics.ts';

/** Past it a query is answered 504. */
const QUERY_TIMEOUT_MS = 30_000;
/** Queries of one organization at a time (contract §6, "Rate limits"): one organization's dashboards must not take every lane of the store. */
const RUNNING_PER_ORG_MAX = 20;

/** The one that all routes share: it counts an organization's queries. Runs a query within its bounds: it ends when its time is up or its client goes. Throws `rate-limited` when too many of the organization's are running. */
export class QueryRunner {
  private readonly running = new Map<OrgId, number>();

  constructor(private readonly metrics: SelfMetrics) {}

  async run<Answer>(
    orgId: OrgId,
    endpoint: string,
    reply: FastifyReply,
    query: (bounds: QueryBounds) => Promise<Answer>,
    /** What the client wants; never more than any query has. */
    wantedTimeoutMs = QUERY_TIMEOUT_MS,
  ): Promise<Answer> {
    this.enter(orgId);
    const gone = new AbortController();
    const onClose = (): void => {
      if (!reply.raw.writableFinished) {
        gone.abort(new AegisError('query-cancelled'));
      }
    };
    reply.raw.once('close', onClose);
    if (reply.raw.destroyed) {
      onClose();
    }
    const stop = this.metrics.querySeconds.startTimer({ endpoint });
    try {
      const answer = await query({
        signal: gone.signal,
        timeoutMs: Math.min(Math.max(wantedTimeoutMs, 0), QUERY_TIMEOUT_MS),
      });
      stop({ outcome: 'ok' });
      return answer;
    } catch (error) {
      stop({ outcome: error instanceof AegisError ? error.code : 'internal' });
      throw error;
    } finally {
      reply.raw.off('close', onClose);
      this.leave(orgId);
    }
  }

  private enter(orgId: OrgId): void {
    const count = this.running.get(orgId) ?? 0;
    if (count >= RUNNING_PER_ORG_MAX) {
      throw new AegisError('rate-limited', {
        detail: `An organization may run ${RUNNING_PER_ORG_MAX} queries at a time.`,
        members: { limit: RUNNING_PER_ORG_MAX },
        retryAfterSeconds: 1,
      });
    }
    this.running.set(orgId, count + 1);
  }

  private leave(orgId: OrgId): void {
    const count = (this.running.get(orgId) ?? 1) - 1;
    if (count === 0) {
      this.running.delete(orgId);
    } else {
      this.running.set(orgId, count);
    }
  }
}
