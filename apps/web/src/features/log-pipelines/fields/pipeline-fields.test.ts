import { LogPipelines, LogRuleStep } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { RULE_TEMPLATES } from '../templates.ts';
import { checkFields } from './check-fields.ts';
import { changedParts, documentOf, documentText, fieldsOf, newRule, unusedName } from './pipeline-fields.ts';
import { newStep, type StepFields, stepOfFields, stepSummary } from './step-fields.ts';
import { STEP_GROUPS, stepForm, stepMembers } from './step-forms.ts';

const KINDS = STEP_GROUPS.flatMap(({ kinds }) => kinds);

/** A step of every kind with everything that it can say. */
const FULL = {
  rules: [
    {
      name: 'all',
      selector: '{a="b"} |= "c"',
      steps: [
        { kind: 'regex', source: 's', expression: '(?P<a>.)', store: false },
        { kind: 'grok', source: 's', patterns: ['%{A}', '%{B}'], definitions: { A: 'a', B: 'b' } },
        { kind: 'json', source: 's', expressions: { a: '', b: 'c.d' }, dropMalformed: true },
        { kind: 'logfmt', source: 's', mapping: { a: 'b' }, store: false },
        { kind: 'event-message', source: 's', dropInvalid: true, overwrite: true },
        { kind: 'replace', source: 's', expression: 'a', replacement: 'b' },
        { kind: 'template', source: 's', template: '{{ .a }}' },
        { kind: 'rename', names: { a: 'b' } },
        { kind: 'labels', labels: { a: '' } },
        { kind: 'static-labels', labels: { a: 'b' } },
        { kind: 'attributes', attributes: { a: 'b' } },
        { kind: 'drop-labels', names: ['a'] },
        { kind: 'keep-labels', names: ['a', 'b'] },
        { kind: 'drop-attributes', names: ['a.b'] },
        {
          kind: 'drop',
          sources: ['a'],
          separator: '|',
          expression: 'x',
          value: 'y',
          longerThanBytes: 0,
          olderThanSeconds: 1.5,
        },
        { kind: 'sample', rate: 0.25, source: 's' },
        { kind: 'timestamp', source: 's', formats: ['RFC3339', 'Unix'], location: 'UTC', onFailure: 'skip' },
        { kind: 'output', source: 's' },
        { kind: 'level', source: 's' },
        { kind: 'decolorize' },
        { kind: 'pack', labels: ['a'], ingestTimestamp: false },
        { kind: 'truncate', source: 's', bytesMax: 10, suffix: '…' },
        {
          kind: 'metric',
          name: 'm',
          type: 'gauge',
          description: 'd',
          unit: 'u',
          action: 'sub',
          source: 's',
          value: 'v',
          bytes: true,
          buckets: [0.5, 1],
          labels: { a: '' },
          streamLabels: true,
        },
        { kind: 'match', selector: '{a="b"}', steps: [{ kind: 'match', selector: '{}', action: 'drop' }] },
      ],
    },
  ],
  retention: [{ selector: '{a="b"}', days: 7 }],
} as const;

describe('a document in the form', () => {
  it('says the same as before, with every member of every kind', () => {
    const document = LogPipelines.parse(FULL);
    expect(new Set(document.rules[0]?.steps.map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(documentOf(fieldsOf(document))).toEqual(document);
    expect(checkFields(fieldsOf(document)).document).toEqual(document);
  });

  it.each([{ value: '' }, { value: 'y' }, {}])('tells an empty value from none: %j', (members) => {
    const steps = [{ kind: 'drop', sources: ['level'], ...members }];
    const document = LogPipelines.parse({ rules: [{ name: 'a', steps }] });
    expect(documentOf(fieldsOf(document))).toEqual(document);
  });

  it('has the same text in whatever order its members were', () => {
    const document = LogPipelines.parse(FULL);
    expect(documentText(fieldsOf(document))).not.toBe(JSON.stringify(document));
    const reread = LogPipelines.parse(JSON.parse(documentText(fieldsOf(document))));
    expect(documentText(fieldsOf(reread))).toBe(documentText(fieldsOf(document)));
  });

  it.each(RULE_TEMPLATES.map(({ title, rule }) => [title, rule] as const))('“%s” is one', (_, rule) => {
    const document = { rules: [rule], retention: [] };
    expect(LogPipelines.parse(document)).toEqual(document);
    expect(documentOf(fieldsOf(document))).toEqual(document);
  });
});

describe('a new step', () => {
  it.each(KINDS.map((kind) => [kind] as const))('of kind %s begins as the model would fill it in', (kind) => {
    const given = FULL.rules[0].steps.find((step) => step.kind === kind);
    const filled = newStep(kind);
    // What must be given is taken from the example, what need not be is left to each of the two.
    const needed = stepMembers(kind)
      .map(([name]) => name)
      .filter((name) => {
        const { [name]: _, ...rest } = given as Record<string, unknown>;
        return !LogRuleStep.safeParse(rest).success;
      });
    const minimal = Object.fromEntries([['kind', kind], ...needed.map((name) => [name, given?.[name as 'kind']])]);
    const begun = { ...stepOfFields(filled), ...minimal };
    expect(begun).toEqual(LogRuleStep.parse(minimal));
    expect(stepForm(kind).about).toMatch(/\.$/);
  });
});

describe('a step in a line', () => {
  const withMembers = (kind: StepFields['kind'], members: StepFields['members']): StepFields => ({
    kind,
    members: { ...newStep(kind).members, ...members },
  });

  it.each([
    [
      withMembers('json', {
        expressions: [
          { name: 'a', value: '' },
          { name: 'b', value: 'c.d' },
        ],
      }),
      'a, b ← c.d',
    ],
    [withMembers('drop', { expression: 'health', longerThanBytes: '80' }), 'health · Longer than (bytes): 80'],
    [withMembers('drop', { value: { isSet: true, text: '' } }), 'Is equal to: ""'],
    [withMembers('sample', { rate: '0.1' }), 'Share that is kept: 0.1'],
    [withMembers('output', { source: 'log' }), 'log'],
    [withMembers('regex', { expression: 'a(b)', source: 'body' }), 'a(b) · Read from: body'],
    [newStep('decolorize'), ''],
  ])('%#', (step, words) => {
    expect(stepSummary(step)).toBe(words);
  });
});

it('a new rule has a name of its own', () => {
  expect(newRule(['New rule', 'New rule 2']).name).toBe('New rule 3');
  expect(unusedName('a', [])).toBe('a');
});

it('says what differs between two documents', () => {
  const rule = (name: string, more = {}) => ({ name, steps: [{ kind: 'decolorize' }], ...more });
  const before = LogPipelines.parse({ rules: [rule('a'), rule('b'), rule('c'), rule('d')] });
  const after = LogPipelines.parse({
    rules: [rule('b'), rule('a', { enabled: false }), rule('e'), rule('d')],
    retention: [{ selector: '{}', days: 1 }],
  });
  expect(changedParts(before, before)).toEqual([]);
  expect(changedParts(before, after)).toEqual([
    '“e” is new',
    '“c” is gone',
    '“a” is changed',
    'the order of the rules',
    'retention',
  ]);
});
