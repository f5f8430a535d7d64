import type { JsonObject, JsonValue } from './json.ts';
import { addedLabelName, labelName } from './label-name.ts';
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

/** The labels of a log. */
export function logLabels(log: LabelSource): LogLabels {
  const { service, level, host, env, version, traceId, spanId, severityText } = log;
  const columns = present({
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
  const added = {
    ...flatten(log.geo, (path) => addedLabelName('geo', path)),
    ...flatten(log.userAgent, (path) => addedLabelName('userAgent', path)),
  };
  const metadataCount = log.details[PUSHED_METADATA];
  if (typeof metadataCount === 'number') {
    const attributes = Object.entries(log.attributes);
    return {
      stream: flatten(log.resource, labelName),
      metadata: flatten(Object.fromEntries(attributes.slice(0, metadataCount)), labelName),
      derived: { ...columns, ...added, ...flatten(Object.fromEntries(attributes.slice(metadataCount)), labelName) },
      isPushed: true,
    };
  }
  return {
    stream: present({ service_name: service, level, host, env }),
    metadata: {
      ...added,
      ...flatten(log.resource, labelName),
      ...flatten(log.attributes, labelName),
      ...present({ version, trace_id: traceId, span_id: spanId }),
    },
    derived: columns,
    isPushed: false,
  };
}

function present(labels: LabelValues): LabelValues {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

function flatten(object: JsonObject, nameOf: (path: readonly string[]) => string): Record<string, string> {
  const labels: Record<string, string> = {};
  const walk = (value: JsonValue, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, member] of Object.entries(value)) {
        walk(member, [...path, key]);
      }
    } else if (value !== null) {
      setMember(labels, nameOf(path), typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
  };
  walk(object, []);
  return labels;
}
