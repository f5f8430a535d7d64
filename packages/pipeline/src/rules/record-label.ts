import {
  type JsonObject,
  type JsonValue,
  type LogLabels,
  type LogRecord,
  labelValue,
  PUSHED_METADATA,
} from '@aegisguard/model';
import { valueText } from './value-text.ts';

/** A name that no path of several parts, and no attribute of another name, answers to. */
const PLAIN_NAME = /^[A-Za-z0-9]+$/;

/** Columns by the plain names of their labels. */
const COLUMNS: Readonly<Record<string, (record: LogRecord) => string>> = {
  service: ({ service }) => service,
  level: ({ level }) => level,
  host: ({ host }) => host,
  env: ({ env }) => env,
  version: ({ version }) => version,
};

/** The value of a label as `logLabels` has it. The usual ones are found without making all of them. */
export function recordLabel(record: LogRecord, name: string, allLabels: () => LogLabels): string | undefined {
  const metadataCount = record.details[PUSHED_METADATA];
  if (typeof metadataCount === 'number') {
    return PLAIN_NAME.test(name) ? pushedLabel(record, name, metadataCount) : labelValue(allLabels(), name);
  }
  if (name === 'service_name') {
    return record.service || undefined;
  }
  if (!PLAIN_NAME.test(name)) {
    return labelValue(allLabels(), name);
  }
  if (Object.hasOwn(COLUMNS, name)) {
    return column(record, name);
  }
  const { attributes, resource } = record;
  return hasLeaf(attributes, name) ? valueText(attributes[name]) : leaf(resource, name);
}

/** What a stream has comes first, then structured metadata, then columns, then what was read out of the line. */
function pushedLabel(record: LogRecord, name: string, metadataCount: number): string | undefined {
  const { attributes, resource } = record;
  const ofStream = leaf(resource, name);
  if (ofStream !== undefined) {
    return ofStream;
  }
  const own = leaf(attributes, name);
  const ofColumn = column(record, name);
  if (own === undefined || ofColumn === undefined) {
    return own ?? ofColumn;
  }
  return Object.keys(attributes).slice(0, metadataCount).includes(name) ? own : ofColumn;
}

/** An object is no value of its own: its members are. */
function hasLeaf(object: JsonObject, name: string): boolean {
  const value: JsonValue | undefined = Object.hasOwn(object, name) ? object[name] : undefined;
  return value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value));
}

function leaf(object: JsonObject, name: string): string | undefined {
  return hasLeaf(object, name) ? valueText(object[name]) : undefined;
}

function column(record: LogRecord, name: string): string | undefined {
  const read = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  return read?.(record) || undefined;
}
