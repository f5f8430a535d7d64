import { LogPipelines, type LogRecord, nanosFromMs, PUSHED_METADATA, unixNanos } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { PipelineFaults } from './compile-pipelines.ts';
import { LogRules } from './log-rules.ts';

const { envelope } = sampleContext;
type Step = Readonly<Record<string, unknown>>;

function rules(steps: readonly Step[], selector = '{}'): LogRules {
  return new LogRules(LogPipelines.parse({ rules: [{ name: 'rule', selector, steps }] }));
}

/** What the steps make of a record; undefined when it is dropped. */
function result(steps: readonly Step[], fields: Partial<LogRecord>, selector?: string): LogRecord | undefined {
  return rules(steps, selector).run([sampleRecord(fields)], envelope).records[0];
}

describe('steps', () => {
  it.each<[what: string, steps: readonly Step[], before: Partial<LogRecord>, expected: Partial<LogRecord>]>([
    [
      'what an expression finds becomes attributes',
      [{ kind: 'regex', expression: 'user=(?P<user>\\w+)(?: age=(?P<age>\\d+))?' }],
      { message: 'user=jo' },
      { attributes: { user: 'jo' } },
    ],
    [
      'grok gives numbers where it is told',
      [{ kind: 'grok', patterns: ['%{IP:ip}$', '%{WORD:verb} %{NUMBER:ms:float} %{INT:n:int}'] }],
      { message: 'GET 12.5 007' },
      { attributes: { verb: 'GET', ms: 12.5, n: 7 } },
    ],
    [
      'JSON of a value, all members',
      [{ kind: 'json', source: 'inner' }],
      { attributes: { inner: '{"a":{"b":1},"c":true}' } },
      { attributes: { inner: '{"a":{"b":1},"c":true}', a: { b: 1 }, c: true } },
    ],
    ['logfmt, all pairs', [{ kind: 'logfmt' }], { message: 'a=1 b="x y" c' }, { attributes: { a: '1', b: 'x y' } }],
    [
      'names of columns are columns',
      [
        { kind: 'regex', expression: '(?P<svc>\\w+) (?P<lvl>\\w+)', store: false },
        { kind: 'labels', labels: { service_name: 'svc', env: 'lvl', team: 'svc' } },
        { kind: 'level', source: 'lvl' },
      ],
      { message: 'billing WARN' },
      {
        service: 'billing',
        env: 'WARN',
        level: 'warn',
        severityNumber: 13,
        severityText: 'WARN',
        attributes: { team: 'billing' },
      },
    ],
    [
      'attributes are renamed and dropped by path or label',
      [
        { kind: 'rename', names: { 'user.id': 'uid', region: 'host' } },
        { kind: 'drop-attributes', names: ['http.headers.cookie', 'a_b'] },
      ],
      { host: 'h1', attributes: { uid: 7, http: { headers: { cookie: 'x' }, status: 200 }, 'a.b': 1 } },
      { host: '', attributes: { http: { status: 200 }, 'user.id': 7, region: 'h1' } },
    ],
    [
      'only those attributes stay that are named',
      [{ kind: 'keep-labels', names: ['a'] }],
      { attributes: { a: 1, b: 2, c: { d: 3 } }, resource: { k: 'v' } },
      { attributes: { a: 1 }, resource: { k: 'v' } },
    ],
    [
      'a message is cut between characters',
      [{ kind: 'truncate', bytesMax: 6, suffix: '…' }],
      { message: 'ééééé' },
      { message: 'é…', truncated: true },
    ],
    ['colours go', [{ kind: 'decolorize' }], { message: '\u001b[1;31mred\u001b[0m' }, { message: 'red' }],
  ])('%s', (_, steps, before, expected) => {
    expect(result(steps, before)).toMatchObject(expected);
  });

  it.each([
    ['the next format reads it', ['Unix', 'UnixNs'], nanosFromMs(envelope.receivedAtMs)],
    ['nothing changes where none does', ['Unix'], unixNanos(5n)],
  ])('a time that no date can hold could not be read: %s', (_, formats, timestamp) => {
    const fields = { timestamp: unixNanos(5n), attributes: { t: String(nanosFromMs(envelope.receivedAtMs)) } };
    const record = result([{ kind: 'timestamp', source: 't', formats }], fields);
    expect(record).toEqual(sampleRecord({ ...fields, timestamp }));
  });

  it('what is stored is within the limits of records', () => {
    const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
    const message = JSON.stringify({ long: 'x'.repeat(70_000), inner: { list: ['y'.repeat(70_000)] }, lone: '\ud800' });
    const record = result([{ kind: 'json' }], { message: message.replace('{', `{"deep":${deep},`) });
    const { long, inner, deep: kept, lone } = record?.attributes ?? {};
    expect(record?.truncated).toBe(true);
    expect([long, lone]).toEqual(['x'.repeat(65_536), '\ufffd']);
    expect(inner).toEqual({ list: `["${'y'.repeat(65_534)}` });
    expect(JSON.stringify(kept)).toContain(`"a":"${'{\\"a\\":'.repeat(8)}`);
  });

  it('more attributes than a record may have are not stored, whether side by side or in one another', () => {
    const members = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
    const stored = (document: object) => {
      const record = result([{ kind: 'json' }], { message: JSON.stringify(document), attributes: { mine: 1, k0: 0 } });
      return record?.attributes;
    };
    expect(stored(members(511))).toEqual({ mine: 1, ...members(511) });
    expect(stored({ all: members(510) })).toEqual({ mine: 1, k0: 0, all: members(510) });
    const failed = { mine: 1, k0: 0, 'aegis.pipeline_error': 'rule rule: made too many attributes' };
    expect(stored(members(512))).toEqual(failed);
    expect(stored({ all: members(511) })).toEqual(failed);
  });

  it('a value that is expected to be absent is', () => {
    const record = result([{ kind: 'drop-labels', names: ['secret'] }], { attributes: { secret: 1, kept: 2 } });
    expect(record?.attributes).toEqual({ kept: 2 });
  });

  it('structured metadata of a push stays metadata, and what was read from the line stays behind it', () => {
    const record = result(
      [
        { kind: 'attributes', attributes: { pod: '' } },
        { kind: 'drop-attributes', names: ['first'] },
      ],
      { resource: { app: 'x', pod: 'p' }, attributes: { first: '1', lifted: 2 }, details: { [PUSHED_METADATA]: 1 } },
    );
    expect(record).toMatchObject({ resource: { app: 'x' }, details: { [PUSHED_METADATA]: 1 } });
    expect(Object.entries(record?.attributes ?? {})).toEqual([
      ['pod', 'p'],
      ['lifted', 2],
    ]);
  });
});

