import { LogPipelines, type PipelineLog, type PipelineTrace } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../fields/pipeline-fields.ts';
import { triableDocument } from '../fields/triable-document.ts';
import { logChanges, newValues } from './log-changes.ts';
import { outcomeWords, previewWords } from './outcome-words.ts';
import { askedLogs, FIRST_SOURCE } from './preview-source.ts';
import { tracedLog } from './traced-log.ts';

const LOG: PipelineLog = {
  timestamp: '2026-11-27T06:00:00Z',
  level: 'info',
  service: 'shop',
  message: 'order=7',
  labels: { service_name: 'shop', level: 'info' },
  attributes: { http: { status: 200, path: '/a' }, empty: {} },
};

describe('what is different about a log', () => {
  it('is nothing of the same one', () => {
    expect(logChanges(LOG, structuredClone(LOG))).toEqual([]);
  });

  it('came, went, or is another, named by its path; what labels and columns both say is said once', () => {
    const after: PipelineLog = {
      ...LOG,
      level: 'warn',
      message: 'paid',
      timestamp: '2026-11-27T06:00:00.120000000Z',
      labels: { service_name: 'shop', level: 'warn', order: '7', pod: 'a' },
      attributes: { http: { status: 500 }, order: '7', list: [1] },
    };
    expect(logChanges(LOG, after)).toEqual([
      { place: 'message', name: 'message', before: 'order=7', after: 'paid' },
      { place: 'level', name: 'level', before: 'info', after: 'warn' },
      { place: 'time', name: 'time', before: '2026-11-27T06:00:00Z', after: '2026-11-27T06:00:00.12Z' },
      { place: 'label', name: 'pod', before: undefined, after: 'a' },
      { place: 'attribute', name: 'http.status', before: '200', after: '500' },
      { place: 'attribute', name: 'http.path', before: '/a', after: undefined },
      { place: 'attribute', name: 'empty', before: '{}', after: undefined },
      { place: 'attribute', name: 'order', before: undefined, after: '7' },
      { place: 'attribute', name: 'list', before: undefined, after: '[1]' },
    ]);
  });

  it('of values is what a step has found', () => {
    expect(newValues({ a: 1, b: 'x' }, { a: 1, b: 'y', constructor: 2 })).toEqual([
      ['b', 'y'],
      ['constructor', '2'],
    ]);
  });
});

describe('the way of a log', () => {
  const document = LogPipelines.parse({
    rules: [
      {
        name: 'first',
        steps: [
          { kind: 'regex', expression: 'a' },
          { kind: 'output', source: 'a' },
        ],
      },
      { name: 'second', steps: [{ kind: 'sample', rate: 0.5 }] },
    ],
  });
  const begun = { kind: 'regex', members: { source: '', expression: '', store: true } } as const;
  // A step that is begun stands first, and is not tried.
  const fields = fieldsOf(document);
  const written = { ...fields, rules: fields.rules.map((rule) => ({ ...rule, steps: [begun, ...rule.steps] })) };
  const tried = triableDocument(written);
  const changed = { ...LOG, message: '7' };
  const step = (path: string, kind: string, more: Partial<PipelineTrace['rules'][number]['steps'][number]> = {}) => ({
    path,
    kind,
    values: {},
    log: null,
    isDropped: false,
    error: null,
    ...more,
  });
  const trace = (rules: PipelineTrace['rules'], after: PipelineLog | null): ReturnType<typeof tracedLog> =>
    tracedLog(1, { before: LOG, rules, after, metrics: [], retentionDays: null, tookMs: 0.2 }, written, tried);

  it('is told by the places and names of the form', () => {
    const { rules, outcome } = trace(
      [
        {
          name: '0',
          isFound: true,
          steps: [
            step('/rules/0/steps/0', 'regex', { values: { a: '7' } }),
            step('/rules/0/steps/1', 'output', { values: { a: '7' }, log: changed }),
          ],
        },
        { name: '1', isFound: false, steps: [] },
      ],
      changed,
    );
    expect(outcome).toEqual({ kind: 'changed' });
    expect(rules.map(({ at, name, isFound }) => [at, name, isFound])).toEqual([
      [0, 'first', true],
      [1, 'second', false],
    ]);
    expect(rules[0]?.steps).toMatchObject([
      { at: 1, kind: 'regex', values: [['a', '7']], changes: [] },
      { at: 2, kind: 'output', values: [], changes: [{ place: 'message', before: 'order=7', after: '7' }] },
    ]);
  });

  it('ends where it is dropped, or goes on as before a rule that failed', () => {
    const sampled = trace(
      [{ name: '1', isFound: true, steps: [step('/rules/1/steps/0', 'sample', { isDropped: true })] }],
      null,
    );
    expect(outcomeWords(sampled.outcome)).toEqual({
      words: 'Sampled out',
      tone: 'danger',
      by: 'by step 2 of “second”',
    });
    const failed = trace(
      [{ name: '0', isFound: false, steps: [step('/rules/0/selector', 'selector', { error: 'too long', log: LOG })] }],
      LOG,
    );
    expect(outcomeWords(failed.outcome)).toEqual({
      words: 'A rule failed',
      tone: 'warn',
      by: 'at the selector of “first”',
    });
  });

  it('is short where no rule is for it, or none has anything to do', () => {
    expect(trace([{ name: '0', isFound: false, steps: [] }], LOG).outcome).toEqual({ kind: 'not-found' });
    expect(trace([{ name: '0', isFound: true, steps: [] }], LOG).outcome).toEqual({ kind: 'same' });
  });

  it('is summed up', () => {
    const same = trace([], LOG);
    const dropped = trace(
      [{ name: '1', isFound: true, steps: [step('/rules/1/steps/0', 'sample', { isDropped: true })] }],
      null,
    );
    expect(previewWords([same])).toBe('Of 1 log: none changed.');
    expect(previewWords([same, dropped, trace([], changed), trace([], changed)])).toBe(
      'Of 4 logs: 2 changed, 1 dropped.',
    );
  });
});

describe('the logs that are tried', () => {
  const { rules } = fieldsOf(
    LogPipelines.parse({ rules: [{ name: 'a', selector: '{a="b"}', steps: [{ kind: 'decolorize' }] }] }),
  );
  const fields = { rules, retention: [] };
  const stored = { start: 'now-24h', limit: 5 };

  it.each([
    [FIRST_SOURCE, 0, { query: '{a="b"}', ...stored }],
    [FIRST_SOURCE, undefined, { query: '{}', ...stored }],
    [{ ...FIRST_SOURCE, kind: 'all' }, 0, { query: '{}', ...stored }],
    [{ ...FIRST_SOURCE, kind: 'query', query: '{c="d"}' }, 0, { query: '{c="d"}', ...stored }],
    [{ ...FIRST_SOURCE, kind: 'lines', lines: ' \na\r\n\nb' }, 0, { lines: ['a\r', 'b'] }],
    [{ ...FIRST_SOURCE, kind: 'lines', lines: '\n' }, 0, undefined],
  ] as const)('%#', (source, open, asked) => {
    expect(askedLogs(source, fields, open)).toEqual(asked);
  });
});
