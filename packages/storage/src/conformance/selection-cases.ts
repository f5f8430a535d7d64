import {
  type LabelMatcher,
  type LineFilter,
  type LogHint,
  type LogRecord,
  type LogSearch,
  labelValue,
  logLabels,
  type MatchOperator,
  type OrgId,
} from '@aegisguard/model';
import fc from 'fast-check';
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

/** All logs of the suite are of this minute. */
const RANGE = { start: at(-30), end: at(30) };

const OPERATORS: readonly MatchOperator[] = ['=', '!=', '=~', '!~'];

const HOSTILE = [
  "'",
  '"',
  '\\',
  "\\'",
  '`',
  '\0',
  '%',
  '_',
  "x' OR 1=1 --",
  '{a:String}',
  ';',
  '\n',
  'é',
  '🦊',
  '), 1), (',
  '/*',
];

/** Logs with every kind of label, absent ones too. */
function labelledBatch(): TestBatch {
  return testBatch([
    { service: 'checkout', level: 'info', host: 'web-1', env: 'prod', version: '1.0', message: 'GET /a 200' },
    {
      service: 'checkout',
      level: 'error',
      host: '',
      message: 'timeout calling inventory',
      attributes: { region: 'eu' },
    },
    {
      service: 'cart',
      level: 'warn',
      attributes: { region: 'eu-west', http: { status: 500 } },
      message: 'slow\nquery',
    },
    { service: 'cart', attributes: { http: { status: 200, 'user.agent': 'curl/8.0' }, user_id: 'u-12345' } },
    // No label answers to details.
    { service: 'cart', details: { region: 'eu', user_id: 'u-12345' }, attributes: { n: 7 } },
    { service: '', attributes: { ok: true, list: [1, 'a'], n: 1.5, long: 'x'.repeat(60) }, message: '' },
    { service: 'gate', resource: { region: 'us', 'k8s.pod': 'p-1' }, attributes: { region: 'ap' }, message: 'ÄÖ 🦊' },
    { service: 'gate', resource: { region: 'us' }, traceId: 'abcdef', spanId: '12', message: 'a.b (c) [d] \\e' },
    { service: 'gate', attributes: { 'a.b': 'first', a: { b: 'second' }, region: null }, resource: { region: 'us' } },
    {
      service: 'odd',
      attributes: { quote: "it's", 'multi line': 'a\nb', 'nul\0': 'x\0y', empty: '' },
      message: "it's",
    },
    ...pushedLogs(),
    ...HOSTILE.map((text) => ({ service: text, message: `<${text}>`, attributes: { text, id: `${text}123456` } })),
  ]);
}

/** Entries of a Loki push: streams keep their labels, whatever metadata and lines say. */
function pushedLogs(): Partial<LogRecord>[] {
  const stream = { service_name: 'gate', region: 'us', level: 'warning', host: 'web-1', http_status: 'odd' };
  const entry = { service: 'gate', host: 'web-1', level: 'warn', severityText: 'warning', resource: stream } as const;
  return [
    { ...entry, details: { pushedMetadata: 0 } },
    { ...entry, details: { pushedMetadata: 0 }, attributes: { region: 'lifted', http: { status: 500 }, n: 7 } },
    {
      ...entry,
      details: { pushedMetadata: 1 },
      attributes: { user_id: 'u-12345', level: 'error', a: { b: 'second' } },
      resource: { ...stream, user_id: 'eu' },
    },
  ];
}

/** Attributes that lie as `region` does: only what logs have under them is another thing. */
const ALIKE = ['http_status', 'user_id', 'n', 'list', 'long', 'a_b', 'multi_line', 'nul_', 'absent'];
const NAMES = [
  'service',
  'service_name',
  'level',
  'detected_level',
  'severity_text',
  'host',
  'trace_id',
  'region',
  ...ALIKE,
  'text',
  'id',
];

const VALUES = [
  '',
  'checkout',
  'eu',
  'us',
  'error',
  'warning',
  'nonsense',
  '500',
  '1.5',
  '[1,"a"]',
  'u-12345',
  'x'.repeat(60),
  'second',
  'a\nb',
  'x\0y',
];

const EXPRESSIONS = [
  '',
  '.*',
  '.+',
  'eu|us',
  'eu.*',
  'c(art|heckout)',
  '5..',
  'a.b',
  '(?i)EU',
  'info|error',
  'warn|warning',
  '(?i)WARNING',
  "\\Qit's\\E",
  '\\Qeu|us',
  'x{60}',
  '|cart',
  '\\w+-\\d+',
  '[[:alpha:]]+',
];