describe('a selector', () => {
  it.each([
    ['{service_name="checkout"}', true],
    ['{service="checkout", level!="error"} |= "works" != "nope"', true],
    ['{service_name=~"check.*"} |~ "w[o0]rks?"', true],
    ['{service_name=~"check"}', false],
    ['{team="a"}', true],
    ['{missing=""}', true],
    ['{} |> "it <_>"', true],
    ['{} |= ip("10.0.0.0/8")', false],
  ])('%s', (selector, isFound) => {
    const record = result([{ kind: 'drop', expression: '.' }], { attributes: { team: 'a' } }, selector);
    expect(record === undefined).toBe(isFound);
  });
});

it('a log whose value is there and empty can be dropped', () => {
  const step = { kind: 'drop', sources: ['user'], value: '' };
  const kept = [{ user: '' }, { user: 'jo' }, {}].map((attributes) => result([step], { attributes }) !== undefined);
  expect(kept).toEqual([false, true, true]);
});

describe('several rules', () => {
  it('see what the ones before them left, drop by name, and leave out those that are off', () => {
    const pipelines = LogPipelines.parse({
      rules: [
        { name: 'off', enabled: false, steps: [{ kind: 'drop', expression: '.' }] },
        { name: 'parse', steps: [{ kind: 'regex', expression: 'code=(?P<code>\\d+)' }] },
        { name: 'noise', selector: '{code=~"2.."}', steps: [{ kind: 'drop', expression: '.' }] },
        { name: 'rewrite', steps: [{ kind: 'replace', expression: 'code', replacement: 'status' }] },
      ],
    });
    const messages = ['code=200', 'code=500', 'other'];
    const { records, rewritten, dropped, failed } = new LogRules(pipelines).run(
      messages.map((message, index) => sampleRecord({ message, index })),
      envelope,
    );
    expect(records.map(({ message }) => message)).toEqual(['status=500', 'other']);
    expect(rewritten).toEqual([records[0]]);
    expect([Object.fromEntries(dropped), Object.fromEntries(failed)]).toEqual([{ noise: 1 }, {}]);
  });

  it('the first rule of retention that finds a log counts', () => {
    const pipelines = LogPipelines.parse({
      retention: [
        { selector: '{level="debug"}', days: 1 },
        { selector: '{service_name="audit"}', days: 365 },
        { selector: '{service_name=~".+"} |= "keep"', days: 90 },
      ],
    });
    const kept = (fields: Partial<LogRecord>) => {
      const record = sampleRecord(fields);
      new LogRules(pipelines).keep([record]);
      return record.retentionDays;
    };
    expect([
      kept({ level: 'debug', service: 'audit' }),
      kept({ service: 'audit' }),
      kept({ message: 'keep it' }),
      kept({}),
    ]).toEqual([1, 365, 90, undefined]);
  });
});

