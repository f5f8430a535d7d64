import {
  AegisError,
  type LogCountQuery,
  type LogCounts,
  type OrgId,
  parseOrgId,
  type QueryBounds,
  type StoredLog,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import { ReferenceLogReader } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { LOGS_START, storedLog } from '../testing/arbitrary-logs.ts';
import { evaluateLogQuery, type LogQueryAnswer, type LogQueryWindow } from './evaluate-log-query.ts';
import { counterRate } from './range/counter-rate.ts';
import { ascending, quantileOf } from './range/quantile.ts';

const orgA = parseOrgId('11111111-1111-4111-8111-111111111111');
const orgB = parseOrgId('22222222-2222-4222-8222-222222222222');
const SECOND = 1_000_000_000n;
const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };

function at(seconds: number): UnixNanos {
  return unixNanos(LOGS_START + BigInt(Math.round(seconds * 1e9)));
}

function logAt(seconds: number, fields: Partial<StoredLog> = {}): StoredLog {
  return storedLog(at(seconds), 0, fields);
}

async function evaluate(
  logs: readonly StoredLog[],
  query: string,
  window: Partial<LogQueryWindow>,
  orgId: OrgId = orgA,
): Promise<LogQueryAnswer> {
  const reader = new ReferenceLogReader(new Map([[orgA, logs]]));
  const times: LogQueryWindow = { start: at(0), end: at(60), limit: 1, direction: 'forward', ...window };
  return evaluateLogQuery(reader, orgId, parseQuery(query), times, bounds);
}

/** Series as `labels → seconds after the start: value`. */
async function series(
  logs: readonly StoredLog[],
  query: string,
  window: Partial<LogQueryWindow>,
  orgId: OrgId = orgA,
): Promise<readonly (readonly [object, readonly (readonly [number, number])[]])[]> {
  const answer = await evaluate(logs, query, window, orgId);
  return answer.kind === 'matrix'
    ? answer.series.map(
        ({ labels, points }) =>
          [labels, points.map(([time, value]) => [time - Number(LOGS_START) / 1e9, value] as const)] as const,
      )
    : [];
}

/** What each function of a range is, of the values of a window in their order. */
const DEFINITIONS: Readonly<
  Record<string, (values: readonly number[], times: readonly number[], end: number, seconds: number) => number>
