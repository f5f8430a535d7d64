/** Arrays and maps nested deeper in an `AnyValue` refuse the record: it bounds our recursion, far beyond what is kept as structure. */
export const ANY_VALUE_DEPTH_MAX = 100;

/** What a count of attributes has added when a value is nested too deep. More than any body has fields. */
export const TOO_DEEP = 2 ** 40;
