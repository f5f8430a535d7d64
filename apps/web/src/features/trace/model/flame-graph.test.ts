import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf, outlines } from '../testing/outlines.ts';
import { flameGraph } from './flame-graph.ts';
import { traceModel } from './trace-model.ts';

describe('the flame graph', () => {
  it('merges spans by path', () => {
    const graph = flameGraph(
      traceModel(
        outlineOf([
          { depth: 0, start: 0, duration: 100, name: 'GET /' },
          { depth: 1, start: 0, duration: 20, name: 'read' },
          { depth: 2, start: 0, duration: 5, name: 'SELECT', status: 'error' },
          { depth: 1, start: 20, duration: 60, name: 'write' },
          { depth: 1, start: 80, duration: 15, name: 'read' },
          { depth: 2, start: 80, duration: 10, name: 'SELECT' },
        ]),
      ),
    );
    expect([...graph.parent]).toEqual([-1, 0, 1, 0]);
    expect([...graph.spans]).toEqual([1, 2, 2, 1]);
    expect([...graph.errors]).toEqual([0, 0, 1, 0]);
    expect([...graph.value]).toEqual([100, 35, 15, 60]);
    expect([...graph.from]).toEqual([0, 60, 60, 0]);
    expect(graph.total).toBe(100);
  });

  it('is by count where nothing takes time', () => {
    const made = [0, 1, 1].map((depth) => ({ depth, start: 0, duration: 0 }));
    expect([...flameGraph(traceModel(outlineOf(made))).value]).toEqual([3, 2]);
  });

  it('puts every node into its parent, beside its siblings', () => {
    fc.assert(
      fc.property(outlines, (outline) => {
        const graph = flameGraph(traceModel(outline));
        const end = (node: number): number => (graph.from[node] ?? 0) + (graph.value[node] ?? 0);
        const nodes = Array.from({ length: graph.count }, (_, node) => node);
        for (const node of nodes) {
          const above = graph.parent[node] ?? -1;
          const [from, until] = above < 0 ? [0, graph.total] : [graph.from[above] ?? 0, end(above)];
          expect(graph.from[node]).toBeGreaterThanOrEqual(from);
          expect(end(node)).toBeLessThanOrEqual(until);
          for (const other of nodes.filter((each) => each > node && graph.parent[each] === above)) {
            expect(end(node) <= (graph.from[other] ?? 0) || end(other) <= (graph.from[node] ?? 0)).toBe(true);
          }
        }
        expect(graph.spans.reduce((a, b) => a + b, 0)).toBe(outline.spanCount);
      }),
      { numRuns: 40 },
    );
  });
});
