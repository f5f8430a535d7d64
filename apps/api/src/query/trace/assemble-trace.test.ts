import { type StoredSpan, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleTrace } from './assemble-trace.ts';
import { columnsOf, ORIGIN, span, viewOf } from './trace-under-test.ts';

function rows(spans: readonly StoredSpan[]) {
  return viewOf(spans).spans.map(({ spanId, depth, selfTimeMs, onCriticalPath }) => [
    spanId,
    depth,
    selfTimeMs,
    onCriticalPath,
  ]);
}

describe('a trace', () => {
  it('is in waterfall order, with depths, self times and the critical path', () => {
    const trace = [
      span('d', 'b', 20, 10),
      span('c', 'a', 50, 40),
      span('b', 'a', 10, 30),
      span('a', '', 0, 100, { service: 'web', name: 'GET /' }),
      span('e', 'b', 15, 10, { status: 'error' }),
    ];
    expect(rows(trace)).toEqual([
      ['a', 0, 30, true],
      ['b', 1, 15, true],
      ['e', 2, 10, false],
      ['d', 2, 10, true],
      ['c', 1, 40, true],
    ]);
    expect(viewOf(trace)).toMatchObject({
      startTime: '2023-11-14T22:13:20.000000000Z',
      durationMs: 100,
      rootService: 'web',
      rootName: 'GET /',
      services: ['service', 'web'],
      spanCount: 5,
      errorCount: 1,
      warnings: [],
    });
  });

  it('orders siblings that begin together by id', () => {
    expect(rows([span('a', '', 0, 9), span('c', 'a', 1, 1), span('b', 'a', 1, 1)]).map(([id]) => id)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('clips children to their parent for its self time, and counts overlaps once', () => {
    const children = [span('b', 'a', 0, 20), span('c', 'a', 15, 15), span('d', 'a', 90, 100), span('e', 'a', 300, 5)];
    expect(rows([span('a', '', 10, 90), ...children])[0]).toEqual(['a', 0, 60, true]);
  });

  it('shows spans without their parent as roots, says so, and is named by the true root', () => {
    const trace = viewOf([span('b', 'gone', 0, 5), span('a', '', 1, 5), span('c', 'gone', 2, 1)]);
    expect(trace.spans.map(({ spanId, depth }) => [spanId, depth])).toEqual([
      ['b', 0],
      ['a', 0],
      ['c', 0],
    ]);
    expect(trace).toMatchObject({ rootName: 'name of a', warnings: [expect.stringContaining('2 spans are missing')] });
    expect(viewOf([span('c', 'gone', 2, 1), span('b', 'gone', 0, 5)]).rootName).toBe('name of b');
  });

  it('says that it has several roots, double spans, or more spans than it shows', () => {
    expect(viewOf([span('a', '', 0, 5), span('b', '', 1, 5)]).warnings).toEqual([
      'The trace has 2 spans without a parent.',
    ]);
    const [doubled] = viewOf([span('a', '', 0, 5)], { isCut: false, duplicates: 1 }).warnings;
    expect(doubled).toContain('One span had the id of another one');
    expect(viewOf([span('a', '', 0, 5)], { isCut: true, duplicates: 0 }).warnings[0]).toContain(
      'more spans than these 1',
    );
  });

  it('breaks cycles at their earliest span, with those that hang on them below', () => {
    const trace = viewOf([
      span('a', 'c', 0, 9),
      span('b', 'a', 1, 5),
      span('c', 'b', 2, 5),
      span('d', 'c', 3, 1),
      span('e', 'e', 4, 1),
    ]);
    expect(trace.spans.map(({ spanId, depth }) => [spanId, depth])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
      ['e', 0],
    ]);
    expect(trace.warnings).toEqual([expect.stringContaining('2 circles')]);
  });

  it('shows every field that has a value, and leaves out the others', () => {
    const full = span('b', 'a', 1, 2, {
      kind: 'server',
      status: 'error',
      statusMessage: 'no',
      host: 'h',
      env: 'e',
      version: 'v',
      traceState: 'x=1',
      scopeName: 'lib',
      scopeVersion: '2',
      attributes: { a: [1, 'x', null] },
      resource: { r: { s: true } },
      details: { flags: 1 },
      events: [{ timestamp: unixNanos(ORIGIN + 5n), name: 'e', attributes: { b: 1 }, droppedAttributesCount: 2 }],
      links: [
        {
          traceId: 'b'.repeat(32),
          spanId: 'c'.repeat(16),
          traceState: 't',
          flags: 1,
          attributes: {},
          droppedAttributesCount: 0,
        },
      ],
      truncated: true,
    });
    expect(viewOf([span('a', '', 0, 9), full]).spans).toEqual([
      {
        spanId: 'a',
        parentSpanId: null,
        name: 'name of a',
        service: 'service',
        kind: 'internal',
        startTime: '2023-11-14T22:13:20.000000000Z',
        durationMs: 9,
        selfTimeMs: 7,
        depth: 0,
        status: 'unset',
        attributes: {},
        resource: {},
        events: [],
        links: [],
        onCriticalPath: true,
      },
      {
        spanId: 'b',
        parentSpanId: 'a',
        name: 'name of b',
        service: 'service',
        kind: 'server',
        startTime: '2023-11-14T22:13:20.001000000Z',
        durationMs: 2,
        selfTimeMs: 2,
        depth: 1,
        status: 'error',
        statusMessage: 'no',
        host: 'h',
        env: 'e',
        version: 'v',
        traceState: 'x=1',
        scope: { name: 'lib', version: '2' },
        attributes: { a: [1, 'x', null] },
        resource: { r: { s: true } },
        details: { flags: 1 },
        events: [
          { name: 'e', timestamp: '2023-11-14T22:13:20.000000005Z', attributes: { b: 1 }, droppedAttributesCount: 2 },
        ],
        links: [{ traceId: 'b'.repeat(32), spanId: 'c'.repeat(16), traceState: 't', flags: 1, attributes: {} }],
        onCriticalPath: true,
        truncated: true,
      },
    ]);
  });
});

/** Spans whose parents are anything: one another, themselves, nobody, somebody missing. */
const anyTrace = fc
  .array(fc.record({ start: fc.nat(50), duration: fc.nat(30), parent: fc.option(fc.nat(30), { nil: undefined }) }), {
    minLength: 1,
    maxLength: 25,
  })
  .map((records) =>
    records.map(({ start, duration, parent }, index) =>
      span(`s${index}`, parent === undefined ? '' : `s${parent}`, start, duration),
    ),
  );

describe('of any spans', () => {
  it('each is shown once, below its parent unless that comes to nothing, siblings by start and id', () => {
    fc.assert(
      fc.property(anyTrace, fc.integer(), (spans, seed) => {
        const shown = viewOf(spans).spans;
        expect(shown.map(({ spanId }) => spanId).sort()).toEqual(spans.map(({ spanId }) => spanId).sort());
        const path: string[] = [];
        const lastAtDepth: (typeof shown)[number][] = [];
        for (const view of shown) {
          path.length = view.depth;
          if (view.depth > 0) {
            expect(view.parentSpanId).toBe(path.at(-1));
          }
          const before = lastAtDepth[view.depth];
          if (before !== undefined) {
            expect(`${before.startTime} ${before.spanId}` <= `${view.startTime} ${view.spanId}`).toBe(true);
          }
          lastAtDepth.length = view.depth;
          lastAtDepth[view.depth] = view;
          path.push(view.spanId);
        }
        const shuffled = spans
          .map((one, index) => ({ one, key: Math.sin(seed + index) }))
          .sort((a, b) => a.key - b.key);
        expect(viewOf(shuffled.map(({ one }) => one)).spans).toEqual(shown);
      }),
    );
  });

  it('self time is what no child covers, counted millisecond by millisecond', () => {
    fc.assert(
      fc.property(anyTrace, (spans) => {
        const trace = viewOf(spans);
        const start = (view: { startTime: string }) => Date.parse(view.startTime);
        for (const [index, view] of trace.spans.entries()) {
          const below = trace.spans.slice(index + 1);
          const end = below.findIndex(({ depth }) => depth <= view.depth);
          const children = (end === -1 ? below : below.slice(0, end)).filter(({ depth }) => depth === view.depth + 1);
          let self = 0;
          for (let ms = start(view); ms < start(view) + view.durationMs; ms += 1) {
            self += children.some((child) => start(child) <= ms && ms < start(child) + child.durationMs) ? 0 : 1;
          }
          expect(view.selfTimeMs).toBe(self);
        }
      }),
    );
  });

  it('the critical path covers every root from end to start without a gap or an overlap', () => {
    fc.assert(
      fc.property(anyTrace, (spans) => {
        const { tree, times, criticalPath } = assembleTrace(columnsOf(spans));
        let place = 0;
        for (const root of tree.roots) {
          let until = times.end[root] ?? 0;
          while (until > (times.start[root] ?? 0)) {
            const section = criticalPath[place];
            expect(section?.until).toBe(until);
            until = section?.from ?? 0;
            place += 1;
          }
          expect(until).toBe(times.start[root]);
        }
        expect(place).toBe(criticalPath.length);
      }),
    );
  });
});

// The chain is the deepest; what is quadratic would be seen at fewer.
it.each([
  [30_000, 'one chain', (index: number) => index - 1],
  [10_000, 'one parent', () => 0],
  [10_000, 'a tree', (index: number) => Math.floor((index - 1) / 2)],
  [10_000, 'one circle', (index: number) => (index + 1) % 10_000],
])('%d spans as %s', (length, _, parentOf) => {
  const spans = Array.from({ length }, (_unused, index) =>
    span(
      `s${index}`,
      parentOf(index) < 0 || (parentOf(index) === 0 && index === 0) ? '' : `s${parentOf(index)}`,
      index,
      200_000 - index,
    ),
  );
  const { order, selfNanos, columns } = assembleTrace(columnsOf(spans));
  expect(order).toHaveLength(length);
  expect(selfNanos.every((self, index) => self >= 0 && self <= (columns.durations[index] ?? 0))).toBe(true);
});
