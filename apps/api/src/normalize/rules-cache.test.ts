import { LogPipelines, parseOrgId } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { RulesCache } from './rules-cache.ts';
import { PolicyError } from './scrubber-cache.ts';

const [ORG, OTHER] = [1, 2].map((n) => parseOrgId(`00000000-0000-7000-8000-00000000000${n}`));
const text = JSON.stringify(LogPipelines.parse({ rules: [{ name: 'a', steps: [{ kind: 'decolorize' }] }] }));

it('rules are made ready once for each organization and version; there are none for none', () => {
  const cache = new RulesCache();
  if (ORG === undefined || OTHER === undefined) {
    throw new TypeError('two organizations');
  }
  const first = cache.of(ORG, { version: 1, text });
  expect(first).toBeDefined();
  expect(cache.of(ORG, { version: 1, text })).toBe(first);
  expect(cache.of(ORG, { version: 2, text })).not.toBe(first);
  expect(cache.of(OTHER, { version: 1, text })).not.toBe(first);
  expect(cache.of(ORG, { version: 3, text: '' })).toBeUndefined();
  expect(() => cache.of(ORG, { version: 4, text: text.replace('decolorize', 'teleport') })).toThrow(PolicyError);
});
