import {
  type LabelValues,
  type LogRecord,
  type LogSelection,
  labelValue,
  logLabels,
  type OrgId,
  type StoredLog,
} from '@aegisguard/model';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ALL_TIME,
  at,
  insert,
  newOrg,
  patient,
  type StorageUnderTest,
  shareOf,
  storedLogs,
  type TestBatch,
  testBatch,
} from './storage-under-test.ts';

const EVERYTHING: LogSelection = { ...ALL_TIME, matchers: [], lineFilters: [] };
const SELECTIONS: readonly (readonly [string, LogSelection, (log: StoredLog) => boolean])[] = [
  ['everything', EVERYTHING, () => true],
  [
    'a service',
    { ...EVERYTHING, matchers: [{ name: 'service', op: '=', value: 'cart' }] },
    ({ service }) => service === 'cart',
  ],
  [
    'a ragged range of a level',
    { ...EVERYTHING, start: at(30), end: at(250, 1), matchers: [{ name: 'level', op: '=', value: 'warn' }] },
    ({ level, position: { timestamp } }) => level === 'warn' && timestamp >= at(30) && timestamp <= at(250),
  ],
  [
    'a line filter',
    { ...EVERYTHING, lineFilters: [{ op: '|=', values: ['line 1', 'line 2'] }] },
    ({ message }) => /line [12]/.test(message),
  ],
  ['nothing', { ...EVERYTHING, matchers: [{ name: 'service', op: '=', value: 'nobody' }] }, () => false],
];