describe('a sample', () => {
  const batch = Array.from({ length: 4000 }, (_, index) => index);
  const kept = (step: Step, batchId = envelope.batchId) =>
    rules([{ kind: 'sample', ...step }])
      .run(
        batch.map((index) => sampleRecord({ index, traceId: `t${index % 40}` })),
        { ...envelope, batchId },
      )
      .records.map(({ index }) => index);

  it('is about the share that is asked for, and the same for the same batch', () => {
    const some = kept({ rate: 0.1 });
    expect(some.length).toBeGreaterThan(300);
    expect(some.length).toBeLessThan(500);
    expect(kept({ rate: 0.1 })).toEqual(some);
    expect(kept({ rate: 0.1 }, 'another')).not.toEqual(some);
    expect([kept({ rate: 0 }).length, kept({ rate: 1 }).length]).toEqual([0, 4000]);
  });

  it('by a value has all logs of it or none', () => {
    const traces = new Map<number, number>();
    for (const index of kept({ rate: 0.5, source: 'trace_id' })) {
      traces.set(index % 40, (traces.get(index % 40) ?? 0) + 1);
    }
    expect(new Set(traces.values())).toEqual(new Set([100]));
    expect(traces.size).toBeLessThan(40);
  });
});

describe('a rule that fails', () => {
  const long = 'a'.repeat(200_000);

  it('leaves the record as it was, which says so; the others go on', () => {
    const pipelines = LogPipelines.parse({
      rules: [
        {
          name: 'bad',
          steps: [
            { kind: 'static-labels', labels: { x: '1' } },
            { kind: 'regex', expression: 'b' },
          ],
        },
        { name: 'good', steps: [{ kind: 'static-labels', labels: { y: '1' } }] },
      ],
    });
    const before = { a: 1 };
    const { records, failed } = new LogRules(pipelines).run(
      [sampleRecord({ message: long, attributes: before })],
      envelope,
    );
    expect(records[0]?.attributes).toEqual({
      a: 1,
      y: '1',
      'aegis.pipeline_error': 'rule bad: met a text that is too long for an expression',
    });
    expect(before).toEqual({ a: 1 });
    expect(Object.fromEntries(failed)).toEqual({ bad: 1 });
  });

  it('whatever it did before is taken back', () => {
    const step = fc.constantFrom<Step>(
      { kind: 'static-labels', labels: { service_name: 's', x: 'y' } },
      { kind: 'drop-labels', names: ['host', 'a', 'm'] },
      { kind: 'rename', names: { z: 'a' } },
      { kind: 'attributes', attributes: { meta: 'a' } },
      { kind: 'drop-attributes', names: ['n.deep', 'm'] },
      { kind: 'output', source: 'a' },
      { kind: 'level', source: 'a' },
      { kind: 'pack', labels: ['a'] },
    );
    const fail = { kind: 'regex', source: 'long', expression: 'x' };
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.boolean(), (steps, isPushed) => {
        const fields = () => ({
          host: 'h',
          attributes: { m: '1', a: 'error', n: { deep: 1 }, long },
          resource: { host: 'r' },
          details: isPushed ? { [PUSHED_METADATA]: 1 } : {},
        });
        const record = result([...steps, fail], fields());
        const { 'aegis.pipeline_error': problem, ...attributes } = record?.attributes ?? {};
        expect(problem).toMatch(/^rule rule: /);
        expect({ ...record, attributes }).toEqual(sampleRecord(fields()));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what would take long', () => {
  const long = 'ab'.repeat(60_000);

  it('is not begun: a large expression over a long text, in a step or in a selector', () => {
    const large = '(?:(a|b|ab)(b|a|ba)){150}x';
    for (const rule of [
      { name: 'r', steps: [{ kind: 'regex', expression: large }] },
      { name: 'r', selector: `{} |~ "${large}"`, steps: [{ kind: 'decolorize' }] },
      { name: 'r', selector: `{text=~"${large}"}`, steps: [{ kind: 'decolorize' }] },
    ]) {
      const made = new LogRules(LogPipelines.parse({ rules: [rule] }));
      const { failed } = made.run([sampleRecord({ message: long, attributes: { text: long } })], envelope);
      expect(Object.fromEntries(failed)).toEqual({ r: 1 });
    }
  });

  it('cannot be saved: expressions of all selectors and steps are counted together', () => {
    const selector = `{a=~"(?:abc){900}"}`;
    const many = LogPipelines.parse({
      rules: Array.from({ length: 20 }, (_, at) => ({ name: `${at}`, selector, steps: [{ kind: 'decolorize' }] })),
    });
    expect(() => new LogRules(many)).toThrow(/too large together/);
  });
});

it('everything that cannot be used is named', () => {
  const pipelines = LogPipelines.parse({
    rules: [
      {
        name: 'a',
        selector: '{a=',
        steps: [
          { kind: 'regex', expression: '(' },
          { kind: 'match', selector: '{a="b"}', steps: [{ kind: 'json', expressions: { x: 'a.' } }] },
          { kind: 'match', selector: '{a="b"} | json', action: 'drop' },
          { kind: 'drop' },
          { kind: 'timestamp', source: 't', formats: ['RFC3339'], location: 'Nowhere/Town' },
          { kind: 'labels', labels: { 'not a label': '' } },
          { kind: 'regex', expression: '(a{1000}){10}' },
        ],
      },
      { name: 'a', steps: [{ kind: 'decolorize' }] },
    ],
    retention: [{ selector: 'rate({a="b"}[1m])', days: 1 }],
  });
  const faults = (): readonly string[] => {
    try {
      new LogRules(pipelines);
      return [];
    } catch (error) {
      return error instanceof PipelineFaults ? error.faults.map(({ path }) => path) : [];
    }
  };
  expect(faults()).toEqual([
    '/rules/0/selector',
    '/rules/0/steps/0/expression',
    '/rules/0/steps/1/steps/0/expressions/x',
    '/rules/0/steps/2/selector',
    '/rules/0/steps/3',
    '/rules/0/steps/4/location',
    '/rules/0/steps/5/labels/not a label',
    '/rules/0/steps/6/expression',
    '/rules/1/name',
    '/retention/0/selector',
  ]);
});
