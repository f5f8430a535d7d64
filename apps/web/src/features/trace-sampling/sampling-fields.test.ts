import { NO_TRACE_SAMPLING, TraceSampling } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { fieldsOf, isSameForm, newRule, readFields } from './sampling-fields.ts';

const EVERY_KIND = TraceSampling.parse({
  enabled: true,
  wholeForHours: 48,
  percent: 2.5,
  rules: [
    { keep: 'errors' },
    { keep: 'slow', thresholdMs: 250 },
    { keep: 'slow', thresholdMs: 2000, service: 'web' },
    { keep: 'rare', perDay: 3 },
    { keep: 'share', service: 'payments', percent: 100 },
  ],
});

it('a document and its form say the same', () => {
  for (const sampling of [NO_TRACE_SAMPLING, EVERY_KIND]) {
    expect(readFields(fieldsOf(sampling))).toEqual({ sampling, problems: new Map() });
  }
});

it('knows whether something was changed', () => {
  expect(isSameForm(fieldsOf(EVERY_KIND), fieldsOf(EVERY_KIND))).toBe(true);
  expect(isSameForm(fieldsOf(EVERY_KIND), { ...fieldsOf(EVERY_KIND), percent: '3' })).toBe(false);
});

it('says beside which field something is wrong', () => {
  const fields = fieldsOf(EVERY_KIND);
  const { sampling, problems } = readFields({
    ...fields,
    percent: '101',
    wholeForHours: '',
    rules: [{ ...newRule('slow'), thresholdMs: 'soon' }, newRule('share')],
  });
  expect(sampling).toBeUndefined();
  expect(Object.fromEntries(problems)).toEqual({
    percent: 'At most 100.',
    wholeForHours: 'Enter a number.',
    'rules.0.thresholdMs': 'Enter a number.',
    'rules.1.service': 'Name a service.',
  });
});
