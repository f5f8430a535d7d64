import { readFileSync } from 'node:fs';
import { suitePath } from '@aegisguard/testkit';
import { describe, expect, it } from 'vitest';
import { compileTemplate, type TemplateInput } from './compile-template.ts';
import { TemplateError } from './template-error.ts';

const LABELS: Readonly<Record<string, string>> = { method: 'GET', path: '/foo/bar', empty: '' };

const INPUT: TemplateInput = {
  labels: (name) => LABELS[name],
  line: 'The line',
  timestampNanos: 1_656_353_124_120_000_000n,
  allLabels: () => LABELS,
  nowNanos: () => 1_700_000_000_000_000_000n,
};

function execute(template: string): string {
  return compileTemplate(template).execute(INPUT);
}

describe('a template of LogQL', () => {
  it.each([
    ['{{.method}} {{.path}}', 'GET /foo/bar'],
    ['[{{.absent}}]', '[]'],
    ['{{ .path | replace "/" "_" | trunc 5 | upper }}', '_FOO_'],
    ['{{__line__ | lower}}', 'the line'],
    ['{{__timestamp__}}', '2022-06-27 18:05:24.12 +0000 UTC'],
    ['{{.}}', 'map[empty: method:GET path:/foo/bar]'],
    ['{{range $name, $value := .}}{{$name}}={{$value}};{{end}}', 'empty=;method=GET;path=/foo/bar;'],
    ['{{now | unixEpoch}}', '1700000000'],
    ['{{range $q := fromJson `[{"a":1},{"a":"b"}]`}}{{$q.a}};{{end}}', '1;b;'],
  ])('%s gives %s', (template, expected) => {
    expect(execute(template)).toBe(expected);
  });

  it.each([
    ['{{.path.foo}}', 'template: line:1:7: executing "line" at <.path.foo>: can\'t evaluate field foo in type string'],
    [
      '{{div 1 0}}',
      'template: line:1:2: executing "line" at <div 1 0>: error calling div: runtime error: integer divide by zero',
    ],
  ])('%s fails as in Go', (template, message) => {
    expect(() => execute(template)).toThrow(message);
  });

  it.each([
    ['{{.a}', "template: line:1: bad character U+007D '}'"],
    ['{{foo}}', 'template: line:1: function "foo" not defined'],
    [' '.repeat(70_000), 'template: line:1: a template has at most 65536 characters'],
  ])('%s cannot be compiled', (template, message) => {
    expect(() => compileTemplate(template)).toThrow(message);
  });
});

interface StageCase {
  readonly config: { readonly Source: string; readonly Template: string };
  readonly extracted: Readonly<Record<string, string | null>>;
  readonly expectedExtracted: Readonly<Record<string, string | null>>;
}

const VECTORS = suitePath('loki-vectors', 'promtail_stages.json');

function stageCases(path: string): [string, StageCase][] {
  const tables: readonly { readonly func: string; readonly cases: Readonly<Record<string, StageCase>> }[] = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  const cases = tables.find(({ func }) => func === 'TestTemplateStage_Process')?.cases ?? {};
  // A hash function is Promtail's alone, as is `<no value>` for what is absent.
  const ofPromtail = new Set(['Sha2Hash', 'Hash', 'template with multiple keys with missing key']);
  return Object.entries(cases).filter(([name]) => !ofPromtail.has(name));
}

describe.skipIf(VECTORS === undefined)("Promtail's template stage (needs the public test corpora)", () => {
  it.each(VECTORS === undefined ? [] : stageCases(VECTORS))('%s', (_name, { config, extracted, expectedExtracted }) => {
    const { Source: source, Template: text } = config;
    const values: Readonly<Record<string, string | null>> = { Value: extracted[source] ?? null, ...extracted };
    const evaluate = (): string => {
      try {
        return compileTemplate(text).execute({ ...INPUT, labels: (name) => values[name] ?? undefined });
      } catch (error) {
        expect(error).toBeInstanceOf(TemplateError);
        return extracted[source] ?? '';
      }
    };
    expect(evaluate()).toBe(expectedExtracted[source] ?? '');
  });
});
