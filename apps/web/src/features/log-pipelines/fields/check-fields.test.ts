import { LogPipelines } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { checkFields, countWithin } from './check-fields.ts';
import { formPath, placeWords } from './document-place.ts';
import { fieldsOf, type PipelineFields, type RuleFields } from './pipeline-fields.ts';
import { newStep, type StepFields } from './step-fields.ts';
import { triableDocument, triedFormPath } from './triable-document.ts';

const rule = (name: string, ...steps: readonly StepFields[]): RuleFields => ({
  name,
  enabled: true,
  selector: '{}',
  steps,
});
const step = (kind: StepFields['kind'], members: StepFields['members'] = {}): StepFields => ({
  kind,
  members: { ...newStep(kind).members, ...members },
});
const form = (...rules: readonly RuleFields[]): PipelineFields => ({ rules, retention: [] });
const problemsOf = (fields: PipelineFields): object => Object.fromEntries(checkFields(fields).problems);

describe('what is wrong', () => {
  it('stands where it is written', () => {
    const fields: PipelineFields = {
      rules: [
        rule(' ', step('regex'), step('sample', { rate: '2' }), step('truncate', { bytesMax: 'many' })),
        rule('b', step('grok'), step('labels', { labels: [{ name: '', value: 'x' }] })),
        rule('b', step('drop-labels'), step('drop', { longerThanBytes: '1.5', olderThanSeconds: '0' })),
        rule('d'),
      ],
      retention: [
        { selector: '', days: '' },
        { selector: '{}', days: '4000' },
      ],
    };
    expect(problemsOf(fields)).toEqual({
      'rules.0.name': 'Enter a name.',
      'rules.0.steps.0.members.expression': 'Enter an expression.',
      'rules.0.steps.1.members.rate': 'At most 1.',
      'rules.0.steps.2.members.bytesMax': 'Enter a number.',
      'rules.1.steps.0.members.patterns.0': 'Enter an expression.',
      'rules.1.steps.1.members.labels.0': 'Enter a name.',
      'rules.2.name': 'Another rule has this name.',
      'rules.2.steps.0.members.names': 'Add a name.',
      'rules.2.steps.1.members.longerThanBytes': 'Enter a whole number.',
      'rules.2.steps.1.members.olderThanSeconds': 'More than 0.',
      'rules.3.steps': 'Add a step.',
      'retention.0.selector': 'Enter a selector.',
      'retention.0.days': 'Enter a number.',
      'retention.1.days': 'At most 3,650 days.',
    });
    expect(checkFields(fields).document).toBeUndefined();
  });

  it('is told from top to bottom, and of a place what is said of it first', () => {
    const fields: PipelineFields = {
      rules: [rule('a', step('output', { source: 'x' })), rule('c', step('grok')), rule(' '), rule('')],
      retention: [{ selector: '', days: '1' }],
    };
    expect([...checkFields(fields).problems]).toEqual([
      ['rules.1.steps.0.members.patterns.0', 'Enter an expression.'],
      ['rules.2.name', 'Enter a name.'],
      ['rules.2.steps', 'Add a step.'],
      ['rules.3.name', 'Another rule has this name.'],
      ['rules.3.steps', 'Add a step.'],
      ['retention.0.selector', 'Enter a selector.'],
    ]);
  });

  it('is said of steps within steps, and of names that come twice', () => {
    const twice = step('rename', {
      names: [
        { name: 'a', value: 'b' },
        { name: 'a', value: 'c' },
      ],
    });
    const inner = step('match', { selector: '{}', steps: [step('output'), twice] });
    expect(problemsOf(form(rule('a', step('match', { selector: '', steps: [inner] }))))).toEqual({
      'rules.0.steps.0.members.selector': 'Enter a selector.',
      'rules.0.steps.0.members.steps.0.members.steps.0.members.source': 'Enter a name.',
      'rules.0.steps.0.members.steps.0.members.steps.1.members.names.1': 'Another line has this name.',
    });
  });

  it('is counted within a place, not beside it', () => {
    const problems = new Map([
      ['rules.1.name', ''],
      ['rules.1.steps.0.members.a', ''],
      ['rules.10.name', ''],
    ]);
    expect(countWithin(problems, 'rules.1')).toBe(2);
    expect(countWithin(problems, 'rules.1.steps.0')).toBe(1);
  });
});

