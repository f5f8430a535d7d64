import {
  AegisError,
  type LogPage,
  type LogPosition,
  type LogSearch,
  type OrgId,
  parseOrgId,
  type QueryBounds,
  type StoredLog,
  unixNanos,
} from '@aegisguard/model';
import { ReferenceLogReader } from '@aegisguard/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../syntax/parse-query.ts';
import { LOGS_START, storedLog } from '../testing/arbitrary-logs.ts';
import { evaluateLogQuery, type LogQueryPage, type LogQueryWindow } from './evaluate-log-query.ts';

const orgA = parseOrgId('11111111-1111-4111-8111-111111111111');
const orgB = parseOrgId('22222222-2222-4222-8222-222222222222');
const SECOND = 1_000_000_000n;
const bounds = { signal: new AbortController().signal, timeoutMs: 60_000 };
const WINDOW: LogQueryWindow = {
  start: LOGS_START,
  end: unixNanos(LOGS_START + 60n * SECOND),
  limit: 100,
  direction: 'forward',
};

/** A log at so many seconds after the start. */
function logAt(seconds: number, fields: Partial<StoredLog> = {}): StoredLog {
  return storedLog(unixNanos(LOGS_START + BigInt(seconds) * SECOND), 0, fields);
}

async function find(
  reader: ReferenceLogReader,
  query: string,
  window: Partial<LogQueryWindow> = {},
  orgId: OrgId = orgA,
): Promise<LogQueryPage> {
  const answer = await evaluateLogQuery(reader, orgId, parseQuery(query), { ...WINDOW, ...window }, bounds);
  if (answer.kind !== 'logs') {
    throw new Error('logs were expected');
  }
  return answer;
}

function readerOf(logs: readonly StoredLog[]): ReferenceLogReader {
  return new ReferenceLogReader(new Map([[orgA, logs]]));
}

async function lines(
  logs: readonly StoredLog[],
  query: string,
  window: Partial<LogQueryWindow> = {},
): Promise<readonly string[]> {
  return (await find(readerOf(logs), query, window)).found.map(({ line }) => line);
}

