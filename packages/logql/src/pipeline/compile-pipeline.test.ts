import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Stage } from '../syntax/ast/stage.ts';
import { compilePipeline } from './compile-pipeline.ts';
import { pushedLabels, runStages } from './testing/run-stages.ts';

const JSON_STAGE: Stage = { kind: 'json', extractions: [] };
const LOGFMT: Stage = { kind: 'logfmt', isStrict: false, keepsEmpty: true, extractions: [] };
const STRICT: Stage = { ...LOGFMT, isStrict: true };
const EXTRACTION = [
  { label: 'x', expression: 'a' },
  { label: 'y', expression: 'b' },
];

/** One of each kind, none of which drops a line by what it says. */
const STAGES: readonly Stage[] = [
  { kind: 'line-filter', op: '!=', operands: [{ kind: 'ip', value: '1.2.3.4' }] },
  { kind: 'line-filter', op: '!~', operands: [{ kind: 'text', value: '(a+)+b$' }] },
  { kind: 'line-filter', op: '!>', operands: [{ kind: 'text', value: '<_>a<_>b' }] },
  JSON_STAGE,
  { kind: 'json', extractions: EXTRACTION },
  LOGFMT,
  STRICT,
  { ...LOGFMT, extractions: EXTRACTION },
  { kind: 'regexp', expression: '(?P<first>\\S+) (?P<second>.*)' },
  { kind: 'pattern', expression: '<p> <q>"<_>' },
  { kind: 'unpack' },
  { kind: 'decolorize' },
  { kind: 'label-filter', filter: { kind: 'number', name: 'a', op: '!=', value: 1, text: '1' } },
  { kind: 'label-filter', filter: { kind: 'duration', name: 'a', op: '!=', value: 1, text: '1ns' } },
  { kind: 'label-filter', filter: { kind: 'bytes', name: 'a', op: '!=', value: 1, text: '1B' } },
  { kind: 'label-filter', filter: { kind: 'ip', name: 'a', op: '!=', value: '::/0' } },
  { kind: 'line-format', template: '{{ .a | ToUpper }} {{ __line__ | lower }}' },
  {
    kind: 'label-format',
    formats: [
      { label: 'z', from: 'a' },
      { label: 'a', template: '{{ .b | b64enc }}' },
    ],
  },
  { kind: 'drop', labels: ['a', { name: 'b', op: '=~', value: 'x.*' }] },
  { kind: 'keep', labels: ['a', 'x', { name: 'b', op: '!~', value: 'x.*' }] },
];

const LONG_LINE = 100_000;
/** What makes parsers work hardest. */
const PIECES = [
  ' ',
  'a',
  '"',
  '\\',
  '\\"',
  '{',
  '[',
  '{"a":',
  '{"a":1,"b":',
  '[[',
  'a=',
  'a="',
  '=',
  '1.2.3.4 ',
  '::1 ',
  ':',
  '1',
  ';',
  '\u001b[',
  '\u001b[0;',
  '\ud83d',
  '\\ud83d',
  'é',
  '\n',
];

describe('pipeline', () => {
  it('runs stages in order, until one drops the line', () => {
    const level = (value: string): Stage => ({
      kind: 'label-filter',
      filter: { kind: 'text', matcher: { name: 'level', op: '=', value } },
    });
    expect(runStages([LOGFMT, level('info')], 'level=info')?.labels).toEqual({ level: 'info' });
    expect(runStages([level('info'), LOGFMT], 'level=info')).toBeUndefined();
    expect(runStages([], 'x', pushedLabels({ a: 'b' }))).toEqual({ line: 'x', labels: { a: 'b' } });
  });

  it('leaves nothing of one line to the next', () => {
    const pipeline = compilePipeline([JSON_STAGE, { kind: 'drop', labels: ['app'] }]);
    const run = (line: string, stream: Record<string, string>): unknown =>
      pipeline.process({ timestamp: 0n, line, labels: pushedLabels(stream) })?.labels.all();
    expect(run('{"a":1}', { app: 'web' })).toEqual({ a: '1' });
    expect(run('x', { env: 'prod' })).toMatchObject({ env: 'prod', __error__: 'JSONParserErr' });
    expect(run('{"b":1}', { env: 'prod' })).toEqual({ env: 'prod', b: '1' });
  });

  it('keeps what was found or made first under a name, whatever parsers find later', () => {
    const format: Stage = { kind: 'label-format', formats: [{ label: 'a', template: 'made' }] };
    const regexp: Stage = { kind: 'regexp', expression: 'a=(?P<a>\\w+)' };
    expect(runStages([LOGFMT, regexp], 'a=1 a=2 xa=3')?.labels).toEqual({ a: '1', xa: '3' });
    expect(runStages([format, regexp], 'a=1')?.labels).toEqual({ a: 'made' });
    expect(runStages([LOGFMT, { kind: 'drop', labels: ['a'] }, regexp], 'a=1 b=2')?.labels).toEqual({ b: '2' });
    expect(runStages([regexp, format], 'a=1')?.labels).toEqual({ a: 'made' });
  });

  it('drops a line at the label that a filter behind the parser refuses, errors further on notwithstanding', () => {
    const filter: Stage = {
      kind: 'label-filter',
      filter: { kind: 'number', name: 'status', op: '>=', value: 400, text: '400' },
    };
    const line = (status: number): string => `{"status":${status}, broken`;
    expect(runStages([JSON_STAGE, filter], line(200))).toBeUndefined();
    expect(runStages([JSON_STAGE, filter], line(500))?.labels).toMatchObject({ __error__: 'JSONParserErr' });
    expect(runStages([JSON_STAGE, filter], '{"a":1, broken')?.labels).toMatchObject({ __error__: 'JSONParserErr' });
    const format: Stage = { kind: 'label-format', formats: [{ label: 'status', template: '500' }] };
    expect(runStages([JSON_STAGE, format, filter], '{"status":200}')?.labels).toEqual({ status: '500' });
  });

  it('never throws, whatever the line', () => {
    const piece = fc.oneof(
      fc.constantFrom(...PIECES),
      fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
    );
    const line = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const stages = fc.array(fc.constantFrom(...STAGES), { maxLength: 4 });
    fc.assert(
      fc.property(stages, line, (chosen, text) => {
        runStages(chosen, text, pushedLabels({ app: 'web' }));
      }),
      { numRuns: 300 },
    );
  });

  it.each(STAGES.map((stage) => ({ stage })))('takes linear time: $stage', ({ stage }) => {
    const pipeline = compilePipeline([stage]);
    const started = process.cpuUsage();
    for (const piece of PIECES) {
      const line = piece.repeat(LONG_LINE / piece.length);
      pipeline.process({ timestamp: 0n, line, labels: pushedLabels({ a: line.slice(0, 10_000) }) });
    }
    const { user, system } = process.cpuUsage(started);
    // What is quadratic would take several times as long for one of these lines.
    expect((user + system) / 1e6).toBeLessThan(3);
  });
});

