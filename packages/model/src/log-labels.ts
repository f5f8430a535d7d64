import type { JsonObject, JsonValue } from './json.ts';
import { ADDED_LABEL_PREFIXES, addedLabelSegment, NATIVE_LOG_LABELS, sanitizeLabelName } from './label-name.ts';
import type { StoredLog } from './log-reader.ts';
import { setMember } from './set-member.ts';

/** Names and values; an absent label and an empty one are told apart. */
export type LabelValues = Readonly<Record<string, string>>;

/** A log's labels as LogQL has them: https://grafana.com/docs/loki/latest/get-started/labels/ */
export interface LogLabels {
  /** What makes a stream: the labels of a Loki push as they were pushed, of any other log `service_name`, `level`, `host` and `env`. What a parser finds under such a name gets `_extracted` behind it. */
  readonly stream: LabelValues;
  /** Structured metadata: an entry's of a Loki push; else attributes, resource and what the normalizer added. What a parser finds under such a name gets `_extracted` behind it, too. */
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
const COLUMN_LABELS: ReadonlySet<string> = new Set([
  ...NATIVE_LOG_LABELS,
  'service_name',
  'detected_level',
  'severity_text',
]);
const NONE: ReadonlySet<string> = new Set();

type ColumnSource = Omit<LabelSource, 'attributes' | 'resource' | 'details' | 'geo' | 'userAgent'>;

/** The labels of a log. */
export function logLabels(log: LabelSource): LogLabels {
  const metadataCount = log.details[PUSHED_METADATA];
  return typeof metadataCount === 'number' ? pushedLabels(log, metadataCount) : otherLabels(log);
}

function pushedLabels(log: LabelSource, metadataCount: number): LogLabels {
  const names = Object.keys(log.attributes);
  const derived: Record<string, string> = {};
  addAdded(derived, log);
  addLeaves(derived, log.attributes, names.slice(metadataCount));
  Object.assign(derived, columnLabels(log));
  return {
    stream: addLeaves({}, log.resource),
    metadata: addLeaves({}, log.attributes, names.slice(0, metadataCount)),
    derived,
    isPushed: true,
  };
}

function otherLabels(log: LabelSource): LogLabels {
  const { service, level, host, env, version, traceId, spanId } = log;
  const metadata: Record<string, string> = {};
  addAdded(metadata, log);
  addLeaves(metadata, log.resource, Object.keys(log.resource), COLUMN_LABELS);
  addLeaves(metadata, log.attributes, Object.keys(log.attributes), COLUMN_LABELS);
  Object.assign(metadata, presentLabels({ version, trace_id: traceId, span_id: spanId }));
  return {
    stream: presentLabels({ service_name: service, level, host, env }),
    metadata,
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
  for (const name in geo) {
    addLeaf(labels, geo[name], `${ADDED_LABEL_PREFIXES.geo}_${addedLabelSegment(name)}`, addedLabelSegment, NONE);
  }
  for (const name in userAgent) {
    addLeaf(
      labels,
      userAgent[name],
      `${ADDED_LABEL_PREFIXES.userAgent}_${addedLabelSegment(name)}`,
      addedLabelSegment,
      NONE,
    );
  }
}

/** Adds members of an object, unless `others` have their names. */
function addLeaves(
  labels: Record<string, string>,
  object: JsonObject,
  members: readonly string[] = Object.keys(object),
  others = NONE,
): Record<string, string> {
  for (const member of members) {
    addLeaf(labels, object[member], sanitizeLabelName(member), sanitizeLabelName, others);
  }
  return labels;
}

/** Adds a value under its name, in place of one that has it; those inside of an object by their own names behind it. A null takes a name, but is no label. */
function addLeaf(
  labels: Record<string, string>,
  value: JsonValue | undefined,
  name: string,
  segmentOf: (member: string) => string,
  others: ReadonlySet<string>,
): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const member of Object.keys(value)) {
      addLeaf(labels, value[member], `${name}_${segmentOf(member)}`, segmentOf, others);
    }
  } else if (value === null || value === undefined) {
    if (Object.hasOwn(labels, name)) {
      delete labels[name];
    }
  } else if (!others.has(name)) {
    setMember(labels, name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
}
