import type { StoredSpan } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { assembleTrace } from './assemble-trace.ts';
import { columnsOf, followsFrom, span } from './trace-under-test.ts';

/** The critical path as `span from–until` in ms, from its end. */
function pathOf(spans: readonly StoredSpan[]): string[] {
  const { columns, criticalPath, times } = assembleTrace(columnsOf(spans));
  const origin = Number((spans[0]?.startTime ?? 0n) - times.traceStart);
  const ms = (nanos: number) => (nanos - origin) / 1e6;
  return criticalPath.map(({ span: index, from, until }) => `${columns.spanIds[index]} ${ms(from)}–${ms(until)}`);
}

const ROOT = span('r', '', 0, 100);

it.each<readonly [string, readonly StoredSpan[], readonly string[]]>([
  ['one span', [ROOT], ['r 0–100']],
  [
    'children one after the other, without a gap',
    [ROOT, span('a', 'r', 10, 20), span('b', 'r', 30, 50)],
    ['r 80–100', 'b 30–80', 'a 10–30', 'r 0–10'],
  ],
  [
    'children at once: the last to end',
    [ROOT, span('a', 'r', 10, 60), span('b', 'r', 20, 70)],
    ['r 90–100', 'b 20–90', 'r 0–20'],
  ],
  [
    'children that end together: the first begun',
    [ROOT, span('a', 'r', 10, 80), span('b', 'r', 50, 40)],
    ['r 90–100', 'a 10–90', 'r 0–10'],
  ],
  ['a child that goes on: as far as its parent waits', [ROOT, span('a', 'r', 40, 100)], ['a 40–100', 'r 0–40']],
  ['a child that began before', [ROOT, span('a', 'r', -30, 60)], ['r 30–100', 'a 0–30']],
  ['a child around its parent', [ROOT, span('a', 'r', -30, 200)], ['a 0–100']],
  [
    'a child after its parent, with what hangs on it',
    [ROOT, span('a', 'r', 100, 50), span('b', 'a', 90, 5)],
    ['r 0–100'],
  ],
  ['a child before its parent', [ROOT, span('a', 'r', -50, 50), span('b', 'a', -20, 60)], ['r 0–100']],
  [
    "a grandchild beyond the child's end, inside of the root",
    [ROOT, span('a', 'r', 10, 20), span('b', 'a', 20, 40)],
    ['r 30–100', 'b 20–30', 'a 10–20', 'r 0–10'],
  ],
  [
    'a child without a duration',
    [ROOT, span('a', 'r', 40, 0), span('b', 'r', 10, 20)],
    ['r 40–100', 'r 30–40', 'b 10–30', 'r 0–10'],
  ],
  [
    'the consumer of what was produced, and what hangs on it',
    [
      ROOT,
      span('p', 'r', 10, 20, { kind: 'producer' }),
      span('c', 'p', 15, 10, { kind: 'consumer' }),
      span('d', 'c', 16, 5),
    ],
    ['r 30–100', 'p 10–30', 'r 0–10'],
  ],
  [
    'a consumer below anything else is waited for',
    [ROOT, span('c', 'r', 10, 20, { kind: 'consumer' })],
    ['r 30–100', 'c 10–30', 'r 0–10'],
  ],
  [
    'what follows from its parent, as OpenTracing has it',
    [ROOT, span('f', 'r', 10, 60, { links: [followsFrom('r')] }), span('a', 'r', 10, 20)],
    ['r 30–100', 'a 10–30', 'r 0–10'],
  ],
  [
    'a child that links to its parent as a child',
    [
      ROOT,
      span('a', 'r', 10, 20, { links: [{ ...followsFrom('r'), attributes: { 'opentracing.ref_type': 'child_of' } }] }),
    ],
    ['r 30–100', 'a 10–30', 'r 0–10'],
  ],
  [
    'a child that follows from another span than its parent',
    [ROOT, span('a', 'r', 10, 20), span('b', 'r', 40, 20, { links: [followsFrom('a')] })],
    ['r 60–100', 'b 40–60', 'r 30–40', 'a 10–30', 'r 0–10'],
  ],
  [
    'several roots, one of them without its parent: each has its own',
    [ROOT, span('a', 'r', 10, 20), span('s', '', 50, 100), span('o', 'gone', 60, 5)],
    ['r 30–100', 'a 10–30', 'r 0–10', 's 50–150', 'o 60–65'],
  ],
  ['no root at all: the earliest', [span('a', 'b', 0, 10), span('b', 'a', 2, 5)], ['a 7–10', 'b 2–7', 'a 0–2']],
])('%s', (_, spans, path) => {
  expect(pathOf(spans)).toEqual(path);
});

it('what is not waited for leaves the time to its parent', () => {
  const spans = [ROOT, span('f', 'r', 10, 60, { links: [followsFrom('r')] }), span('a', 'r', 20, 10)];
  const { columns, selfNanos } = assembleTrace(columnsOf(spans));
  expect([...selfNanos].map((nanos, index) => [columns.spanIds[index], nanos / 1e6])).toEqual([
    ['r', 90],
    ['f', 60],
    ['a', 10],
  ]);
});
