import type { NativeHistogram } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { checkNativeHistogram } from './check-native-histogram.ts';
import { HISTOGRAM_BUCKETS_MAX } from './metric-limits.ts';
import { staleMarker } from './stale-marker.ts';

const none = { spans: [], counts: [] };
const valid: NativeHistogram = {
  schema: 3,
  zeroThreshold: 1e-128,
  zeroCount: 1,
  count: 7,
  sum: 5,
  positive: {
    spans: [
      { offset: -2, length: 1 },
      { offset: 3, length: 1 },
    ],
    counts: [2, 1],
  },
  negative: { spans: [{ offset: 0, length: 1 }], counts: [3] },
  customValues: [],
  resetHint: 'unknown',
};
const custom: NativeHistogram = {
  ...valid,
  schema: -53,
  zeroThreshold: 0,
  zeroCount: 0,
  count: 3,
  positive: { spans: [{ offset: 0, length: 2 }], counts: [1, 2] },
  negative: none,
  customValues: [0.5],
};

describe('native histograms', () => {
  it.each<[string, NativeHistogram, boolean, RegExp | undefined]>([
    ['of integers', valid, true, undefined],
    ['of floats whose counts do not add up, which rounding may make', { ...valid, count: 6.999 }, false, undefined],
    ['with custom buckets', custom, true, undefined],
    [
      'that are stale',
      { ...valid, count: 0, zeroCount: 0, sum: staleMarker(), positive: none, negative: none },
      true,
      undefined,
    ],
    ['that observed NaN', { ...valid, count: 8, sum: Number.NaN }, true, undefined],
    ['whose counts do not add up', { ...valid, count: 8 }, true, /add up to 7/],
    [
      'with fewer counts than spans say',
      { ...valid, positive: { ...valid.positive, counts: [3] } },
      true,
      /2 buckets, but there are 1/,
    ],
    [
      'with spans that say too much',
      { ...valid, negative: { spans: [{ offset: 0, length: 4294967295 }], counts: [3] } },
      true,
      /4294967295/,
    ],
    [
      'with spans that overlap',
      {
        ...valid,
        positive: {
          spans: [
            { offset: 0, length: 1 },
            { offset: -1, length: 1 },
          ],
          counts: [2, 1],
        },
      },
      true,
      /begins before/,
    ],
    ['with a negative bucket', { ...valid, negative: { ...valid.negative, counts: [-3] } }, false, /negative count/],
    ['with a negative zero count', { ...valid, zeroCount: -1 }, false, /must not be negative/],
    ['with a threshold that is none', { ...valid, zeroThreshold: Number.NaN }, false, /must not be negative/],
    ['too fine', { ...valid, schema: 9 }, true, /schema is 9/],
    ['too coarse', { ...valid, schema: -5 }, true, /schema is -5/],
    ['with custom bounds that have no meaning', { ...valid, customValues: [1] }, true, /only the schema -53/],
    ['custom ones with a zero bucket', { ...custom, zeroCount: 1, count: 4 }, true, /no zero bucket/],
    ['custom ones with bounds in disorder', { ...custom, customValues: [1, 1] }, true, /ascend/],
    ['custom ones with +Inf', { ...custom, customValues: [Number.POSITIVE_INFINITY] }, true, /without NaN and \+Inf/],
    ['custom ones beyond their bounds', { ...custom, customValues: [] }, true, /beyond its custom bounds/],
    [
      'custom ones before their bounds',
      { ...custom, positive: { spans: [{ offset: -1, length: 2 }], counts: [1, 2] } },
      true,
      /beyond its custom bounds/,
    ],
    [
      'too large',
      {
        ...valid,
        positive: {
          spans: [{ offset: 0, length: HISTOGRAM_BUCKETS_MAX + 1 }],
          counts: new Array(HISTOGRAM_BUCKETS_MAX + 1).fill(0),
        },
      },
      false,
      /more than 20000 buckets/,
    ],
  ])('%s', (_, histogram, isInteger, problem) => {
    const found = checkNativeHistogram(histogram, isInteger);
    expect(problem === undefined ? found : found?.match(problem) !== null).toBe(
      problem === undefined ? undefined : true,
    );
  });
});