/** Which logs a selection takes: matchers and line filters against a plain reader of every log. */
export function selectionCases(store: StorageUnderTest): void {
  describe('selects', () => {
    let org: OrgId;
    let batch: TestBatch;

    beforeAll(async () => {
      org = newOrg();
      batch = labelledBatch();
      await insert(store, org, batch);
      await store.settle?.();
    });

    async function expectAgreement(search: Partial<LogSearch>): Promise<void> {
      const whole: LogSearch = {
        ...RANGE,
        matchers: [],
        lineFilters: [],
        limit: 5000,
        direction: 'backward',
        ...search,
      };
      const expected = await store
        .referenceReader(new Map([[org, storedLogs(batch)]]))
        .searchLogs(org, whole, patient());
      const found = await store.driver().logs.searchLogs(org, whole, patient());
      expect(found.logs, JSON.stringify([search.matchers, search.lineFilters, search.hints])).toStrictEqual(
        expected.logs,
      );
    }

    /** The values for a label: of those that are alike each takes what its logs have, and of the rest a third, in turns. */
    function valuesFor(name: string, all: readonly string[]): readonly string[] {
      const turn = ALIKE.indexOf(name);
      if (turn < 0) {
        return all;
      }
      const own = new Set(storedLogs(batch).map((log) => labelValue(logLabels(log), name) ?? ''));
      return all.filter((value, place) => own.has(value) || place % 3 === turn % 3);
    }

    it.each(NAMES.slice(0, shareOf(store, NAMES.length)))('by the label %s: every operator', async (name) => {
      const texts = ['service', 'text', 'id'].includes(name) ? [...VALUES, ...HOSTILE] : VALUES;
      for (const op of OPERATORS) {
        const values = valuesFor(name, op === '=' || op === '!=' ? texts : EXPRESSIONS);
        await Promise.all(values.map((value) => expectAgreement({ matchers: [{ name, op, value }] })));
      }
    });

    it('by labels that no attribute can answer to', async () => {
      for (const name of ['a.b', "x' OR 1", '', 'ключ', 'constructor', '__proto__', 'toString']) {
        for (const op of OPERATORS) {
          await expectAgreement({ matchers: [{ name, op, value: '' }] });
          await expectAgreement({ matchers: [{ name, op, value: 'x' }] });
        }
      }
    });

    it('by several matchers together', async () => {
      await expectAgreement({
        matchers: [
          { name: 'service', op: '=~', value: 'cart|gate' },
          { name: 'region', op: '!=', value: 'us' },
          { name: 'http_status', op: '!~', value: '2..' },
        ],
        lineFilters: [{ op: '!=', values: ['slow'] }],
      });
    });

    it.each(['|=', '!=', '|~', '!~'] as const)('by the line filter %s', async (op) => {
      const texts = ['', 'timeout', 'imeou', 'GET /a', ' ', '🦊', 'Ö', '\n', '\\e', '(c)', '%', '_', ...HOSTILE];
      const expressions = [
        '',
        'time.*inv',
        'slow.query',
        '(?s)slow.query',
        '^GET',
        '200$',
        '\\(c\\)',
        'a.b',
        '[Ää]',
        '\\Q(c)',
      ];
      for (const value of op === '|=' || op === '!=' ? texts : expressions) {
        await expectAgreement({ lineFilters: [{ op, values: [value] }] });
      }
    });

    it('whatever stands in a query, as text and as nothing but text', async () => {
      const text = fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom(...HOSTILE, 'a', '1') }),
        fc.constantFrom(...VALUES),
      );
      const matcher = fc.record<LabelMatcher>({
        name: fc.oneof(fc.constantFrom(...NAMES), text),
        op: fc.constantFrom('=', '!='),
        value: text,
      });
      const filter = fc.record<LineFilter>({
        op: fc.constantFrom('|=', '!='),
        values: fc.array(text, { minLength: 1, maxLength: 3 }),
      });
      const hint = fc.record<LogHint>({
        texts: fc.array(text, { maxLength: 3 }),
        matchers: fc.array(matcher, { maxLength: 2 }),
      });
      await fc.assert(
        fc.asyncProperty(
          fc.array(matcher, { maxLength: 3 }),
          fc.array(filter, { maxLength: 2 }),
          fc.array(hint, { maxLength: 1 }),
          (matchers, lineFilters, hints) => expectAgreement({ matchers, lineFilters, hints }),
        ),
        { numRuns: shareOf(store, 150) },
      );
    });

    it('any time range: its start is in, its end is not', async () => {
      const [first] = batch.records;
      const time = first?.timestamp ?? at(0);
      for (const [start, end, count] of [
        [time, time, 0],
        [time, at(0, 1), batch.records.length],
        [at(-1), time, 0],
        [at(0, 1), at(5), 0],
        [at(5), at(-5), 0],
      ] as const) {
        const search = { matchers: [], lineFilters: [], limit: 5000, direction: 'forward' as const, start, end };
        expect((await store.driver().logs.searchLogs(org, search, patient())).logs).toHaveLength(count);
      }
    });

    it.each(['(a', '[', 'a**', '\\', 'a)|(b', '(?P<n', 'x{2000}', '*'])('refuses the expression %s', async (value) => {
      const range = { ...ALL_TIME, limit: 1, direction: 'forward' as const };
      const { logs } = store.driver();
      const nobody = newOrg();
      const byLabel = { ...range, matchers: [{ name: 'region', op: '=~' as const, value }], lineFilters: [] };
      await expect(logs.searchLogs(nobody, byLabel, patient())).rejects.toMatchObject({ code: 'invalid-query' });
      const byLine = { ...range, matchers: [], lineFilters: [{ op: '!~' as const, values: ['a', value] }] };
      await expect(logs.searchLogs(nobody, byLine, patient())).rejects.toMatchObject({ code: 'invalid-query' });
    });
  });
}
