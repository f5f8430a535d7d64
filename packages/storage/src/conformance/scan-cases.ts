import type { LogBlock, LogLabels, LogRecord, LogSelection, OrgId } from '@aegisguard/model';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALL_TIME,
  at,
  insert,
  newOrg,
  patient,
  type StorageUnderTest,
  storedLogs,
  type TestBatch,
  testBatch,
} from './storage-under-test.ts';

const EVERYTHING: LogSelection = { ...ALL_TIME, matchers: [], lineFilters: [] };

/** Logs in blocks: the same lines and labels as a reader of every log has. */
export function scanCases(store: StorageUnderTest): void {
  describe('scans', () => {
    let org: OrgId;
    let batches: TestBatch[];

    beforeAll(async () => {
      org = newOrg();
      batches = [testBatch(scannedRecords()), testBatch([{ message: 'later', timestamp: at(60, 7) }])];
      await insert(store, org, ...batches);
      await insert(store, newOrg(), testBatch([{ message: 'of another organization' }]));
    });

    async function scan(selection: LogSelection): Promise<{ lines: unknown[]; blocks: LogBlock[] }> {
      const blocks: LogBlock[] = [];
      await store.driver().logs.scanLogs(org, selection, patient(), (block) => blocks.push(block));
      return { lines: linesOf(blocks), blocks };
    }

    it.each<[string, Partial<LogSelection>]>([
      ['everything', {}],
      ['a matcher', { matchers: [{ name: 'service', op: '=', value: 'checkout' }] }],
      ['a line filter', { lineFilters: [{ op: '|=', values: ['later', 'é'] }] }],
      ['a range', { start: at(60), end: at(61) }],
      ['nothing', { start: at(1), end: at(1) }],
    ])('what a selection of %s takes', async (_, part) => {
      const selection = { ...EVERYTHING, ...part };
      const expected: LogBlock[] = [];
      await store
        .referenceReader(new Map([[org, batches.flatMap(storedLogs)]]))
        .scanLogs(org, selection, patient(), (block) => expected.push(block));
      const { lines } = await scan(selection);
      expect(lines).toEqual(linesOf(expected));
    });

    it('with one object for the labels of a stream', async () => {
      const { blocks } = await scan({ ...EVERYTHING, lineFilters: [{ op: '|=', values: ['twice'] }] });
      const labels = blocks.flatMap((block) => block.labels);
      expect(labels).toHaveLength(2);
      expect(labels[0]).toBe(labels[1]);
    });

    it('until the caller has enough: what it throws comes back', async () => {
      const enough = new Error('enough');
      const scanning = store.driver().logs.scanLogs(org, EVERYTHING, patient(), () => {
        throw enough;
      });
      await expect(scanning).rejects.toBe(enough);
      expect((await scan(EVERYTHING)).lines).toHaveLength(batches.flatMap(storedLogs).length);
    });

    it('tells what it cost, and stops for a client that is gone', async () => {
      const { logs } = store.driver();
      const stats = await logs.scanLogs(org, EVERYTHING, patient(), () => undefined);
      expect(stats.rowsRead).toBe(batches.flatMap(storedLogs).length);
      expect(stats.bytesRead).toBeGreaterThan(0);
      const gone = { signal: AbortSignal.abort(), timeoutMs: 1000 };
      await expect(logs.scanLogs(org, EVERYTHING, gone, () => undefined)).rejects.toMatchObject({
        code: 'query-cancelled',
      });
    });
  });
}

/** In an order of their own, as plain data. */
function linesOf(blocks: readonly LogBlock[]): unknown[] {
  return blocks
    .flatMap(({ timestamps, lines, labels }) =>
      lines.map((line, row) => ({
        timestamp: String(timestamps[row]),
        line,
        labels: plainLabels(labels[row]),
      })),
    )
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function plainLabels(labels: LogLabels | undefined): unknown {
  const sorted = (values: object = {}) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    stream: sorted(labels?.stream),
    metadata: sorted(labels?.metadata),
    derived: sorted(labels?.derived),
    isPushed: labels?.isPushed,
  };
}

function scannedRecords(): Partial<LogRecord>[] {
  const stream = { service_name: 'gate', level: 'warning', job: 'loki', region: 'eu', id: 'abc-123456' };
  const pushed = { service: 'gate', level: 'warn', severityText: 'warning', resource: stream } as const;
  return [
    { message: '' },
    { message: 'é', traceId: 'ab'.repeat(16), spanId: 'cd'.repeat(8), host: 'h', env: 'prod', version: '1' },
    { attributes: { http: { status: 500, ok: true }, list: [1], n: 1e21, zero: -0, broken: '\ud800', gone: null } },
    { attributes: { a: { b: 'x' }, 'a.b': 'y' }, resource: { a_b: 'hidden', pod: 'p', gone: 'r' } },
    { attributes: { host: 'not a column', service: 's' }, details: { flags: 1 } },
    {
      geo: { country: 'DE', timeZone: 'Europe/Berlin' },
      userAgent: { browser: 'Firefox' },
      attributes: { geo_country: 'FR' },
    },
    { ...pushed, message: 'twice', details: { pushedMetadata: 0 } },
    { ...pushed, message: 'twice', details: { pushedMetadata: 0 } },
    {
      ...pushed,
      message: 'metadata',
      details: { pushedMetadata: 1 },
      attributes: { trace: 'm', lifted: 1, region: 'l' },
    },
    {
      ...pushed,
      message: 'metadata',
      details: { pushedMetadata: 2 },
      attributes: { trace: 'm', lifted: 1, region: 'l' },
    },
    ...Array.from({ length: 300 }, (_, n) => ({
      service: `s-${n}`,
      message: `row ${n}`,
      attributes: { [`key${n}`]: n },
    })),
  ];
}
