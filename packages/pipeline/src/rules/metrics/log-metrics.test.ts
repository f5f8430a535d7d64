import { LogPipelines, type LogRecord, PUSHED_METADATA, seriesOfLabelSet } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScrubTally } from '../../scrub/scrub-tally.ts';
import { sampleContext, sampleRecord } from '../../testing/sample-record.ts';
import { PipelineFaults } from '../compile-pipelines.ts';
import { LogRules } from '../log-rules.ts';
import { traceRules } from '../trace-rules.ts';
import { logMetricChanges } from './log-metric-changes.ts';

const { envelope } = sampleContext;
type Step = Readonly<Record<string, unknown>>;

/** What the logs do to series, as `name{labels}` → value, or `= value` where it is set. */
function made(steps: readonly Step[], logs: readonly Partial<LogRecord>[]): Record<string, number | string> {
  const rules = new LogRules(LogPipelines.parse({ rules: [{ name: 'rule', steps }] }));
  const { metrics } = rules.run(logs.map(sampleRecord), envelope);
  const changes = logMetricChanges(metrics, { ...sampleContext, tally: new ScrubTally() });
  return Object.fromEntries(
    changes.flatMap((change) =>
      seriesOfLabelSet(change).map((labels, at) => {
        const { __name__: name, ...rest } = Object.fromEntries(labels);
        const text = Object.entries(rest).map(([label, value]) => `${label}=${value}`);
        const { [at]: add = 0 } = change.add;
        return [`${name}{${text.join(',')}}`, change.set === undefined ? add : `= ${change.set + add}`];
      }),
    ),
  );
}

function faultsOf(...steps: readonly Step[]): readonly string[] {
  try {
    new LogRules(LogPipelines.parse({ rules: [{ name: 'rule', steps }] }));
    return [];
  } catch (error) {
    return error instanceof PipelineFaults ? error.faults.map(({ path }) => path.replace('/rules/0/steps/', '')) : [];
  }
}

const counter = (more: Step = {}): Step => ({ kind: 'metric', type: 'counter', name: 'c', ...more });
const gauge = (more: Step = {}): Step => ({ kind: 'metric', type: 'gauge', name: 'g', ...more });
const histogram = (more: Step = {}): Step => ({
  kind: 'metric',
  type: 'histogram',
  name: 'h',
  buckets: [1, 5],
  ...more,
});

