import { DEFAULT_PRIVACY_POLICY, parseOrgId } from '@aegisguard/model';
import { createScrubber } from '@aegisguard/pipeline';
import { expect, it } from 'vitest';
import { PolicyError, ScrubberCache } from './scrubber-cache.ts';

const org = (n: number) => parseOrgId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const privacyOf = (version: number) => ({ version, policy: DEFAULT_PRIVACY_POLICY, hashKey: new Uint8Array(32) });

it('compiles once for each organization and version', () => {
  let compiled = 0;
  const cache = new ScrubberCache((policy, key) => {
    compiled += 1;
    return createScrubber(policy, key);
  });
  const first = cache.of(org(1), privacyOf(0));
  expect(cache.of(org(1), privacyOf(0))).toBe(first);
  expect(cache.of(org(2), privacyOf(0))).not.toBe(first);
  expect(cache.of(org(1), privacyOf(1))).not.toBe(first);
  expect(compiled).toBe(3);
});

it('keeps the organizations that were used last', () => {
  const cache = new ScrubberCache();
  const first = cache.of(org(0), privacyOf(0));
  const second = cache.of(org(1), privacyOf(0));
  for (let n = 2; n < 200; n += 1) {
    cache.of(org(n), privacyOf(0));
  }
  expect(cache.of(org(0), privacyOf(0))).toBe(first);
  cache.of(org(200), privacyOf(0));
  expect(cache.of(org(0), privacyOf(0))).toBe(first);
  expect(cache.of(org(1), privacyOf(0))).not.toBe(second);
});

it('a policy that cannot be compiled says so, each time', () => {
  const cache = new ScrubberCache(() => {
    throw new Error('no such rule');
  });
  expect(() => cache.of(org(1), privacyOf(1))).toThrow(PolicyError);
  expect(() => cache.of(org(1), privacyOf(1))).toThrow(PolicyError);
});
