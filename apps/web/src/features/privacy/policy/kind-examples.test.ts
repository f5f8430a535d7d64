import { DETECTORS } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { EXAMPLES_TEXT, exampleOutcomes, KIND_EXAMPLES } from './kind-examples.ts';

it('every kind has an example, and finds its outcome again', () => {
  expect([...(exampleOutcomes(EXAMPLES_TEXT) ?? [])]).toEqual(DETECTORS.map((kind) => [kind, KIND_EXAMPLES[kind]]));
  expect(exampleOutcomes('one line')).toBeUndefined();
});