describe('steps that make metrics', () => {
  it.each<[what: string, steps: readonly Step[], logs: readonly Partial<LogRecord>[], expected: object]>([
    [
      'a counter counts logs by labels',
      [counter({ labels: { level: '', of: 'service' } })],
      [{}, { level: 'warn' }, {}],
      { 'c{level=info,of=checkout}': 2, 'c{level=warn,of=checkout}': 1 },
    ],
    [
      'a log without the value has no label',
      [counter({ labels: { user: '' } })],
      [{}, { attributes: { user: 'jo' } }, { attributes: { user: '' } }],
      { 'c{}': 2, 'c{user=jo}': 1 },
    ],
    [
      'a counter with a source counts logs that have it',
      [counter({ source: 'n' })],
      [{}, { attributes: { n: 5 } }],
      { 'c{}': 1 },
    ],
    [
      'or that have it as a text',
      [counter({ source: 'n', value: '5' })],
      [{ attributes: { n: 4 } }, { attributes: { n: 5 } }],
      { 'c{}': 1 },
    ],
    [
      'a counter adds numbers, and numbers in texts, but none below 0',
      [counter({ action: 'add', source: 'n' })],
      [1, '2.5', '1e1', -3, 'x', '', null, true, 1e300, '0x10', '1'.repeat(51)].map((n) => ({ attributes: { n } })),
      { 'c{}': 13.5 },
    ],
    ['bytes', [counter({ action: 'add', bytes: true })], [{ message: 'é' }, { message: 'a' }], { 'c{}': 3 }],
    [
      'a gauge is set to the last value',
      [gauge({ source: 'n' })],
      [{ attributes: { n: 3 } }, { attributes: { n: -4 } }],
      { 'g{}': '= -4' },
    ],
    [
      'a gauge goes up and down',
      [gauge({ action: 'inc' }), gauge({ action: 'dec', source: 'n' }), gauge({ action: 'sub', source: 'n' })],
      [{}, { attributes: { n: 3 } }],
      { 'g{}': 2 - 1 - 3 },
    ],
    [
      'what is set and then added to',
      [gauge({ source: 's' }), gauge({ action: 'add', source: 'n' })],
      [{ attributes: { n: 1 } }, { attributes: { s: 5, n: 2 } }, { attributes: { n: 3 } }],
      { 'g{}': '= 10' },
    ],
    [
      'a histogram',
      [histogram({ source: 'n' })],
      [0, 1, 1.5, 5, 6].map((n) => ({ attributes: { n } })),
      { 'h_bucket{le=1}': 2, 'h_bucket{le=5}': 4, 'h_bucket{le=+Inf}': 5, 'h_sum{}': 13.5, 'h_count{}': 5 },
    ],
    [
      'what a step before has extracted',
      [{ kind: 'regex', expression: 'took (?P<ms>\\d+)', store: false }, counter({ action: 'add', source: 'ms' })],
      [{ message: 'took 12' }, { message: 'no' }],
      { 'c{}': 12 },
    ],
    [
      'a log that is dropped later counts, one that was dropped before does not',
      [counter(), { kind: 'drop', expression: 'x' }, counter({ name: 'later' })],
      [{ message: 'x' }, { message: 'y' }],
      { 'c{}': 2, 'later{}': 1 },
    ],
    [
      'steps within a match',
      [{ kind: 'match', selector: '{level="warn"}', steps: [counter()] }],
      [{}, { level: 'warn' }],
      { 'c{}': 1 },
    ],
    [
      'labels of the stream, but those that are ours',
      [counter({ labels: { app: 'other' }, streamLabels: true })],
      [
        {
          resource: { app: 'a', job: 'j', __x__: 'y', ['n'.repeat(129)]: 'long', 'no-label': 'n' },
          details: { [PUSHED_METADATA]: 0 },
          attributes: { other: 'o' },
        },
      ],
      { 'c{app=o,job=j,no_label=n}': 1 },
    ],
    [
      'personal data in labels is redacted, and series that become the same are one',
      [counter({ labels: { who: '' } })],
      [{ attributes: { who: 'mail jo@planted-example.com' } }, { attributes: { who: 'mail al@planted-example.com' } }],
      { 'c{who=mail [REDACTED:email]}': 2 },
    ],
  ])('%s', (_, steps, logs, expected) => {
    expect(made(steps, logs)).toEqual(expected);
  });

  it('a rule that fails counts nothing', () => {
    const long = { attributes: { text: 'a'.repeat(200_000) } };
    expect(made([counter(), { kind: 'regex', source: 'text', expression: 'b' }], [long, {}])).toEqual({ 'c{}': 1 });
  });

  it('counts are those of a plain count, and the same for the same batch', () => {
    const log = fc.record({ level: fc.constantFrom('info', 'warn', 'error'), n: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(fc.array(log, { maxLength: 40 }), (logs) => {
        const steps = [
          counter({ labels: { level: '' } }),
          histogram({ source: 'n' }),
          { kind: 'drop', sources: ['n'], expression: '^[0-4]$' },
          counter({ name: 'kept', action: 'add', source: 'n' }),
        ];
        const records = logs.map(({ level: of, n }) => ({ level: of, attributes: { n } }) as Partial<LogRecord>);
        const counts = made(steps, records);
        const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);
        const numbers = logs.map(({ n }) => n);
        for (const of of ['info', 'warn', 'error']) {
          expect(counts[`c{level=${of}}`] ?? 0).toBe(logs.filter((each) => each.level === of).length);
        }
        expect(counts['h_bucket{le=1}'] ?? 0).toBe(numbers.filter((n) => n <= 1).length);
        expect(counts['h_sum{}'] ?? 0).toBe(sum(numbers));
        expect(counts['kept{}'] ?? 0).toBe(sum(numbers.filter((n) => n > 4)));
        expect(made(steps, records)).toEqual(counts);
      }),
    );
  });

  it('label sets are told apart whatever is in them', () => {
    const label = fc.constantFrom('', 'a', 'b', ' ', '1', 'a 1', 'b 1 a', '\0');
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { maxLength: 20 }), (pairs) => {
        const logs = pairs.map(([x, y]) => ({ attributes: { x, y } }));
        const counts = Object.values(made([counter({ labels: { x: '', y: '' } })], logs));
        expect(counts).toHaveLength(new Set(pairs.map((pair) => JSON.stringify(pair))).size);
      }),
    );
  });

  it('a batch has a bound of series; what is left out is told', () => {
    const rules = new LogRules(
      LogPipelines.parse({ rules: [{ name: 'r', steps: [histogram({ source: 'n', labels: { id: 'n' } })] }] }),
    );
    const logs = Array.from({ length: 500 }, (_, n) => sampleRecord({ attributes: { n } }));
    const { metrics } = rules.run([...logs, ...logs], envelope);
    expect([metrics.changes((labels) => labels).length, metrics.left]).toEqual([200, 600]);
  });

  it('a label set has a bound of bytes, behind scrubbing, too; what is left out is told', () => {
    const labels = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`l${at}`, 'v']));
    const rules = new LogRules(LogPipelines.parse({ rules: [{ name: 'r', steps: [counter({ labels })] }] }));
    const left = (v: string) => {
      const { metrics } = rules.run([sampleRecord({ attributes: { v } })], envelope);
      const changes = logMetricChanges(metrics, { ...sampleContext, tally: new ScrubTally() });
      return [changes.length, metrics.left];
    };
    expect(left('v'.repeat(100))).toEqual([1, 0]);
    expect(left('é'.repeat(100))).toEqual([0, 1]);
    expect(left('jo@planted-example.com '.repeat(4))).toEqual([1, 0]);
    expect(left('j@p.io '.repeat(16))).toEqual([0, 1]);
  });

  it('labels are cut', () => {
    const [name = ''] = Object.keys(
      made([counter({ labels: { m: '' } })], [{ attributes: { m: 'word '.repeat(1_000) } }]),
    );
    expect(name.length).toBeLessThan(140);
  });

  it.each<[fault: string, ...steps: Step[]]>([
    ['0/action', counter({ action: 'set', source: 'n' })],
    ['0/buckets', gauge({ action: 'inc', source: 'n', buckets: [1] })],
    ['0/action', histogram({ action: 'inc', source: 'n' })],
    ['0/source', counter({ action: 'add' })],
    ['0/source', histogram()],
    ['0/bytes', counter({ bytes: true })],
    ['0/bytes', counter({ bytes: true, action: 'add', source: 'n' })],
    ['0/value', counter({ value: 'x' })],
    ['0/buckets', counter({ buckets: [1] })],
    ['0/buckets', histogram({ buckets: undefined, source: 'n' })],
    ['0/buckets', histogram({ buckets: [1, 1], source: 'n' })],
    ['0/labels/le', histogram({ labels: { le: '' }, source: 'n' })],
    ['0/labels/__name__', counter({ labels: { __name__: 'x' } })],
    ['0/labels', counter({ labels: Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`l${at}`, ''])) })],
    ['1/name', counter(), gauge({ name: 'c', source: 'n' })],
    ['1/name', histogram({ source: 'n' }), histogram({ source: 'n', buckets: [1, 6] })],
    ['1/name', histogram({ source: 'n' }), counter({ name: 'h_count' })],
    ['1/name', counter({ name: 'h_sum' }), histogram({ source: 'n' })],
  ])('%s is refused', (fault, ...steps) => {
    expect(faultsOf(...steps)).toEqual([fault]);
  });

  it('rules make a bounded number of metrics', () => {
    const steps = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, at) => [
        counter({ name: `m${from + at}` }),
        counter({ name: 'm0' }),
      ]).flat();
    const rules = [0, 25, 50, 75].map((from) => ({ name: `${from}`, steps: steps(from, from + 25) }));
    expect(() => new LogRules(LogPipelines.parse({ rules }))).not.toThrow();
    const more = [...rules, { name: 'more', steps: [counter({ name: 'more' })] }];
    expect(() => new LogRules(LogPipelines.parse({ rules: more }))).toThrow('more than 100 metrics');
  });

  it('the way of a log names what it does to metrics', () => {
    const steps = [gauge({ source: 'n', labels: { level: '' } }), counter(), { kind: 'drop', expression: '.' }];
    const pipelines = LogPipelines.parse({ rules: [{ name: 'r', steps }] });
    const [trace] = traceRules(pipelines, [sampleRecord({ attributes: { n: 7 } })], envelope);
    expect(trace?.metrics).toEqual([
      { name: 'g', type: 'gauge', labels: { level: 'info' }, action: 'set', value: 7 },
      { name: 'c', type: 'counter', labels: {}, action: 'add', value: 1 },
    ]);
  });
});
