/**
 * The label that an attribute path answers to in LogQL: segments joined by `_`, every character outside `[A-Za-z0-9_]` turned into `_`
 * (contract §6, "Names"). `['http', 'status.code']` → `http_status_code`.
 */
export function labelName(path: readonly string[]): string {
  return sanitizeLabelName(path.join('_'));
}

const CLEAN = /^[A-Za-z0-9_]*$/;
const UNCLEAN = /[^A-Za-z0-9_]/gu;

/** One segment or a whole name made a legal label name. */
export function sanitizeLabelName(name: string): string {
  return CLEAN.test(name) ? name : name.replace(UNCLEAN, '_');
}

/** The objects of a record that the normalizer adds, with what their labels begin with. */
export const ADDED_LABEL_PREFIXES = { geo: 'geo', userAgent: 'user_agent' } as const;

/** The label that a member of an added object answers to: `geo.timeZone` to `geo_time_zone`. */
export function addedLabelName(object: keyof typeof ADDED_LABEL_PREFIXES, path: readonly string[]): string {
  return [ADDED_LABEL_PREFIXES[object], ...path.map(addedLabelSegment)].join('_');
}

/** A segment of such a label: `timeZone` as `time_zone`. */
export function addedLabelSegment(segment: string): string {
  return sanitizeLabelName(segment).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The labels that are columns of the logs table, not attributes. `service_name` is an alias of `service`. */
export const NATIVE_LOG_LABELS = ['service', 'level', 'host', 'env', 'version', 'trace_id', 'span_id'] as const;