describe('a place of the document', () => {
  const fields = form(
    rule(
      'a',
      step('json', {
        expressions: [
          { name: 'x', value: '' },
          { name: 'a.b', value: '(' },
        ],
      }),
    ),
    rule('', step('match', { selector: '{}', steps: [step('grok', { patterns: [{ text: 'a' }, { text: '(' }] })] })),
  );

  it.each([
    ['rules.0.name', 'rules.0.name'],
    ['rules.0.selector', 'rules.0.selector'],
    ['rules.0.steps', 'rules.0.steps'],
    ['rules.0.steps.0', 'rules.0.steps.0'],
    ['rules.0.steps.0.expressions.a.b', 'rules.0.steps.0.members.expressions.1'],
    ['rules.0.steps.0.expressions.gone', 'rules.0.steps.0.members.expressions'],
    ['rules.0.steps.0.nothing', 'rules.0.steps.0'],
    ['rules.1.steps.0.steps', 'rules.1.steps.0.members.steps'],
    ['rules.1.steps.0.steps.0.patterns.1', 'rules.1.steps.0.members.steps.0.members.patterns.1'],
    ['rules.7.steps.0', 'rules.7.steps.0'],
    ['retention.0.selector', 'retention.0.selector'],
  ])('%s stands at %s', (path, place) => {
    expect(formPath(fields, path)).toBe(place);
  });

  it.each([
    ['rules.0.steps.0.members.expressions.1', '“a”, step 1 (json)'],
    ['rules.0.name', '“a”'],
    ['rules.1.selector', 'Rule 2'],
    ['retention.1.days', 'Retention 2'],
    ['rules', 'Rules'],
  ])('%s is called %s', (path, words) => {
    expect(placeWords(fields, path)).toBe(words);
  });
});

describe('what can be tried of a form', () => {
  const whole = step('output', { source: 'x' });
  const fields: PipelineFields = {
    rules: [
      rule('begun', step('regex')),
      rule('', whole, step('regex'), whole),
      { ...rule('no', whole), selector: '' },
      rule('b', whole),
    ],
    retention: [
      { selector: '', days: '1' },
      { selector: '{}', days: '2' },
    ],
  };

  it('is what is whole of it', () => {
    const { document, rules, retention } = triableDocument(fields);
    expect(LogPipelines.parse(document)).toEqual(document);
    expect(document.rules.map(({ name, steps }) => [name, steps.length])).toEqual([
      ['1', 2],
      ['3', 1],
    ]);
    expect(rules).toEqual([
      { at: 1, steps: [0, 2] },
      { at: 3, steps: [0] },
    ]);
    expect(document.retention).toEqual([{ selector: '{}', days: 2 }]);
    expect(retention).toEqual([1]);
  });

  it.each([
    ['rules.0.steps.1.source', 'rules.1.steps.2.members.source'],
    ['rules.0.steps.1', 'rules.1.steps.2'],
    ['rules.1.selector', 'rules.3.selector'],
    ['retention.0.selector', 'retention.1.selector'],
    ['rules', 'rules'],
  ])('has its faults where they are written: %s', (path, place) => {
    expect(triedFormPath(fields, triableDocument(fields), path)).toBe(place);
  });
});

it('a form of a document that is right has nothing wrong', () => {
  const document = LogPipelines.parse({ rules: [{ name: 'a', steps: [{ kind: 'decolorize' }] }] });
  expect(checkFields(fieldsOf(document))).toEqual({ document, problems: new Map() });
});