> = {
  sum_over_time: sum,
  rate: (values, _times, _end, seconds) => sum(values) / seconds,
  avg_over_time: mean,
  min_over_time: (values) => Math.min(...values),
  max_over_time: (values) => Math.max(...values),
  first_over_time: (values) => values[0] ?? 0,
  last_over_time: (values) => values.at(-1) ?? 0,
  stdvar_over_time: variance,
  stddev_over_time: (values) => Math.sqrt(variance(values)),
  quantile_over_time: (values) => quantileOf(0.3, ascending(Float64Array.from(values))),
  rate_counter: (values, times, end, rangeSeconds) =>
    counterRate({ values: Float64Array.from(values), times: Float64Array.from(times), end, rangeSeconds }),
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function variance(values: readonly number[]): number {
  return mean(values.map((value) => (value - mean(values)) ** 2));
}

describe('range aggregations', () => {
  it.each(Object.entries(DEFINITIONS))('%s is what its definition says', async (operation, definition) => {
    const quarters = fc.integer({ min: -200, max: 200 }).map((count) => count / 4);
    const duration = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max }).map((count) => count / 4);
    const event = fc.tuple(quarters, fc.integer({ min: -9, max: 9 }), fc.constantFrom('a', 'b'));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(event, { maxLength: 30, selector: ([time]) => time }),
        quarters,
        fc.integer({ min: 0, max: 10 }),
        duration(60),
        duration(120),
        async (events, start, steps, step, range) => {
          const argument = operation === 'quantile_over_time' ? '0.3, ' : '';
          const query = `${operation}(${argument}{service=~".+"} | logfmt | unwrap v [${range * 1000}ms])`;
          const logs = events.map(([time, value, service]) => logAt(time, { service, message: `v=${value}` }));
          const window = { start: at(start), end: at(start + steps * step), step: at(step) - LOGS_START };
          const expected = ['a', 'b'].flatMap((service) => {
            const points = Array.from({ length: steps + 1 }, (_, point) => start + point * step).flatMap((time) => {
              const inside = events
                .filter(([when, , name]) => name === service && when > time - range && when <= time)
                .sort(([a], [b]) => a - b);
              const [values, times] = [inside.map(([, value]) => value), inside.map(([when]) => when * 1e9)];
              return values.length === 0
                ? []
                : [[expect.closeTo(time, 5), near(definition(values, times, time * 1e9, range))]];
            });
            return points.length === 0 ? [] : [[{ service_name: service, level: 'info' }, points]];
          });
          expect(await series(logs, query, window)).toEqual(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  function near(value: number): unknown {
    return Number.isNaN(value) ? Number.NaN : expect.closeTo(value, 8);
  }
});

describe('metric queries', () => {
  const logs = [0, 10, 10, 20, 35, 60].map((seconds) => logAt(seconds));
  const grid = { start: at(0), end: at(60), step: 10n * SECOND };

  it('read the organization that they are given, and no other', async () => {
    expect(await series(logs, 'rate({service="api"}[5m])', {}, orgB)).toEqual([]);
    expect(await series(logs, 'sum(rate({service="api"}[5m]))', {}, orgB)).toEqual([]);
  });

  it('have series of the stream for logs that were not pushed: attributes are countless', async () => {
    const mixed = [
      logAt(1, { service: 'a', host: 'h', attributes: { http: { status: 200 } } }),
      logAt(2, { service: 'a', level: 'error', env: 'prod', attributes: { http: { status: 500 } } }),
    ];
    const instant = { start: at(5), end: at(5) };
    expect(await series(mixed, 'count_over_time({service="a"}[1m])', instant)).toEqual([
      [{ env: 'prod', level: 'error', service_name: 'a' }, [[5, 1]]],
      [{ host: 'h', level: 'info', service_name: 'a' }, [[5, 1]]],
    ]);
    expect(await series(mixed, 'sum by (http_status, none) (count_over_time({service="a"}[1m]))', instant)).toEqual([
      [{ http_status: '200' }, [[5, 1]]],
      [{ http_status: '500' }, [[5, 1]]],
    ]);
  });

  it('have a natural step where none is asked for', async () => {
    expect(await series(logs, 'sum(count_over_time({service="api"}[1m]))', { start: at(59), end: at(61) })).toEqual([
      [
        {},
        [
          [59, 5],
          [60, 5],
          [61, 5],
        ],
      ],
    ]);
  });

  it('may be numbers', async () => {
    const answer = await evaluate([], '1 / 4', { start: at(5), end: at(5) });
    expect(answer).toMatchObject({
      kind: 'matrix',
      isScalar: true,
      series: [{ labels: {}, points: [[expect.any(Number), 0.25]] }],
    });
  });

  it('ask the store for no more than the windows hold', async () => {
    const asked: LogCountQuery[] = [];
    class RecordingReader extends ReferenceLogReader {
      override countLogs(orgId: OrgId, query: LogCountQuery, limits: QueryBounds): Promise<LogCounts> {
        asked.push(query);
        return super.countLogs(orgId, query, limits);
      }
    }
    const reader = new RecordingReader(new Map([[orgA, logs]]));
    const window = { start: at(60), end: at(130), step: 60n * SECOND, limit: 1, direction: 'backward' } as const;
    const query = parseQuery('sum by (host) (bytes_rate({a="b"} |= "c" or "d" | e="f" [90s]))');
    await evaluateLogQuery(reader, orgA, query, window, bounds);
    expect(asked).toEqual([
      {
        matchers: [
          { name: 'a', op: '=', value: 'b' },
          { name: 'e', op: '=', value: 'f' },
        ],
        lineFilters: [{ op: '|=', values: ['c', 'd'] }],
        start: at(-30) + 1n,
        end: at(120) + 1n,
        origin: at(-30),
        bucket: 30n * SECOND,
        edges: '(]',
        by: ['host'],
        of: 'bytes',
      },
    ]);
  });

  it('scan where the widest common bucket of range and step is too fine to count', async () => {
    const query = 'sum(count_over_time({service="api"}[1h1ns]))';
    expect(await series(logs, query, { start: at(0), end: at(60), step: 30n * SECOND })).toEqual([
      [
        {},
        [
          [0, 1],
          [30, 4],
          [60, 6],
        ],
      ],
    ]);
  });

  it('take as many points as are allowed, and refuse more', async () => {
    const query = 'sum(count_over_time({service="api"}[1s]))';
    const [found] = await series(logs, query, { ...grid, end: at(10_999), step: SECOND });
    expect(found?.[1]).toHaveLength(5);
    const more = evaluate(logs, query, { ...grid, end: at(11_000), step: SECOND });
    await expect(more).rejects.toMatchObject({ code: 'query-not-runnable', members: { limit: 11_000 } });
  });

  it('refuse an answer of too many series or points', async () => {
    const services = Array.from({ length: 1001 }, (_, i) => logAt(1, { service: `s${i}` }));
    for (const query of ['rate({service=~".+"}[1m])', 'sum by (service) (rate({service=~".+"}[1m]))']) {
      await expect(evaluate(services, query, { start: at(5), end: at(5) })).rejects.toMatchObject({
        code: 'query-too-large',
        members: { limit: 1000 },
      });
      const top = `topk(2, ${query})`;
      expect(await series(services, top, { start: at(5), end: at(5) })).toHaveLength(2);
    }
    const long = { start: at(0), end: at(10_000), step: SECOND };
    const points = evaluate(services.slice(0, 101), 'sum by (service) (rate({service=~".+"}[1d]))', long);
    await expect(points).rejects.toMatchObject({ code: 'query-too-large', members: { limit: 1_000_000 } });
  });

  it('let others have their turn', async () => {
    const services = Array.from({ length: 50 }, (_, i) => logAt(1, { service: `s${i}` }));
    let turns = 0;
    let isDone = false;
    const take = (): void => {
      turns += 1;
      if (!isDone) {
        setImmediate(take);
      }
    };
    setImmediate(take);
    // A clock on which each look takes a millisecond: how often others are let in does not depend on the machine.
    let nowMs = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
    onTestFinished(() => clock.mockRestore());
    const window = { start: at(0), end: at(4000), step: SECOND };
    await series(
      services,
      'sum(rate({service=~".+"}[1d])) / count(max_over_time({service=~".+"} | logfmt | unwrap v [1h]))',
      window,
    );
    await series(services, 'topk(1, stddev by (service) (rate({service=~".+"}[1d])))', window);
    isDone = true;
    expect(turns).toBeGreaterThan(nowMs / 20);
  });

  it('end when time is over, or with what the signal was aborted with', async () => {
    const reader = new ReferenceLogReader(new Map([[orgA, logs]]));
    const query = parseQuery('sum(rate({service="api"} | json | a > 1 [5m])) + 1');
    const window: LogQueryWindow = { ...grid, limit: 1, direction: 'forward' };
    const limits = { signal: new AbortController().signal, timeoutMs: 0 };
    await expect(evaluateLogQuery(reader, orgA, query, window, limits)).rejects.toMatchObject({
      code: 'query-timeout',
    });
    const reason = new AegisError('query-too-large');
    const aborted = { signal: AbortSignal.abort(reason), timeoutMs: 1000 };
    await expect(evaluateLogQuery(reader, orgA, query, window, aborted)).rejects.toBe(reason);
  });
});
