import { type IngestEnvelope, type LogRecord, parseOrgId, TailedLog, unixNanos } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import type { RecordLine } from './record-line.ts';
import { TailCatcher } from './tail-catcher.ts';
import { compileTailFilter } from './tail-filter.ts';

const ENVELOPE: IngestEnvelope = {
  v: 1,
  orgId: parseOrgId('00000000-0000-7000-8000-000000000001'),
  signal: 'logs',
  format: 'native-json',
  batchId: '00000000-0000-7000-8000-00000000000a',
  keyId: 'key',
  receivedAtMs: 1_700_000_000_000,
  retentionDays: 30,
  accepted: 1,
  rejected: [],
  clientAddress: '',
};

function records(count: number, changes: Partial<LogRecord> = {}): LogRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    timestamp: unixNanos(1_700_000_000_000_000_000n + BigInt(index)),
    level: 'info',
    severityNumber: 9,
    severityText: '',
    service: 'api',
    message: `number=${index}`,
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
    geo: {},
    userAgent: {},
    ingestId: '',
    truncated: false,
    index,
    ...changes,
  }));
}

/** A catcher whose clock is moved by hand. */
function catcher(): { catcher: TailCatcher; passMs: (ms: number) => void } {
  let nowMs = 0;
  const passMs = (ms: number): void => {
    nowMs += ms;
  };
  return { catcher: new TailCatcher({ compile: compileTailFilter, nowMs: () => nowMs, workedMs: () => 0 }), passMs };
}

it('gives each query what it caught, as a search would show it and as the query left it', () => {
  const all = catcher().catcher.catch(ENVELOPE, records(3), ['{service="api"} | logfmt', '{service="other"}'], 0);
  expect(all.map(({ query, lines, dropped }) => [query, lines.length, dropped])).toEqual([
    ['{service="api"} | logfmt', 3, 0],
  ]);
  const [{ batchId, lines } = { batchId: '', lines: [] }] = all;
  expect(batchId).toBe(ENVELOPE.batchId);
  expect(lines[2]).toMatchObject({ timestamp: '1700000000000000002', index: 2 });
  expect(TailedLog.parse(JSON.parse(lines[2]?.json ?? ''))).toEqual({
    id: `${ENVELOPE.batchId}-2`,
    timestamp: '2023-11-14T22:13:20.000000002Z',
    level: 'info',
    severityNumber: 9,
    service: 'api',
    message: 'number=2',
    attributes: {},
    resource: {},
    parsed: { number: '2' },
    labels: { service_name: 'api', level: 'info', number: '2' },
  });
});

it('counts what is more than a tail may have, for each organization and query on its own', () => {
  const { catcher: threads, passMs } = catcher();
  const caught = (orgId: IngestEnvelope['orgId'], query: string) => {
    const [found] = threads.catch({ ...ENVELOPE, orgId }, records(1500), [query], 0);
    return [found?.lines.length, found?.dropped];
  };
  const other = parseOrgId('00000000-0000-7000-8000-000000000002');
  expect(caught(ENVELOPE.orgId, '{service="api"}')).toEqual([1000, 500]);
  expect(caught(ENVELOPE.orgId, '{service="api"}')).toEqual([0, 1500]);
  expect(caught(ENVELOPE.orgId, '{service=~"api"}')).toEqual([1000, 500]);
  expect(caught(other, '{service="api"}')).toEqual([1000, 500]);
  passMs(200);
  expect(caught(ENVELOPE.orgId, '{service="api"}')).toEqual([200, 1300]);
});

describe('time', () => {
  /** Of lines that cost each tail so much to look at. */
  function totals(lineMs: number, batchMs: number, count = 100): (readonly [lines: number, dropped: number])[] {
    let workedMs = 0;
    const compile = (query: string) => {
      const { selects, run } = compileTailFilter(query);
      return {
        selects: (log: RecordLine) => {
          workedMs += lineMs;
          return selects(log);
        },
        run,
      };
    };
    const slow = new TailCatcher({ compile, nowMs: () => 0, workedMs: () => workedMs });
    const long = records(count, { message: 'x'.repeat(20_000) });
    return slow
      .catch(ENVELOPE, long, ['{service="api"}', '{service!="x"}'], batchMs)
      .map(({ lines, dropped }) => [lines.length, dropped] as const);
  }

  it('of a batch: tails have as much as the batch took, and a little in any case', () => {
    expect(totals(10, 300)).toEqual([
      [30, 70],
      [0, 100],
    ]);
    expect(totals(10, 0)).toEqual([
      [5, 95],
      [0, 100],
    ]);
  });

  it('of a tail: it has a part of a thread, and leaves the rest of the batch’s to others', () => {
    expect(totals(10, 10_000)).toEqual([
      [50, 50],
      [50, 50],
    ]);
  });

  /** What a thread gives a tail of batches of short lines, of which one costs so much in the query's stages; batches are a second apart. */
  function dropsOf(lineMs: number, batches: number): (readonly [run: number, dropped: number])[] {
    let workedMs = 0;
    let nowMs = 0;
    let runs = 0;
    const compile = (query: string) => ({
      selects: compileTailFilter(query).selects,
      run: () => {
        runs += 1;
        workedMs += lineMs;
        return undefined;
      },
    });
    const slow = new TailCatcher({ compile, nowMs: () => nowMs, workedMs: () => workedMs });
    return Array.from({ length: batches }, () => {
      runs = 0;
      nowMs += 1000;
      const [found] = slow.catch(ENVELOPE, records(64), ['{service="api"}'], 10_000);
      return [runs, found?.dropped ?? 0] as const;
    });
  }

  it('is looked at after each line that ran stages, however short', () => {
    expect(dropsOf(60, 1)).toEqual([[9, 55]]);
  });

  it('a line that costs far too much is the last one for seconds', () => {
    const rest = Array.from({ length: 5 }, () => [0, 64]);
    expect(dropsOf(600, 7)).toEqual([[1, 63], ...rest, [1, 63]]);
  });

  it('is enough where lines cost what they do', () => {
    expect(totals(0.05, 0)).toEqual([
      [100, 0],
      [100, 0],
    ]);
  });
});

it('takes turns, so that the same tail does not always go short', () => {
  const { catcher: threads } = catcher();
  const first = () => threads.catch(ENVELOPE, records(1), ['{a=""}', '{b=""}', '{c=""}'], 0)[0]?.query;
  expect(new Set([first(), first(), first()])).toEqual(new Set(['{a=""}', '{b=""}', '{c=""}']));
});

it('a query that this program does not understand costs its own lines, not the batch', () => {
  const found = catcher().catcher.catch(ENVELOPE, records(2), ['{service="api"} | of tomorrow', '{service="api"}'], 0);
  expect(found.map(({ query, lines, dropped }) => [query, lines.length, dropped]).sort()).toEqual([
    ['{service="api"} | of tomorrow', 0, 2],
    ['{service="api"}', 2, 0],
  ]);
});
