import { parseOrgId } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { SILENCE_MS_MAX } from './driver.ts';
import { TailDirectory } from './tail-directory.ts';

const ORG = parseOrgId('11111111-1111-4111-8111-111111111111');
const announcement = (...queries: readonly string[]) => JSON.stringify(queries.length === 0 ? [] : [[ORG, queries]]);

it('knows each query once, and everybody who has it', () => {
  const directory = new TailDirectory();
  directory.hear('one', announcement('a', 'b'), 0);
  directory.hear('two', announcement('b'), 0);
  expect(directory.of(ORG).queries).toEqual(['a', 'b']);
  expect(directory.of(ORG).processesOf.get('b')).toEqual(['one', 'two']);
  directory.hear('one', announcement(), 1);
  expect(directory.of(ORG).queries).toEqual(['b']);
});

it('forgets who fell silent, and nobody who only says the same again', () => {
  const directory = new TailDirectory();
  directory.hear('lively', announcement('a'), 0);
  directory.hear('dead', announcement('b'), 0);
  directory.hear('lively', announcement('a'), SILENCE_MS_MAX - 1);
  directory.sweep(SILENCE_MS_MAX - 1);
  expect(directory.of(ORG).queries).toEqual(['a', 'b']);
  directory.sweep(SILENCE_MS_MAX);
  expect(directory.of(ORG).queries).toEqual(['a']);
});
