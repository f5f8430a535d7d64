import { LogPipelines, type LogRecord, nanosFromMs } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { answerTrial } from './answer-trial.ts';

const NOW_MS = Date.UTC(2026, 10, 27);

const pipelines = LogPipelines.parse({
  rules: [
    { name: 'parse', steps: [{ kind: 'regex', expression: 'user=(?P<user>\\w+)' }, { kind: 'decolorize' }] },
    { name: 'errors only', selector: '{level="debug"}', steps: [{ kind: 'drop', expression: '.' }] },
    { name: 'late', selector: '{user="jo"}', steps: [{ kind: 'timestamp', source: 'missing', formats: ['RFC3339'] }] },
  ],
  retention: [{ selector: '{user="jo"}', days: 7 }],
});

function previewOf(lines: readonly string[] | undefined, records: readonly LogRecord[] = []) {
  const answer = answerTrial({ kind: 'preview', preview: { pipelines, lines, records, receivedAtMs: NOW_MS } });
  return 'preview' in answer ? answer.preview.logs : [];
}

it('a line goes its way step by step, read as incoming ones are', () => {
  const [first, second] = previewOf(['level=debug user=al at=work', '{"level":"warn","msg":"user=jo"}']);
  expect(first).toMatchObject({
    before: { level: 'debug', attributes: { user: 'al', at: 'work' } },
    rules: [
      {
        name: 'parse',
        isFound: true,
        steps: [
          { path: '/rules/0/steps/0', kind: 'regex', values: { user: 'al' }, log: null, isDropped: false, error: null },
          { path: '/rules/0/steps/1', kind: 'decolorize', log: null },
        ],
      },
      { name: 'errors only', isFound: true, steps: [{ path: '/rules/1/steps/0', isDropped: true }] },
    ],
    after: null,
    retentionDays: null,
  });
  expect(second).toMatchObject({
    before: { level: 'warn', message: '{"level":"warn","msg":"user=jo"}' },
    rules: [
      { steps: [{ log: { attributes: { level: 'warn', msg: 'user=jo', user: 'jo' } } }, { log: null }] },
      { isFound: false, steps: [] },
      { isFound: true },
    ],
    after: { attributes: { user: 'jo' } },
    retentionDays: 7,
  });
});

it('each step is shown as it left the log, whatever later ones do, with the time that all took', () => {
  const rules = [
    {
      name: 'a',
      steps: [
        { kind: 'regex', expression: 'from (?P<ip>\\S+)' },
        { kind: 'drop-attributes', names: ['ip'] },
        { kind: 'static-labels', labels: { b: 'c' } },
      ],
    },
  ];
  const preview = {
    pipelines: LogPipelines.parse({ rules }),
    lines: ['came from 192.0.2.1'],
    records: [],
    receivedAtMs: NOW_MS,
  };
  const fromMs = performance.now();
  const answer = answerTrial({ kind: 'preview', preview });
  const allMs = performance.now() - fromMs;
  const [trace] = 'preview' in answer ? answer.preview.logs : [];
  expect(trace?.rules[0]?.steps.map(({ log }) => log?.attributes)).toEqual([{ ip: '192.0.2.1' }, {}, { b: 'c' }]);
  expect(trace?.tookMs).toBeGreaterThan(0);
  expect(trace?.tookMs).toBeLessThan(allMs);
});

it('a step that fails takes its rule back', () => {
  const [trace] = previewOf([`user=${'a'.repeat(10)} ${'x'.repeat(19_000)}`]);
  expect(trace?.after).not.toBeNull();
  const long: LogRecord = {
    ...(trace as unknown as LogRecord),
    timestamp: nanosFromMs(NOW_MS),
    message: 'a',
    service: 's',
    level: 'info',
    host: '',
    env: '',
    attributes: { text: 'a'.repeat(200_000) },
    resource: {},
    details: {},
    geo: {},
    userAgent: {},
  };
  const failing = LogPipelines.parse({
    rules: [
      {
        name: 'r',
        steps: [
          { kind: 'static-labels', labels: { x: '1' } },
          { kind: 'regex', source: 'text', expression: 'b' },
        ],
      },
    ],
  });
  const answer = answerTrial({
    kind: 'preview',
    preview: { pipelines: failing, records: [long], receivedAtMs: NOW_MS },
  });
  const [log] = 'preview' in answer ? answer.preview.logs : [];
  expect(log?.rules[0]?.steps).toMatchObject([
    { log: { attributes: { x: '1' } }, error: null },
    { error: 'met a text that is too long for an expression' },
  ]);
  expect(log?.after?.attributes).not.toHaveProperty('x');
});

it('rules that cannot be used are named with their places', () => {
  const wrong = LogPipelines.parse({ rules: [{ name: 'r', steps: [{ kind: 'regex', expression: '(' }] }] });
  expect(answerTrial({ kind: 'check', pipelines: wrong })).toMatchObject({
    faults: [{ path: '/pipelines/rules/0/steps/0/expression' }],
  });
  expect(answerTrial({ kind: 'check', pipelines })).toEqual({ faults: [] });
});

it('a configuration of Promtail becomes a rule for each job', () => {
  const job = (name: string) => `
- job_name: ${name}
  pipeline_stages:
  - regex: {expression: 'a (?P<b>\\w+)'}
  - labels: {b: }
  - limit: {rate: 10, burst: 20}`;
  const answer = answerTrial({ kind: 'import', yaml: `scrape_configs:${job('web')}${job('web')}` });
  expect(answer).toMatchObject({
    imported: {
      rules: [
        {
          name: 'web',
          enabled: true,
          selector: '{}',
          steps: [
            { kind: 'regex', store: false },
            { kind: 'labels', labels: { b: '' } },
          ],
        },
        { name: 'web 2' },
      ],
      notCarried: [{ path: 'scrape_configs[0].pipeline_stages[2].limit' }, {}],
    },
  });
});

it.each([
  ['not: [closed', /flow/],
  ['a: 1', /no pipeline_stages/],
  ['pipeline_stages:\n- regex: {expression: "("}', /RE2/],
  ['pipeline_stages:\n- json: {}', /pipeline_stages\[0\]\.json: expressions are needed/],
  ['pipeline_stages: {a: b}', /a list is expected/],
  [
    `x: &x [{decolorize: }]\npipeline_stages:\n${'- match: {selector: "{a=\'b\'}", stages: *x}\n'.repeat(60)}`,
    /At most 50 steps/,
  ],
  [
    `a: &a [{decolorize: }]\nb: &b [${'{match: {selector: "{x=\'y\'}", stages: *a}},'.repeat(40)}]\npipeline_stages: [${'{match: {selector: "{x=\'y\'}", stages: *b}},'.repeat(40)}]`,
    /more than 500 stages/,
  ],
])('%j is refused', (yaml, message) => {
  const answer = answerTrial({ kind: 'import', yaml });
  expect('faults' in answer ? answer.faults.map((fault) => fault.message).join('\n') : '').toMatch(message);
});
