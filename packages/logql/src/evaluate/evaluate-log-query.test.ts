import {
  AegisError,
  type LogCountQuery,
  type LogCounts,
  nanosFromMs,
  type OrgId,
  parseOrgId,
  type QueryBounds,
  type StoredLog,
  type UnixNanos,
  unixNanos,
} from '@aegisguard/model';
import { ReferenceLogReader } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { evaluateLogQuery, type LogQueryAnswer, type LogQueryWindow } from './evaluate-log-query.ts';
import { selectionOf } from './selection-of.ts';

const orgA = parseOrgId('11111111-1111-4111-8111-111111111111');
const orgB = parseOrgId('22222222-2222-4222-8222-222222222222');
const SECOND = 1_000_000_000n;
const base = nanosFromMs(1_795_348_800_000);
const bounds = { signal: new AbortController().signal, timeoutMs: 1000 };

/** A stored log at so many seconds after `base`. */
function logAt(seconds: number, fields: Partial<StoredLog> = {}): StoredLog {
  const timestamp = at(seconds);
  return {
    position: { timestamp, batchId: '019ab000-0000-7000-8000-000000000000', index: 0 },
    level: 'info',
    severityNumber: 9,
    severityText: 'info',
    service: 'api',
    message: 'it works',
    host: '',
    env: '',
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    details: {},
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    ...fields,
  };
}

function at(seconds: number): UnixNanos {
  return unixNanos(base + BigInt(Math.round(seconds * 1e9)));
}

async function evaluate(
  logs: readonly StoredLog[],
  query: string,
  window: Partial<LogQueryWindow> = {},
  orgId: OrgId = orgA,
): Promise<LogQueryAnswer> {
  const reader = new ReferenceLogReader(new Map([[orgA, logs]]));
  return evaluateLogQuery(
    reader,
    orgId,
    parseQuery(query),
    { start: at(0), end: at(60), limit: 100, direction: 'forward', ...window },
    bounds,
  );
}

async function messages(
  logs: readonly StoredLog[],
  query: string,
  window: Partial<LogQueryWindow> = {},
): Promise<readonly string[]> {
  const answer = await evaluate(logs, query, window);
  return answer.kind === 'logs' ? answer.logs.map(({ message }) => message) : [];
}

/** Series as `labels → seconds after base: value`. */
async function series(
  logs: readonly StoredLog[],
  query: string,
  window: Partial<LogQueryWindow>,
): Promise<readonly (readonly [object, readonly (readonly [number, number])[]])[]> {
  const answer = await evaluate(logs, query, window);
  return answer.kind === 'matrix'
    ? answer.series.map(
        ({ labels, points }) =>
          [labels, points.map(([time, value]) => [time - Number(base) / 1e9, value] as const)] as const,
      )
    : [];
}

async function refusal(answer: Promise<unknown>): Promise<AegisError> {
  const error: unknown = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AegisError);
  return error as AegisError;
}

