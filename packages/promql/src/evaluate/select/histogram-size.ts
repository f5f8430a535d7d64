import type { NativeHistogram } from '@aegisguard/model';

/** What Prometheus takes the memory of a histogram for, in bytes: the structure, and its lists. */
const STRUCTURE_BYTES = 168;
const ELEMENT_BYTES = 8;
/** A sample is a time and a float. */
const SAMPLE_BYTES = 16;

/** How many samples a histogram counts for, where samples are counted. */
export function histogramSize({ positive, negative, customValues }: NativeHistogram): number {
  const elements =
    positive.spans.length +
    positive.counts.length +
    negative.spans.length +
    negative.counts.length +
    customValues.length;
  return Math.floor((STRUCTURE_BYTES + elements * ELEMENT_BYTES + ELEMENT_BYTES) / SAMPLE_BYTES);
}
