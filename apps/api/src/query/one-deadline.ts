import { AegisError, type QueryBounds } from '@aegisguard/model';

/** Bounds for each of several questions that one request asks, one after the other: together they have the request's time. Throws `query-timeout` when it is over. */
export function oneDeadline({ signal, timeoutMs }: QueryBounds): () => QueryBounds {
  const endMs = performance.now() + timeoutMs;
  return () => {
    const leftMs = endMs - performance.now();
    if (leftMs <= 0) {
      throw new AegisError('query-timeout');
    }
    return { signal, timeoutMs: leftMs };
  };
}