/** What explorers and editors ask: names, values, volumes, facets, samples and context, against a recount in memory. */
export function overviewCases(store: StorageUnderTest): void {
  describe('overviews', () => {
    // The last of them selects nothing.
    const selections = [...SELECTIONS.slice(0, shareOf(store, SELECTIONS.length - 1)), ...SELECTIONS.slice(-1)];
    let org: OrgId;
    let logs: readonly StoredLog[];

    beforeAll(async () => {
      org = newOrg();
      const batches: TestBatch[] = [testBatch(records(0)), testBatch(records(1))];
      logs = batches.flatMap(storedLogs);
      for (const batch of batches) {
        await insert(store, org, batch);
      }
      const theirs = [{ service: 'theirs', attributes: { secret: 'x' }, message: 'line 1', timestamp: at(40) }];
      await insert(store, newOrg(), testBatch(theirs));
    });

    it.each(selections)('names of labels of %s', async (_, selection, isSelected) => {
      const { names } = await store.driver().logs.labelNames(org, { ...selection, limit: 100 }, patient());
      const expected = new Map<string, boolean>();
      for (const log of logs.filter(isSelected)) {
        const { stream, metadata, derived } = logLabels(log);
        for (const name of Object.keys({ ...derived, ...metadata, ...stream })) {
          expected.set(name, expected.get(name) === true || name in stream);
        }
      }
      const columns = ['service', 'detected_level', 'severity_text', 'host', 'env', 'version', 'trace_id', 'span_id'];
      const others = (given: Iterable<readonly [string, boolean]>) =>
        [...given].filter(([name]) => !columns.includes(name)).sort();
      expect(others(names.map(({ name, isStream }) => [name, isStream] as const))).toEqual(others(expected));
    });

    it.each(selections)('values of labels of %s', async (_, selection, isSelected) => {
      for (const name of ['service', 'level', 'detected_level', 'host', 'region', 'user_id', 'absent']) {
        const { values, isEstimate } = await store
          .driver()
          .logs.labelValues(org, { ...selection, name, limit: 5 }, patient());
        expect(values, name).toEqual(topValues(logs.filter(isSelected), name, 5));
        expect(isEstimate).toBe(false);
      }
    });

    it('values that begin with a text', async () => {
      const query = { ...EVERYTHING, name: 'user_id', prefix: 'u-1000', limit: 100 };
      const { values } = await store.driver().logs.labelValues(org, query, patient());
      const expected = topValues(logs, 'user_id', 1000).filter(({ value }) => value.startsWith('u-1000'));
      expect(values).toEqual(expected);
      const none = await store.driver().logs.labelValues(org, { ...query, prefix: "u-' OR 1" }, patient());
      expect(none.values).toEqual([]);
    });

    it.each(selections)('volumes of %s', async (_, selection, isSelected) => {
      for (const by of [[], ['service'], ['service_name', 'level'], ['region', 'level']]) {
        const { volumes } = await store.driver().logs.logVolumes(org, { ...selection, by, limit: 100 }, patient());
        const labelsOf = (log: StoredLog) => {
          const labels = by.map((name) => [name, labelValue(logLabels(log), name) ?? '']);
          return Object.fromEntries(labels.filter(([, value]) => value !== ''));
        };
        expect(ordered(volumes), String(by)).toEqual(volumesOf(logs.filter(isSelected), labelsOf));
      }
      const { volumes } = await store
        .driver()
        .logs.logVolumes(org, { ...selection, by: 'stream', limit: 100 }, patient());
      expect(ordered(volumes)).toEqual(volumesOf(logs.filter(isSelected), (log) => logLabels(log).stream));
    });

    it.each(selections)('totals of %s', async (_, selection, isSelected) => {
      const selected = logs.filter(isSelected);
      const totals = await store.driver().logs.logTotals(org, selection, patient());
      expect(totals).toMatchObject({
        logs: selected.length,
        bytes: selected.reduce((sum, { message }) => sum + Buffer.byteLength(message), 0),
        streams: volumesOf(selected, (log) => logLabels(log).stream).length,
      });
      expect(totals.parts).toBeGreaterThanOrEqual(selected.length > 0 ? 1 : 0);
    });

    it.each(selections)('facets of %s', async (_, selection, isSelected) => {
      const { facets } = await store.driver().logs.logFacets(org, { ...selection, limit: 3 }, patient());
      const selected = logs.filter(isSelected);
      for (const { name, values, isEstimate } of facets) {
        expect(values, name).toEqual(topValues(selected, name, 3));
        expect(isEstimate).toBe(false);
      }
      const names = ['service', 'level', 'host', 'region', 'http_status', 'geo_country', 'user_agent_browser'];
      const present = names.filter((name) => topValues(selected, name, 1).length > 0);
      expect(facets.map(({ name }) => name)).toEqual(expect.arrayContaining(present));
      // Ids are no facets, but are told of when they are asked for.
      expect(facets.map(({ name }) => name)).not.toContain('user_id');
      const asked = await store
        .driver()
        .logs.logFacets(org, { ...selection, names: ['user_id', 'region', 'host'], limit: 4 }, patient());
      const expected = ['user_id', 'region', 'host'].map((name) => ({ name, values: topValues(selected, name, 4) }));
      expect(asked.facets.map(({ name, values }) => ({ name, values }))).toEqual(
        expected.filter(({ values }) => values.length > 0),
      );
    });

    it.each(selections)('a sample of the lines of %s', async (_, selection, isSelected) => {
      const all = logs.filter(isSelected).map(({ position, message }) => `${position.timestamp} ${message}`);
      for (const limit of [10_000, 20]) {
        const { timestamps, lines, logsPerLine } = await store
          .driver()
          .logs.sampleLogs(org, { ...selection, limit }, patient());
        const sampled = lines.map((line, row) => `${timestamps[row]} ${line}`);
        expect(sampled).toHaveLength(Math.min(limit, all.length));
        expect(all).toEqual(expect.arrayContaining(sampled));
        expect(new Set(sampled).size).toBe(sampled.length);
        expect(logsPerLine * sampled.length).toBeGreaterThanOrEqual(all.length / 3);
        expect(logsPerLine * sampled.length).toBeLessThanOrEqual(all.length * 3);
      }
    });

    it('the context of a log: its stream, whatever the level', async () => {
      const isOlder = (a: StoredLog, b: StoredLog) => orderOf(a) < orderOf(b);
      const streamOf = (log: StoredLog) => {
        const { stream, isPushed } = logLabels(log);
        const { level: _, ...rest } = stream;
        return JSON.stringify([isPushed, Object.entries(rest).sort()]);
      };
      for (const log of [logs[0], logs[40], logs[41], logs[77], logs.at(-1)]) {
        if (log === undefined) {
          throw new Error('there are fewer logs than that');
        }
        const same = logs.filter((one) => streamOf(one) === streamOf(log)).sort((a, b) => (isOlder(a, b) ? -1 : 1));
        const place = same.indexOf(log);
        const query = { ...ALL_TIME, position: log.position, before: 3, after: 2 };
        const context = await store.driver().logs.logContext(org, query, patient());
        expect(context.log).toEqual(log);
        expect(context.before).toEqual(same.slice(Math.max(0, place - 3), place));
        expect(context.after).toEqual(same.slice(place + 1, place + 3));
        const { log: none } = await store.driver().logs.logContext(newOrg(), query, patient());
        expect(none).toBeUndefined();
      }
    });

    it('of an organization without logs are empty', async () => {
      const { logs: reader } = store.driver();
      const nobody = newOrg();
      const named = { ...EVERYTHING, name: 'service', limit: 10, by: 'stream' as const };
      expect((await reader.labelNames(nobody, named, patient())).names).toEqual([]);
      expect((await reader.labelValues(nobody, named, patient())).values).toEqual([]);
      expect((await reader.logVolumes(nobody, named, patient())).volumes).toEqual([]);
      expect((await reader.logFacets(nobody, named, patient())).facets).toEqual([]);
      expect((await reader.sampleLogs(nobody, named, patient())).lines).toEqual([]);
      expect(await reader.logTotals(nobody, named, patient())).toMatchObject({ streams: 0, logs: 0, bytes: 0 });
    });
  });
}

