import type { NativeHistogram } from '@aegisguard/model';

/** A histogram of three observations, two in the bucket (0.5, 1] and one in (1, 2], with what is to be different. */
export function sampleHistogram(difference: Partial<NativeHistogram> = {}): NativeHistogram {
  return {
    schema: 0,
    zeroThreshold: 0,
    zeroCount: 0,
    count: 3,
    sum: 3.5,
    positive: { spans: [{ offset: 0, length: 2 }], counts: [2, 1] },
    negative: { spans: [], counts: [] },
    customValues: [],
    resetHint: 'unknown',
    ...difference,
  };
}
