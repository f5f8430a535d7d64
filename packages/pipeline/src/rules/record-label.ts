import { type JsonObject, type JsonValue, type LogLabels, type LogRecord, PUSHED_METADATA } from '@aegisguard/model';
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
const STREAM_COLUMNS: ReadonlySet<string> = new Set(['level', 'host', 'env']);

function leaf(object: JsonObject, name: string): string | undefined {
  const value: JsonValue | undefined = Object.hasOwn(object, name) ? object[name] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : valueText(value);
}

function column(record: LogRecord, name: string): string | undefined {
  const read = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  return read?.(record) || undefined;
}

/** The value of a label as `logLabels` has it. The usual ones are found without making all of them. */
export function recordLabel(record: LogRecord, name: string, allLabels: () => LogLabels): string | undefined {
  const isPushed = typeof record.details[PUSHED_METADATA] === 'number';
  if (name === 'service_name' && !isPushed && record.service !== '') {
    return record.service;
  }
  if (!PLAIN_NAME.test(name)) {
    return labelIn(allLabels(), name);
  }
  const { attributes, resource } = record;
  if (isPushed) {
    return leaf(resource, name) ?? leaf(attributes, name) ?? column(record, name);
  }
  const own = column(record, name);
  if (own !== undefined && STREAM_COLUMNS.has(name)) {
    return own;
  }
  return (name === 'version' ? own : undefined) ?? leaf(attributes, name) ?? leaf(resource, name) ?? own;
}

function labelIn({ stream, metadata, derived }: LogLabels, name: string): string | undefined {
  for (const labels of [stream, metadata, derived]) {
    if (Object.hasOwn(labels, name)) {
      return labels[name];
    }
  }
  return undefined;
}
