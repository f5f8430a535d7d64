import { DEFAULT_PRIVACY_POLICY } from '@aegisguard/model';
import type { Scrubber } from '@aegisguard/pipeline';
import { expect, it } from 'vitest';
import { previewText } from './preview-text.ts';

/** A policy by which fields named `pin` are secrets, and digits are found in every text. */
const scrubber: Scrubber = {
  policy: DEFAULT_PRIVACY_POLICY,
  secretStrategyOf: ({ name }) => (name === 'pin' ? 'mask' : name === 'kept' ? 'keep' : undefined),
  replace: (detector, strategy, found) => `<${detector} ${strategy} ${found.length}>`,
  scrubText: (text, { name }, onScrubbed) =>
    text.replace(/\d+/g, (digits, at: number) => {
      onScrubbed('card', 'redact', at, at + digits.length);
      return `<${name}>`;
    }),
};

it('shows what is replaced, and where it stood', () => {
  expect(previewText(scrubber, 'a 12 b 345', 'message')).toEqual({
    text: 'a <message> b <message>',
    findings: [
      { detector: 'card', strategy: 'redact', start: 2, end: 4 },
      { detector: 'card', strategy: 'redact', start: 7, end: 10 },
    ],
  });
});

it.each(['pin', 'attributes.PIN', 'labels.pin'])('below a secret name, %s, all of it is one', (place) => {
  const finding = { detector: 'secret', strategy: 'mask', start: 0, end: 4 };
  expect(previewText(scrubber, 'a 12', place)).toEqual({ text: '<secret mask 4>', findings: [finding] });
});

it.each(['kept', 'user.pin', 'message.pin'])('below another name, %s, it is searched', (place) => {
  expect(previewText(scrubber, 'a 12', place).text).toBe(`a <${place}>`);
});