describe('needed labels', () => {
  const run = (line: string, neededLabels: readonly string[], stages: readonly Stage[] = [JSON_STAGE]): unknown =>
    compilePipeline(stages, { neededLabels })
      .process({ timestamp: 0n, line, labels: pushedLabels({ app: 'web' }) })
      ?.labels.all();

  it('are all that parsers make', () => {
    const line = '{"a":1,"b":{"c":2,"d":3},"e":4,"app":"x"}';
    expect(run(line, ['b_c', 'absent'])).toEqual({ app: 'web', b_c: '2' });
    expect(run(line, ['app_extracted'])).toEqual({ app: 'web', app_extracted: 'x' });
    expect(run('a=1 b=2', ['b'], [LOGFMT])).toEqual({ app: 'web', b: '2' });
  });

  it('end a parser when all are found', () => {
    expect(run('{"a":1,"a":2 broken', ['a'])).toEqual({ app: 'web', a: '1' });
    expect(run('{"a":1 broken', ['a', 'b'])).toMatchObject({ a: '1', __error__: 'JSONParserErr' });
    expect(run('a=1 a=2', ['a'], [LOGFMT])).toEqual({ app: 'web', a: '1' });
  });

  it('let no parser run when there are none', () => {
    expect(run('plain', [])).toEqual({ app: 'web' });
    expect(run('{"_entry":"x","a":"b"}', [], [{ kind: 'unpack' }])).toEqual({ app: 'web' });
  });

  it('are joined by those that stages ask for', () => {
    const isError: Stage = {
      kind: 'label-filter',
      filter: { kind: 'text', matcher: { name: '__error__', op: '=', value: '' } },
    };
    const both: Stage = {
      kind: 'label-filter',
      filter: {
        kind: 'and',
        left: { kind: 'text', matcher: { name: 'a', op: '=', value: '1' } },
        right: { kind: 'number', name: 'b', op: '>', value: 1, text: '1' },
      },
    };
    expect(run('plain', [], [JSON_STAGE, isError])).toBeUndefined();
    expect(run('{"a":1,"b":2,"c":3}', [], [JSON_STAGE, both])).toEqual({ app: 'web', a: '1', b: '2' });
  });

  it('give the answer that all labels would give, for well-formed lines without equal names', () => {
    const name = fc.constantFrom('a', 'b', 'c_d', 'app', 'e');
    const line = fc
      .uniqueArray(fc.tuple(name, fc.stringMatching(/^[a-z]{1,3}$/)), { selector: ([key]) => key })
      .chain((pairs) =>
        fc.constantFrom(
          JSON.stringify(Object.fromEntries(pairs)),
          pairs.map(([key, value]) => `${key}=${value}`).join(' '),
        ),
      );
    fc.assert(
      fc.property(line, fc.uniqueArray(name, { minLength: 1 }), (text, names) => {
        const stage = text.startsWith('{') ? JSON_STAGE : STRICT;
        const all = runStages([stage], text, pushedLabels({ app: 'web' }))?.labels ?? {};
        const some = run(text, names, [stage]) as Record<string, string>;
        expect(names.map((needed) => some[needed])).toEqual(names.map((needed) => all[needed]));
      }),
    );
  });
});
