import type { StoredSpan } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { assembleTrace } from './assemble-trace.ts';
import { compareTraces } from './compare-traces.ts';
import { columnsOf, span } from './trace-under-test.ts';

function compared(before: readonly StoredSpan[], after: readonly StoredSpan[]) {
  const of = (traceId: string, spans: readonly StoredSpan[]) => ({ traceId, trace: assembleTrace(columnsOf(spans)) });
  return compareTraces(of('before', before), of('after', after));
}

const call = (id: string, start: number, more: Partial<StoredSpan> = {}) =>
  span(id, 'r', start, 10, { name: 'call', ...more });
const root = span('r', '', 0, 100, { name: 'root' });

it('counts spans of the same service, name and kind at the same place together', () => {
  const { nodes, warnings } = compared(
    [
      root,
      call('a', 0),
      call('b', 10, { status: 'error' }),
      call('c', 20, { kind: 'client' }),
      span('d', 'a', 2, 3, { name: 'deep' }),
    ],
    [
      root,
      call('a', 0),
      call('b', 10),
      call('c', 20),
      span('d', 'c', 22, 4, { name: 'deep' }),
      span('e', 'd', 23, 1, { name: 'call' }),
    ],
  );
  expect(
    nodes.map(({ parent, depth, name, kind, change, before, after }) => [
      parent,
      depth,
      name,
      kind,
      change,
      before.count,
      after.count,
    ]),
  ).toEqual([
    [-1, 0, 'root', 'internal', 'same', 1, 1],
    [0, 1, 'call', 'internal', 'more', 2, 3],
    [1, 2, 'deep', 'internal', 'same', 1, 1],
    [2, 3, 'call', 'internal', 'added', 0, 1],
    [0, 1, 'call', 'client', 'removed', 1, 0],
  ]);
  expect(nodes[1]).toMatchObject({
    before: { durationMs: 20, selfTimeMs: 17, errorCount: 1 },
    after: { durationMs: 30, selfTimeMs: 26, errorCount: 0 },
  });
  expect(warnings).toEqual([]);
});

it('has at most ten thousand nodes, and counts every span', () => {
  const many = (from: number) => [
    root,
    ...Array.from({ length: 7_000 }, (_, n) => call(`${from + n}`, n % 90, { name: `call ${from + n}` })),
  ];
  const { nodes, warnings } = compared(many(0), many(7_000));
  expect(nodes).toHaveLength(10_000);
  expect(warnings).toEqual([expect.stringContaining('4001 spans')]);
  const total = (side: 'before' | 'after') => nodes.reduce((sum, node) => sum + node[side].count, 0);
  expect([total('before'), total('after')]).toEqual([7_001, 7_001]);
});
