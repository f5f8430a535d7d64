import { expect, it } from 'vitest';
import { type ChoiceDraft, redrafted } from './choice-draft.ts';

const draft: ChoiceDraft = { text: 'sho', given: 'cart', revision: 0, chosen: undefined };

it.each([
  ['another value takes the place of what was typed', draft, 'api', 0, 'api'],
  ['a choice is given back as it is called', { ...draft, text: ' shop ', chosen: ' shop ' }, 'shop', 0, 'shop'],
  ['what was typed on since the choice stays', { ...draft, text: 'shop-a', chosen: 'shop' }, 'shop', 0, 'shop-a'],
  ['a field that begins anew is as it is given', { ...draft, text: 'shop-a', chosen: 'shop' }, '', 1, ''],
])('%s', (_, before, given, revision, text) => {
  expect(redrafted(before, given, revision)).toEqual({ text, given, revision, chosen: undefined });
});
