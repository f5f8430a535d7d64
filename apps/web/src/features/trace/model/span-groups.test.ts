import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, outlines } from '../testing/outlines.ts';
import { spanGroups } from './span-groups.ts';
import { traceModel } from './trace-model.ts';

describe('groups of spans', () => {
  it('count, sum and rank', () => {
    const durations = [10, 20, 30, 40];
    const model = traceModel(
      outlineOf(
        [
          { depth: 0, start: 0, duration: 190, service: 'shop', name: 'GET /' },
          ...durations.map((duration, index) => ({
            depth: 1,
            start: index * 50,
            duration,
            service: 'db',
            name: 'SELECT',
            status: index === 0 ? ('error' as const) : ('ok' as const),
          })),
        ],
        [{ row: 4, from: 150, until: 190 }],
      ),
    );
    const db = { count: 4, errors: 1, total: 100, self: 100, critical: 40, p50: 20, p95: 40, max: 40 };
    expect(spanGroups(model, 'operation')).toMatchObject([db, { count: 1, total: 190, self: 90, p50: 190 }]);
  });

  it('leave no span out, whatever they are made by', () => {
    fc.assert(
      fc.property(outlines, fc.constantFrom('operation' as const, 'service' as const), (outline, by) => {
        const model = traceModel(outline);
        const groups = spanGroups(model, by);
        const sum = (of: (group: (typeof groups)[number]) => number): number =>
          groups.reduce((all, group) => all + of(group), 0);
        expect(sum(({ count }) => count)).toBe(model.count);
        expect(sum(({ errors }) => errors)).toBe(outline.errorCount);
        expect(sum(({ self }) => self)).toBe(model.self.reduce((a, b) => a + b, 0));
        expect(groups.every(({ p50, p95, max }) => p50 <= p95 && p95 <= max)).toBe(true);
        expect(new Set(groups.map(({ service, name }) => `${service} ${name}`)).size).toBe(groups.length);
      }),
      { numRuns: 50 },
    );
  });
});
