/**
 * A batch with more data points, or more entries of metadata, is refused. Bodies are limited by bytes, but a data point that says nothing takes two of them: this bounds what is kept
 * of each, its rejection foremost.
 */
export const DATA_POINTS_MAX = 1_000_000;

/**
 * A batch with more increments (delta temporality; each bucket of a histogram is one) is refused: they are added up on the main thread of the worker, some 10 µs each and more for series
 * that were not seen before. More than twice what a Collector's batch of 8192 histograms with 15 buckets has.
 */
export const INCREMENTS_MAX = 200_000;

/** A native or exponential histogram with more buckets is refused. Schema 8 over 78 powers of two, both signs counted apart. */
export const HISTOGRAM_BUCKETS_MAX = 20_000;

/** A histogram whose buckets become series of their own, or a summary, may have no more of them: each is a series. */
export const SERIES_BUCKETS_MAX = 1000;
