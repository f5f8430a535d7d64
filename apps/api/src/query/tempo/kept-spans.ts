import type { StoredSpan } from '@aegisguard/model';

/** Spans by their ids, and, where a tree is wanted, those above them. In the order of the trace. */
export function keptSpans(
  spans: readonly StoredSpan[],
  ids: ReadonlySet<string>,
  hasHierarchy: boolean,
): readonly StoredSpan[] {
  const parents = new Map(spans.map(({ spanId, parentSpanId }) => [spanId, parentSpanId]));
  const kept = new Set<string>();
  for (const id of ids) {
    // Stops where another walk was, and so in circles, too.
    for (let at: string | undefined = id; at !== undefined && !kept.has(at); at = parents.get(at)) {
      kept.add(at);
      if (!hasHierarchy) {
        break;
      }
    }
  }
  return spans.filter(({ spanId }) => kept.has(spanId));
}
