/** A longer message is cut (contract §6, "Records"). */
export const MESSAGE_BYTES_MAX = 1024 * 1024;

/** A longer service, host, environment, version, level or scope text is cut: these are columns that people group by, not places for prose. */
export const COLUMN_BYTES_MAX = 1024;

/** A longer trace, span or ingest id refuses the record: a cut id would name something else. UTF-16 units. */
export const ID_LENGTH_MAX = 255;

/** A longer address of a page, or name of a RUM event, which of an error is its message, is cut. */
export const RUM_TEXT_BYTES_MAX = 8 * 1024;

/** A longer stack trace is cut. */
export const RUM_STACK_BYTES_MAX = 64 * 1024;

/** RUM data with a longer JSON text refuses the event: a cut recording cannot be played. */
export const RUM_DATA_BYTES_MAX = 1024 * 1024;

/** RUM data nested deeper refuses the event. A recorded document takes two levels for one of its own. */
export const RUM_DATA_DEPTH_MAX = 1000;

/** What the members of a RUM body that are no fields may come to as JSON text: each of its events gets a copy. */
export const RUM_HEADER_BYTES_MAX = 8 * 1024;

/** A longer type of a security event refuses it: a cut one would be another type. UTF-16 units. */
export const EVENT_TYPE_LENGTH_MAX = 100;
