import { SPAN_STATUSES, type TraceOutline } from '@aegisguard/model';
import fc from 'fast-check';

/** A span of an outline that a test makes; times in nanoseconds. */
export interface MadeSpan {
  /** At most one more than that of the span before. */
  readonly depth: number;
  readonly start: number;
  readonly duration: number;
  readonly service?: string;
  readonly name?: string;
  readonly status?: (typeof SPAN_STATUSES)[number];
  readonly flags?: number;
}

function indexed(words: readonly string[]): { readonly all: string[]; readonly indexes: number[] } {
  const all = [...new Set(words)];
  return { all, indexes: words.map((word) => all.indexOf(word)) };
}

/** An outline of spans in waterfall order; ids are `0000000000000001` and so on. A span's own time is what its children leave of it when none of them run at once. */
export function outlineOf(made: readonly MadeSpan[], criticalPath: TraceOutline['criticalPath'] = []): TraceOutline {
  const above: number[] = [];
  const parent = made.map(({ depth }, row) => {
    above[depth] = row;
    return depth === 0 ? -1 : (above[depth - 1] ?? -1);
  });
  const services = indexed(made.map(({ service }) => service ?? 'shop'));
  const names = indexed(made.map(({ name }) => name ?? 'work'));
  const self = made.map(({ duration }) => duration);
  made.forEach(({ duration }, row) => {
    const over = parent[row] ?? -1;
    if (over >= 0) {
      self[over] = Math.max(0, (self[over] ?? 0) - duration);
    }
  });
  return {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    startTime: '2026-11-27T10:00:00.000000000Z',
    durationMs: Math.max(0, ...made.map(({ start, duration }) => start + duration)) / 1e6,
    rootService: made[0]?.service ?? 'shop',
    rootName: made[0]?.name ?? 'work',
    spanCount: made.length,
    errorCount: made.filter(({ status }) => status === 'error').length,
    services: services.all,
    names: names.all,
    spans: {
      id: made.map((_, row) => (row + 1).toString(16).padStart(16, '0')),
      parent,
      depth: made.map(({ depth }) => depth),
      start: made.map(({ start }) => start),
      duration: made.map(({ duration }) => duration),
      self,
      service: services.indexes,
      name: names.indexes,
      kind: made.map(() => 1),
      status: made.map(({ status }) => SPAN_STATUSES.indexOf(status ?? 'unset')),
      flags: made.map(({ flags }) => flags ?? 0),
    },
    criticalPath,
    warnings: [],
    stats: { elapsedMs: 0, rowsRead: 0, bytesRead: 0 },
  };
}

const span = fc.record({
  deeper: fc.integer({ min: -3, max: 1 }),
  start: fc.nat(1000),
  duration: fc.nat(500),
  service: fc.constantFrom('shop', 'cart', 'stock'),
  name: fc.constantFrom('GET /', 'SELECT', 'publish'),
  status: fc.constantFrom(...SPAN_STATUSES),
});

/** Outlines of any form, the least of one span. */
export const outlines: fc.Arbitrary<TraceOutline> = fc.array(span, { minLength: 1, maxLength: 60 }).map((spans) => {
  let depth = -1;
  return outlineOf(
    spans.map(({ deeper, ...rest }) => {
      depth = Math.max(0, Math.min(depth + 1, depth + deeper));
      return { depth, ...rest };
    }),
  );
});