/** The order of logs as a text. */
function orderOf({ position: { timestamp, batchId, index } }: StoredLog): string {
  return `${String(timestamp).padStart(20, '0')} ${batchId} ${String(index).padStart(9, '0')}`;
}

function topValues(logs: readonly StoredLog[], name: string, limit: number): { value: string; logs: number }[] {
  const counts = new Map<string, number>();
  for (const log of logs) {
    const value = labelValue(logLabels(log), name) ?? '';
    if (value !== '') {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([value, count]) => ({ value, logs: count }))
    .sort((a, b) => b.logs - a.logs || (a.value < b.value ? -1 : 1))
    .slice(0, limit);
}

function volumesOf(logs: readonly StoredLog[], labelsOf: (log: StoredLog) => LabelValues): unknown[] {
  const groups = new Map<string, { labels: LabelValues; logs: number; bytes: number }>();
  for (const log of logs) {
    const labels = labelsOf(log);
    const key = JSON.stringify(Object.entries(labels).sort());
    const group = groups.get(key) ?? { labels, logs: 0, bytes: 0 };
    groups.set(key, { labels, logs: group.logs + 1, bytes: group.bytes + Buffer.byteLength(log.message) });
  }
  return ordered([...groups.values()]);
}

function ordered<Volume extends { readonly labels: LabelValues }>(volumes: readonly Volume[]): Volume[] {
  const key = ({ labels }: Volume) => JSON.stringify(Object.entries(labels).sort());
  return [...volumes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function records(part: number): Partial<LogRecord>[] {
  return Array.from({ length: 60 }, (_, n): Partial<LogRecord> => {
    const timestamp = at(n * 7 + part, n % 5);
    const message = `line ${n % 4} é ${'x'.repeat(n % 9)}`;
    if (n % 6 === 5) {
      const stream = { service_name: 'gate', job: n % 4 === 1 ? 'a' : 'b', level: 'warning' };
      const pushed = { service: 'gate', level: 'warn', severityText: 'warning', resource: stream } as const;
      const attributes = { region: `r${n % 2}`, pod: 'lifted' };
      return { ...pushed, timestamp, message, attributes, details: { pushedMetadata: 1 } };
    }
    return {
      timestamp,
      message,
      service: n % 3 === 0 ? 'cart' : 'checkout',
      level: n % 2 === 0 ? 'info' : 'warn',
      host: n % 2 === 0 ? '' : `h${n % 4}`,
      attributes: {
        region: n % 4 === 0 ? 'eu' : 'us',
        user_id: `u-${10_000 + (n % 20)}`,
        http: { status: 200 + (n % 3) },
      },
      resource: n % 5 === 0 ? { pod: 'p' } : {},
      geo: n % 2 === 0 ? { country: 'DE' } : {},
      userAgent: n % 4 === 1 ? { browser: 'Firefox' } : {},
    };
  });
}
