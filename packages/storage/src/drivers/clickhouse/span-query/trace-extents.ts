/** When a trace begins and ends, by all its spans: in nanoseconds, without a sign. */
export const TRACE_START = 'toUInt64(toUnixTimestamp64Nano(min(timestamp)))';
export const TRACE_END = 'max(toUInt64(toUnixTimestamp64Nano(timestamp)) + duration_nanos)';
/** How long it takes. */
export const TRACE_DURATION = `${TRACE_END} - ${TRACE_START}`;

/** Keys and figures of that projection. By the trace first, so that a few of them are found at once. Changing it needs a migration. */
export const TRACE_EXTENT_KEYS = ['organization_id', 'trace_id', 'toStartOfHour(timestamp)'] as const;
export const TRACE_EXTENT_PARTS = ['min(timestamp)', TRACE_END] as const;
