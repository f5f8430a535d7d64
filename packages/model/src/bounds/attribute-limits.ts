/** A longer attribute value, or attribute name, is cut (contract §6, "Records"). */
export const ATTRIBUTE_BYTES_MAX = 64 * 1024;

/** More leaves than this in a record's attributes, or in its resource, refuse the record (contract §6, "Records"). */
export const ATTRIBUTE_COUNT_MAX = 512;

/** Objects and arrays nested deeper than this inside attributes are kept as JSON text (contract §6, "Records"). It also bounds our recursion. */
export const ATTRIBUTE_DEPTH_MAX = 32;
