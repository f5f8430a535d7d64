/** A series with more labels, its name among them, is refused. */
export const LABEL_COUNT_MAX = 64;

/** A longer label name refuses the series. Bytes of UTF-8. */
export const LABEL_NAME_BYTES_MAX = 1024;

/** A longer label value refuses the series. Bytes of UTF-8. */
export const LABEL_VALUE_BYTES_MAX = 8 * 1024;

/** A longer metric name refuses the series. Bytes of UTF-8. */
export const METRIC_NAME_BYTES_MAX = 1024;