describe('log queries', () => {
  const logs = [
    logAt(1, {
      message: 'GET /a 200',
      level: 'info',
      host: 'web-1',
      attributes: { http: { status: 200 }, 'user.id': 'u1' },
    }),
    logAt(2, { message: 'GET /b 500', level: 'error', host: 'web-2', attributes: { http: { status: 500 } } }),
    logAt(3, { message: 'job\ndone', service: 'worker', resource: { region: 'eu' } }),
  ];

  it.each([
    ['{}', ['GET /a 200', 'GET /b 500', 'job\ndone']],
    ['{service="api"}', ['GET /a 200', 'GET /b 500']],
    ['{service_name="worker"}', ['job\ndone']],
    ['{service!="api"}', ['job\ndone']],
    ['{service=~"a.."}', ['GET /a 200', 'GET /b 500']],
    ['{service=~"a"}', []],
    ['{level!~"info|warn"}', ['GET /b 500']],
    ['{host=""}', ['job\ndone']],
    ['{host=~".*"}', ['GET /a 200', 'GET /b 500', 'job\ndone']],
    ['{http_status="500"}', ['GET /b 500']],
    ['{http_status!=""}', ['GET /a 200', 'GET /b 500']],
    ['{user_id="u1", region=""}', ['GET /a 200']],
    ['{region="eu"}', ['job\ndone']],
    ['{} |= "GET"', ['GET /a 200', 'GET /b 500']],
    ['{} |= "get"', []],
    ['{} |= ""', ['GET /a 200', 'GET /b 500', 'job\ndone']],
    ['{} != "200" |= "GET"', ['GET /b 500']],
    ['{} |~ "/[ab] 5.."', ['GET /b 500']],
    ['{} |~ "(?i)get"', ['GET /a 200', 'GET /b 500']],
    ['{} |~ "b.d"', []],
    ['{} !~ "GET"', ['job\ndone']],
  ])('%s', async (query, expected) => {
    expect(await messages(logs, query)).toEqual(expected);
  });

  it('hands the page on: direction, limit, end exclusive, and where to go on', async () => {
    const first = await evaluate(logs, '{}', { direction: 'backward', limit: 2, end: at(3) });
    expect(first).toMatchObject({ kind: 'logs', logs: [{ message: 'GET /b 500' }, { message: 'GET /a 200' }] });
    const page = await evaluate(logs, '{}', { direction: 'backward', limit: 2 });
    if (page.kind !== 'logs' || page.next === undefined) {
      throw new Error('a next page was expected');
    }
    expect(await messages(logs, '{}', { direction: 'backward', limit: 2, after: page.next })).toEqual(['GET /a 200']);
    expect(
      (await evaluate(logs, '{}', { direction: 'backward', limit: 2, after: page.next })) as object,
    ).not.toHaveProperty('next');
  });

  it('reads the organization that it was given, and no other', async () => {
    expect(await evaluate(logs, '{}', {}, orgB)).toMatchObject({ kind: 'logs', logs: [] });
    expect(await evaluate(logs, 'rate({}[5m])', {}, orgB)).toMatchObject({ kind: 'matrix', series: [] });
  });

  it('refuses a start after the end', async () => {
    expect((await refusal(evaluate(logs, '{}', { start: at(61) }))).code).toBe('invalid-request');
  });

  it('says what the histogram of any query is about', () => {
    const selection = { matchers: [{ name: 'a', op: '=', value: 'b' }], lineFilters: [{ op: '|=', value: 'c' }] };
    for (const query of ['{a="b"} |= "c"', 'rate({a="b"} |= "c" [5m])', 'sum(rate({a="b"} |= "c" [5m]))']) {
      expect(selectionOf(parseQuery(query))).toEqual(selection);
    }
  });
});

