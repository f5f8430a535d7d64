import { LogPipelines } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { readDocument, TEXT_FORMATS, writeDocument } from './document-text.ts';

const DOCUMENT = LogPipelines.parse({
  rules: [
    {
      name: 'orders: "all"',
      selector: '{service_name="shop"} |= "a\\nb"',
      steps: [
        { kind: 'regex', expression: `${'(?P<order>\\d+) '.repeat(20)}#` },
        { kind: 'static-labels', labels: { version: '1.0', truth: 'yes', nothing: 'null' } },
        { kind: 'drop', value: '0', sources: ['1e3'] },
      ],
    },
  ],
  retention: [{ selector: '{}', days: 3 }],
});

describe('a document as a text', () => {
  it.each(TEXT_FORMATS)('is read as it was written, in %s', (format) => {
    expect(readDocument(writeDocument(DOCUMENT, format))).toEqual({ document: DOCUMENT });
  });

  it('needs not say what goes without saying', () => {
    expect(readDocument('rules:\n- name: a\n  steps: [{kind: decolorize}]\n')).toEqual({
      document: LogPipelines.parse({ rules: [{ name: 'a', steps: [{ kind: 'decolorize' }] }] }),
    });
    expect(readDocument('')).toEqual({ document: { rules: [], retention: [] } });
  });

  it.each([
    ['rules: [', 'line 1'],
    ['a: 1\na: 2\n', 'line 2'],
    ['rules:\n- &a {name: x, steps: [{kind: decolorize}]}\n- *a\n', ''],
    ['rules:\n- name: a\n  steps: [{kind: nothing}]\n', 'rules.0.steps.0.kind'],
    ['rules:\n- name: a\n  steps: [{kind: sample, rate: much}]\n', 'rules.0.steps.0.rate'],
    ['rulez: []', ''],
  ])('says where it cannot be read: %j', (text, place) => {
    expect(readDocument(text)).toMatchObject({ problems: [{ place, message: expect.stringMatching(/\.$/) }] });
  });

  it('has no member that only looks like one', () => {
    expect(readDocument('__proto__: {rules: []}')).toMatchObject({ problems: [{ place: '' }] });
  });
});