describe('log queries', () => {
  const logs = [
    logAt(1, { message: 'GET /a 200', host: 'web-1', attributes: { http: { status: 200 }, 'user.id': 'u1' } }),
    logAt(2, { message: 'GET /b 500', level: 'error', host: 'web-2', attributes: { http: { status: 500 } } }),
    logAt(3, { message: 'job\ndone', service: 'worker', resource: { region: 'eu' } }),
  ];

  it.each([
    ['{service="api"}', ['GET /a 200', 'GET /b 500']],
    ['{service_name="worker"}', ['job\ndone']],
    ['{service=~"a.."}', ['GET /a 200', 'GET /b 500']],
    ['{service=~"a"}', []],
    ['{service=~".+", host=""}', ['job\ndone']],
    ['{http_status="500"}', ['GET /b 500']],
    ['{user_id="u1", region=""}', ['GET /a 200']],
    ['{service=~".+"} |= "GET"', ['GET /a 200', 'GET /b 500']],
    ['{service=~".+"} |= "get"', []],
    ['{service=~".+"} != "200" |= "GET"', ['GET /b 500']],
    ['{service=~".+"} |= "200" or "done"', ['GET /a 200', 'job\ndone']],
    ['{service=~".+"} |~ "/[ab] 5.."', ['GET /b 500']],
    ['{service=~".+"} !~ "GET"', ['job\ndone']],
    ['{service=~".+"} |> "GET <_> 200"', ['GET /a 200']],
    ['{service=~".+"} !> "GET <_>"', ['job\ndone']],
    ['{service=~".+"} | http_status="500"', ['GET /b 500']],
    ['{service=~".+"} | http_status > 200', ['GET /b 500']],
    ['{service=~".+"} | level="error" or host="web-1"', ['GET /a 200', 'GET /b 500']],
    ['{service=~".+"} | pattern "<method> <path> <_>" | path="/b"', ['GET /b 500']],
  ])('%s', async (query, expected) => {
    expect(await lines(logs, query)).toEqual(expected);
  });

  it('gives labels as the pipeline leaves them, and where they come from', async () => {
    const { found } = await find(readerOf(logs.slice(1, 2)), '{service="api"} | pattern "<method> <_>"');
    expect(found).toEqual([
      {
        log: logs[1],
        line: 'GET /b 500',
        labels: { service_name: 'api', level: 'error', host: 'web-2', http_status: '500', method: 'GET' },
        categories: {
          stream: { service_name: 'api', level: 'error', host: 'web-2' },
          metadata: { http_status: '500' },
          parsed: { method: 'GET' },
        },
      },
    ]);
  });

  it('hands the page on: direction, limit, end exclusive, and where to go on', async () => {
    const backward = { direction: 'backward' as const, limit: 2 };
    const all = '{service=~".+"}';
    expect(await lines(logs, all, { ...backward, end: unixNanos(LOGS_START + 3n * SECOND) })).toEqual([
      'GET /b 500',
      'GET /a 200',
    ]);
    const page = await find(readerOf(logs), all, backward);
    expect(page.next).toEqual(logs[1]?.position);
    const last = await find(readerOf(logs), all, { ...backward, ...(page.next && { after: page.next }) });
    expect(last.found.map(({ line }) => line)).toEqual(['GET /a 200']);
    expect(last).not.toHaveProperty('next');
  });

  it('reads the organization that it was given, and no other', async () => {
    expect((await find(readerOf(logs), '{service=~".+"}', {}, orgB)).found).toEqual([]);
    expect((await find(readerOf(logs), '{service=~".+"} | json', {}, orgB)).found).toEqual([]);
  });

  it('refuses a start after the end', async () => {
    const start = unixNanos(WINDOW.end + 1n);
    await expect(find(readerOf(logs), '{service="api"}', { start })).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('pages of what a pipeline lets through', () => {
  it('leave out no log and give none twice, in either direction', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.boolean()), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('forward' as const, 'backward' as const),
        fc.constantFrom('{service="api"} | logfmt | keep="true"', '{service="api"} |= "keep=true"'),
        async (made, limit, direction, query) => {
          const all = made.map(([seconds, keep], index) =>
            storedLog(unixNanos(LOGS_START + BigInt(seconds) * SECOND), index, { message: `keep=${keep} ${index}` }),
          );
          const seen: number[] = [];
          let after: LogPosition | undefined;
          do {
            const page = await find(readerOf(all), query, { limit, direction, ...(after && { after }) });
            expect(page.found.length).toBeLessThanOrEqual(limit);
            expect(page.next === undefined || page.found.length === limit).toBe(true);
            seen.push(...page.found.map(({ log }) => log.position.index));
            after = page.next;
          } while (after !== undefined);
          const sign = direction === 'forward' ? 1 : -1;
          const expected = all
            .filter(({ message }) => message.startsWith('keep=true'))
            .map(({ position }) => position)
            .sort((a, b) => sign * (Number(a.timestamp - b.timestamp) || a.index - b.index))
            .map(({ index }) => index);
          expect(seen).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  /** Has no more time after so many pages, and remembers how large those were. */
  class SlowReader extends ReferenceLogReader {
    readonly sizes: number[] = [];
    readonly #pagesMax: number;

    constructor(logs: readonly StoredLog[], pagesMax: number) {
      super(new Map([[orgA, logs]]));
      this.#pagesMax = pagesMax;
    }

    override searchLogs(orgId: OrgId, search: LogSearch, limits: QueryBounds): Promise<LogPage> {
      this.sizes.push(search.limit);
      if (this.sizes.length > this.#pagesMax) {
        throw new AegisError('query-timeout');
      }
      return super.searchLogs(orgId, search, limits);
    }
  }

  const many = Array.from({ length: 2000 }, (_, index) => storedLog(LOGS_START, index, { message: `n=${index}` }));

  it('are asked for in growing numbers', async () => {
    const reader = new SlowReader(many, 100);
    expect((await find(reader, '{service="api"} | logfmt | n=1999', { limit: 1 })).found).toHaveLength(1);
    expect(reader.sizes).toEqual([100, 400, 1600]);
  });

  it('end where time was over, and go on there', async () => {
    const page = await find(new SlowReader(many, 2), '{service="api"} | logfmt | n=~"3|1999"', { limit: 10 });
    expect(page.found.map(({ line }) => line)).toEqual(['n=3']);
    expect(page.next?.index).toBe(499);
    const rest = { limit: 10, ...(page.next && { after: page.next }) };
    const next = await find(new SlowReader(many, 100), '{service="api"} | logfmt | n=~"3|1999"', rest);
    expect(next.found.map(({ line }) => line)).toEqual(['n=1999']);
    expect(next).not.toHaveProperty('next');
  });

  it('fail when time was over before anything was looked at', async () => {
    const failed = find(new SlowReader(many, 0), '{service="api"} | logfmt', {});
    await expect(failed).rejects.toMatchObject({ code: 'query-timeout' });
  });

  it('end with what the signal was aborted with', async () => {
    const signal = AbortSignal.abort();
    const query = parseQuery('{service="api"} | logfmt');
    const failed = evaluateLogQuery(readerOf(many), orgA, query, WINDOW, { signal, timeoutMs: 1000 });
    await expect(failed).rejects.toMatchObject({ code: 'query-cancelled' });
  });
});