describe('metric queries', () => {
  const logs = [0, 10, 10, 20, 35, 60].map((seconds) => logAt(seconds));
  const grid = { start: at(0), end: at(60), step: 10n * SECOND };
  const api = { service: 'api', level: 'info' };

  it('counts (t − range, t] at every step, both ends included; empty windows are absent', async () => {
    expect(await series(logs, 'count_over_time({}[10s])', grid)).toEqual([
      [
        api,
        [
          [0, 1],
          [10, 2],
          [20, 1],
          [40, 1],
          [60, 1],
        ],
      ],
    ]);
    expect(await series(logs, 'count_over_time({}[20s])', grid)).toEqual([
      [
        api,
        [
          [0, 1],
          [10, 3],
          [20, 3],
          [30, 1],
          [40, 1],
          [50, 1],
          [60, 1],
        ],
      ],
    ]);
  });

  it('windows may overlap, leave gaps, and share no multiple with the step', async () => {
    expect(await series(logs, 'count_over_time({}[7s])', { ...grid, step: 20n * SECOND })).toEqual([
      [
        api,
        [
          [0, 1],
          [20, 1],
          [40, 1],
          [60, 1],
        ],
      ],
    ]);
    expect(
      await series(logs, 'count_over_time({}[1500ms])', { ...grid, start: at(10), end: at(11), step: SECOND / 4n }),
    ).toEqual([
      [
        api,
        [
          [10, 2],
          [10.25, 2],
          [10.5, 2],
          [10.75, 2],
          [11, 2],
        ],
      ],
    ]);
  });

  it('an instant is one point', async () => {
    expect(await series(logs, 'count_over_time({}[1m])', { start: at(60), end: at(60) })).toEqual([[api, [[60, 5]]]]);
  });

  it('the last point is the last step before the end', async () => {
    expect(await series(logs, 'count_over_time({}[1m])', { start: at(0), end: at(59), step: 25n * SECOND })).toEqual([
      [
        api,
        [
          [0, 1],
          [25, 4],
          [50, 5],
        ],
      ],
    ]);
  });

  it('rate is per second', async () => {
    expect(await series(logs, 'rate({}[20s])', { start: at(20), end: at(20) })).toEqual([[api, [[20, 3 / 20]]]]);
  });

  it('groups by service, level, host and env, or as sum says; empty labels are absent', async () => {
    const mixed = [
      logAt(1, { service: 'a', host: 'h', attributes: { http: { status: 200 } } }),
      logAt(2, { service: 'a', level: 'error', env: 'prod', attributes: { http: { status: 500 } } }),
      logAt(3, { service: 'b', attributes: { http: { status: 500 } } }),
    ];
    const instant = { start: at(5), end: at(5) };
    expect(await series(mixed, 'count_over_time({}[1m])', instant)).toEqual([
      [{ service: 'a', level: 'error', env: 'prod' }, [[5, 1]]],
      [{ service: 'a', level: 'info', host: 'h' }, [[5, 1]]],
      [{ service: 'b', level: 'info' }, [[5, 1]]],
    ]);
    expect(await series(mixed, 'sum(count_over_time({}[1m]))', instant)).toEqual([[{}, [[5, 3]]]]);
    expect(await series(mixed, 'sum by (service) (count_over_time({}[1m]))', instant)).toEqual([
      [{ service: 'a' }, [[5, 2]]],
      [{ service: 'b' }, [[5, 1]]],
    ]);
    expect(await series(mixed, 'sum by (http_status, none) (count_over_time({service="a"}[1m]))', instant)).toEqual([
      [{ http_status: '200' }, [[5, 1]]],
      [{ http_status: '500' }, [[5, 1]]],
    ]);
  });

  it('is what its definition says', async () => {
    const seconds = fc.integer({ min: -400, max: 400 }).map((tenths) => tenths / 4);
    const ms = (max: number): fc.Arbitrary<bigint> =>
      fc.integer({ min: 1, max }).map((quarters) => BigInt(quarters) * 250_000_000n);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(seconds, fc.constantFrom('a', 'b')), { maxLength: 30 }),
        seconds,
        fc.integer({ min: 0, max: 60 }),
        ms(40),
        ms(80),
        async (events, start, length, step, range) => {
          const stored = events.map(([time, service]) => logAt(time, { service }));
          const query = `sum by (service) (count_over_time({}[${range / 1_000_000n}ms]))`;
          const found = await series(stored, query, { start: at(start), end: at(start + length), step });
          const expected = ['a', 'b'].flatMap((service) => {
            const points: (readonly [number, number])[] = [];
            for (let t = at(start); t <= at(start + length); t = unixNanos(t + step)) {
              const inWindow = stored.filter(
                ({ service: name, position: { timestamp } }) =>
                  name === service && timestamp > t - range && timestamp <= t,
              );
              if (inWindow.length > 0) {
                points.push([Number(t - base) / 1e9, inWindow.length]);
              }
            }
            return points.length === 0 ? [] : [[{ service }, points] as const];
          });
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each<[string, string, Partial<LogQueryWindow>, string]>([
    ['too many points', 'rate({}[5m])', { start: at(0), end: at(11_000), step: SECOND }, 'query-not-runnable'],
    ['too fine buckets', 'rate({}[1h1ns])', { start: at(0), end: at(3600), step: 60n * SECOND }, 'query-not-runnable'],
  ])('refuses %s', async (_, query, window, code) => {
    const error = await refusal(evaluate(logs, query, window));
    expect(error.code).toBe(code);
    expect(error.members.limit).toBeTypeOf('number');
  });

  it('takes as many points as are allowed', async () => {
    expect(await series(logs, 'sum(count_over_time({}[1s]))', { start: at(0), end: at(10_999), step: SECOND })).toEqual(
      [
        [
          {},
          [
            [0, 1],
            [10, 2],
            [20, 1],
            [35, 1],
            [60, 1],
          ],
        ],
      ],
    );
  });

  it('refuses an answer of too many series or points', async () => {
    const services = Array.from({ length: 1001 }, (_, i) => logAt(1, { service: `s${i}` }));
    expect((await refusal(evaluate(services, 'rate({}[1m])'))).code).toBe('query-too-large');
    const long = { start: at(0), end: at(10_000), step: SECOND };
    expect((await refusal(evaluate(services.slice(0, 101), 'rate({}[1d])', long))).code).toBe('query-too-large');
  });

  it('asks the store for no more than the windows hold', async () => {
    const asked: LogCountQuery[] = [];
    class RecordingReader extends ReferenceLogReader {
      override countLogs(orgId: OrgId, query: LogCountQuery, limits: QueryBounds): Promise<LogCounts> {
        asked.push(query);
        return super.countLogs(orgId, query, limits);
      }
    }
    const reader = new RecordingReader(new Map([[orgA, logs]]));
    const window = { start: at(60), end: at(130), step: 60n * SECOND, limit: 1, direction: 'backward' } as const;
    await evaluateLogQuery(reader, orgA, parseQuery('rate({a="b"} |= "c" [90s])'), window, bounds);
    expect(asked).toEqual([
      {
        matchers: [{ name: 'a', op: '=', value: 'b' }],
        lineFilters: [{ op: '|=', value: 'c' }],
        start: at(-30) + 1n,
        end: at(120) + 1n,
        origin: at(-30),
        bucket: 30n * SECOND,
        edges: '(]',
        by: ['service', 'level', 'host', 'env'],
      },
    ]);
  });
});
