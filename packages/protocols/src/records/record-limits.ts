/** A longer message is cut (contract §6, "Records"). */
export const MESSAGE_BYTES_MAX = 1024 * 1024;

/** A longer attribute value, or attribute name, is cut (contract §6, "Records"). */
export const ATTRIBUTE_BYTES_MAX = 64 * 1024;

/** A longer service, host, environment, version, level or scope text is cut: these are columns that people group by, not places for prose. */
export const COLUMN_BYTES_MAX = 1024;

/** A longer trace, span or ingest id refuses the record: a cut id would name something else. UTF-16 units. */
export const ID_LENGTH_MAX = 255;

/** More leaves than this in a record's attributes, or in its resource, refuse the record (contract §6, "Records"). */
export const ATTRIBUTE_COUNT_MAX = 512;

/** Objects and arrays nested deeper than this inside attributes are kept as JSON text (contract §6, "Records"). It also bounds our recursion. */
export const ATTRIBUTE_DEPTH_MAX = 32;
