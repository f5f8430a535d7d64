import { AegisError, type QueryBounds } from '@aegisguard/model';
import type { FastifyReply } from 'fastify';
import type { SelfMetrics } from '../platform/self-metrics.ts';

/** Past it a query is answered 504. */
const QUERY_TIMEOUT_MS = 30_000;

/** Runs a query within its bounds: it ends when its time is up or its client goes. */
export class QueryRunner {
  constructor(private readonly metrics: SelfMetrics) {}

  async run<Answer>(
    endpoint: string,
    reply: FastifyReply,
    query: (bounds: QueryBounds) => Promise<Answer>,
  ): Promise<Answer> {
    const gone = new AbortController();
    const onClose = (): void => {
      if (!reply.raw.writableFinished) {
        gone.abort(new AegisError('query-cancelled'));
      }
    };
    reply.raw.once('close', onClose);
    const stop = this.metrics.querySeconds.startTimer({ endpoint });
    try {
      const answer = await query({ signal: gone.signal, timeoutMs: QUERY_TIMEOUT_MS });
      stop({ outcome: 'ok' });
      return answer;
    } catch (error) {
      stop({ outcome: error instanceof AegisError ? error.code : 'internal' });
      throw error;
    } finally {
      reply.raw.off('close', onClose);
    }
  }
}
