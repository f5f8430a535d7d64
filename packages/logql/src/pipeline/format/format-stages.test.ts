import { describe, expect, it } from 'vitest';
import type { LabelFormat, Stage } from '../../syntax/ast/stage.ts';
import { compilePipeline } from '../compile-pipeline.ts';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

const LABELS = pushedLabels({ app: 'web', env: 'prod' }, { user: 'ann' });
const LOGFMT: Stage = { kind: 'logfmt', isStrict: false, keepsEmpty: false, extractions: [] };

describe('line_format', () => {
  it.each<[template: string, line: string]>([
    ['{{.app}}/{{.user}}/{{.a}}', 'web/ann/1'],
    ['{{.absent}}', ''],
    ['{{__line__}}!', 'a=1 b=2!'],
    ['{{__timestamp__ | unixEpoch}}', '1700000000'],
    ['{{.a | ToUpper}} {{ if eq .b "2" }}two{{ end }}', '1 two'],
  ])('%s', (template, line) => {
    const pipeline = compilePipeline([LOGFMT, { kind: 'line-format', template }]);
    const result = pipeline.process({ timestamp: 1_700_000_000_000_000_000n, line: 'a=1 b=2', labels: LABELS });
    expect(result?.line).toBe(line);
  });

  it('leaves the line alone and notes the error where it fails', () => {
    const result = runStages([{ kind: 'line-format', template: '{{ index .app 5 }}' }], 'x', LABELS);
    expect(result?.line).toBe('x');
    expect(result?.labels).toMatchObject({
      __error__: 'TemplateFormatErr',
      __error_details__: expect.stringContaining('template: line:1:'),
    });
  });

  it('refuses what is no template', () => {
    expect(() => runStages([{ kind: 'line-format', template: '{{' }], '')).toThrow(
      expect.objectContaining({ code: 'invalid-query' }),
    );
  });
});

describe('label_format', () => {
  const run = (formats: readonly LabelFormat[], line = 'a=1'): unknown =>
    runStages([LOGFMT, { kind: 'label-format', formats }], line, LABELS)?.labels;

  it.each<[formats: readonly LabelFormat[], labels: Record<string, string>]>([
    [[{ label: 'service', from: 'app' }], { service: 'web', env: 'prod', user: 'ann', a: '1' }],
    [[{ label: 'x', from: 'absent' }], { app: 'web', env: 'prod', user: 'ann', a: '1' }],
    [[{ label: 'app', template: '{{.app}}-{{.a}}' }], { app: 'web-1', env: 'prod', user: 'ann', a: '1' }],
    [[{ label: 'user', template: 'x' }], { app: 'web', env: 'prod', user: 'x', a: '1' }],
    [[{ label: 'app', from: 'env' }], { app: 'prod', user: 'ann', a: '1' }],
    [[{ label: 'a', from: 'app' }], { env: 'prod', user: 'ann', a: '1' }],
    [[{ label: 'app', from: 'a' }], { app: '1', env: 'prod', user: 'ann' }],
    [
      [
        { label: 'x', template: '{{.a}}' },
        { label: 'a', template: '2' },
        { label: 'y', template: '{{.a}}{{.x}}' },
      ],
      { app: 'web', env: 'prod', user: 'ann', a: '2', x: '1', y: '1' },
    ],
    [
      [
        { label: 'b', from: 'a' },
        { label: 'c', template: '{{.a}}{{.b}}' },
        { label: 'd', from: 'c' },
      ],
      { app: 'web', env: 'prod', user: 'ann', b: '1', d: '1' },
    ],
  ])('%j', (formats, labels) => {
    expect(run(formats)).toEqual(labels);
  });

  it('notes the error where a template fails, and goes on', () => {
    expect(
      run([
        { label: 'x', template: '{{ index .app 5 }}' },
        { label: 'y', template: 'y' },
      ]),
    ).toMatchObject({ y: 'y', __error__: 'TemplateFormatErr' });
  });

  it.each<[formats: readonly LabelFormat[]]>([
    [[{ label: '__error__', template: 'x' }]],
    [
      [
        { label: 'x', template: 'x' },
        { label: 'x', from: 'a' },
      ],
    ],
    [[{ label: 'x', template: '{{.a' }]],
  ])('refuses %j', (formats) => {
    expect(() => run(formats)).toThrow(expect.objectContaining({ code: 'invalid-query' }));
  });
});

describe('labels that templates name', () => {
  it.each<[template: string, labels: Record<string, string>]>([
    ['{{.a}} {{ if .c }}{{ .d | ToUpper }}{{ end }}', { a: '1', c: '3', d: '4' }],
    ['{{ range $k, $v := . }}{{ $k }}{{ end }}', { a: '1', b: '2', c: '3', d: '4' }],
    ['{{ $x := .b }}{{ $x }}{{ $.a }}', { a: '1', b: '2', c: '3', d: '4' }],
    ['{{ (printf "%s" .b) }}', { b: '2' }],
    ['nothing', {}],
  ])('are what parsers need for %s', (template, labels) => {
    const stages: readonly Stage[] = [LOGFMT, { kind: 'line-format', template }];
    const result = compilePipeline(stages, { neededLabels: [] }).process({
      timestamp: 0n,
      line: 'a=1 b=2 c=3 d=4',
      labels: pushedLabels(),
    });
    expect(result?.labels.all()).toEqual(labels);
  });
});
