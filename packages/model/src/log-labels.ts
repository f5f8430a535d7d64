import type { JsonObject, JsonValue } from './json.ts';
import { addedLabelName, NATIVE_LOG_LABELS, sanitizeLabelName } from './label-name.ts';
import type { StoredLog } from './log-reader.ts';
import { setMember } from './set-member.ts';

/** Names and values; an absent label and an empty one are told apart. */
export type LabelValues = Readonly<Record<string, string>>;

/** A log's labels as LogQL has them: https://grafana.com/docs/loki/latest/get-started/labels/ */
export interface LogLabels {
  /** What makes a stream: the labels of a Loki push as they were pushed, of any other log `service_name`, `level`, `host` and `env`. What a parser finds under such a name gets `_extracted` behind it. */
  readonly stream: LabelValues;
  /** Structured metadata: an entry's of a Loki push; else attributes, resource and what the normalizer added. What a parser finds under such a name replaces it. */
  readonly metadata: LabelValues;
  /** Answer to a name that is in neither of the two, but are in no result: columns, and what was read out of a pushed line. */
  readonly derived: LabelValues;
  /** Whether series of an aggregation without grouping have the metadata, too, as in Loki. Other senders' attributes are countless, ids among them. */
  readonly isPushed: boolean;
}

/** A line with its labels. Times are Unix nanoseconds. */
export interface LogLine {
  readonly timestamp: bigint;
  readonly line: string;
  readonly labels: LogLabels;
}

/** The member of a record's details that marks an entry of a Loki push, and says how many of its attributes were sent as structured metadata: they come first, what was read out of the line follows. */
export const PUSHED_METADATA = 'pushedMetadata';

/** What of a log its labels are made of. */
export type LabelSource = Omit<
  StoredLog,
  'position' | 'message' | 'ingestId' | 'truncated' | 'scopeName' | 'scopeVersion' | 'severityNumber'
>;

/** Labels that are columns: no attribute of a log that was not pushed answers to their names (contract §6, "Names"). */
const COLUMN_LABELS = [...NATIVE_LOG_LABELS, 'service_name', 'detected_level', 'severity_text'] as const;

type ColumnSource = Omit<LabelSource, 'attributes' | 'resource' | 'details' | 'geo' | 'userAgent'>;

/** The labels of a log. */
export function logLabels(log: LabelSource): LogLabels {
  const metadataCount = log.details[PUSHED_METADATA];
  if (typeof metadataCount === 'number') {
    const attributes = Object.entries(log.attributes);
    const derived: Record<string, string> = {};
    addAdded(derived, log);
    addLeaves(derived, Object.fromEntries(attributes.slice(metadataCount)));
    return {
      stream: addLeaves({}, log.resource),
      metadata: addLeaves({}, Object.fromEntries(attributes.slice(0, metadataCount))),
      derived: { ...derived, ...columnLabels(log) },
      isPushed: true,
    };
  }
  const { service, level, host, env, version, traceId, spanId } = log;
  const metadata: Record<string, string> = {};
  addAdded(metadata, log);
  addLeaves(metadata, log.resource);
  addLeaves(metadata, log.attributes);
  for (const name of COLUMN_LABELS) {
    delete metadata[name];
  }
  return {
    stream: presentLabels({ service_name: service, level, host, env }),
    metadata: Object.assign(metadata, presentLabels({ version, trace_id: traceId, span_id: spanId })),
    derived: columnLabels(log),
    isPushed: false,
  };
}

/** The value that a name has before any parser: the stream's, else the metadata's, else a derived one. */
export function labelValue({ stream, metadata, derived }: LogLabels, name: string): string | undefined {
  const holder = [stream, metadata, derived].find((labels) => Object.hasOwn(labels, name));
  return holder?.[name];
}

/** Labels that columns answer to. */
export function columnLabels({
  service,
  level,
  host,
  env,
  version,
  traceId,
  spanId,
  severityText,
}: ColumnSource): LabelValues {
  return presentLabels({
    service,
    service_name: service,
    level,
    detected_level: level,
    host,
    env,
    version,
    trace_id: traceId,
    span_id: spanId,
    severity_text: severityText,
  });
}

/** The labels that are not empty: an absent column is. */
export function presentLabels(labels: LabelValues): LabelValues {
  const present: Record<string, string> = {};
  for (const name in labels) {
    const value = labels[name];
    if (value !== undefined && value !== '') {
      present[name] = value;
    }
  }
  return present;
}

function addAdded(labels: Record<string, string>, { geo, userAgent }: LabelSource): void {
  addLeaves(labels, geo, (path) => addedLabelName('geo', [path]));
  addLeaves(labels, userAgent, (path) => addedLabelName('userAgent', [path]));
}

/** Adds an object's values under their names, in place of those that have them; a null takes a name, but is no label. Names are made of the path with `_` between its parts: a list of them for each value would be most of the work. */
function addLeaves(
  labels: Record<string, string>,
  object: JsonObject,
  nameOf: (path: string) => string = sanitizeLabelName,
  prefix = '',
): Record<string, string> {
  for (const key of Object.keys(object)) {
    const value = object[key] ?? null;
    const path = prefix + key;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      addLeaves(labels, value, nameOf, `${path}_`);
    } else if (value === null) {
      delete labels[nameOf(path)];
    } else {
      setMember(labels, nameOf(path), typeof value === 'string' ? value : leafText(value));
    }
  }
  return labels;
}

function leafText(value: JsonValue): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
