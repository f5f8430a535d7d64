import { expect, it } from 'vitest';
import { searchGuides } from './search-guides.ts';

const heading = (text: string) => ({ id: text.toLowerCase(), text, depth: 2 });
const GUIDES = [
  { slug: 'keys', title: 'API keys and rotation', headings: [heading('Rotate'), heading('Revoke')] },
  { slug: 'operating', title: 'Operating', headings: [heading('Keys of the installation'), heading('Back-ups')] },
];
const found = (typed: string): readonly string[] =>
  searchGuides(GUIDES, typed).map(({ slug, heading: hit }) => `${slug}#${hit?.text ?? ''}`);

it('finds guides first, then their parts', () => {
  expect(found('key')).toEqual(['keys#', 'operating#Keys of the installation']);
});

it('takes all words, in any order, from the title and the heading together', () => {
  expect(found('revoke api')).toEqual(['keys#Revoke']);
});

it.each(['', '  ', '?!', 'nothing like this'])('finds nothing for %j', (typed) => {
  expect(found(typed)).toEqual([]);
});
