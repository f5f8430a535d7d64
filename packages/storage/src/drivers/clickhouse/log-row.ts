import { type LogLevel, type StoredLog, unixNanos } from '@aegisguard/model';
import { type AttributeShape, parseShape } from './attribute-shape.ts';

/** What is selected of a log, in the order that `readLogRow` expects. */
export const LOG_ROW_COLUMNS = [
  'toString(toUnixTimestamp64Nano(timestamp))',
  'UUIDNumToString(batch_id)',
  'batch_index',
  'level',
  'severity_number',
  'severity_text',
  'service',
  'message',
  'host',
  'env',
  'version',
  'trace_id',
  'span_id',
  'scope_name',
  'scope_version',
  'attribute_shape',
  'facets',
  'mapValues(labels)',
  'ingest_id',
  'truncated',
].join(', ');

type LogRow = [
  timestamp: string,
  batchId: string,
  index: number,
  level: LogLevel,
  severityNumber: number,
  severityText: string,
  service: string,
  message: string,
  host: string,
  env: string,
  version: string,
  traceId: string,
  spanId: string,
  scopeName: string,
  scopeVersion: string,
  shape: string,
  facets: readonly string[],
  labelValues: readonly string[],
  ingestId: string,
  truncated: boolean,
];

/** A log from a row of `LOG_ROW_COLUMNS`. */
export function readLogRow(row: readonly unknown[]): StoredLog {
  const [timestamp, batchId, index, level, severityNumber, severityText, service, message, host, ...rest] =
    row as unknown as LogRow;
  const [env, version, traceId, spanId, scopeName, scopeVersion, shapeText, facets, labelValues, ingestId, truncated] =
    rest;
  const shape = parseShape(shapeText);
  const { attributes, resource } = shape.restore(leafTexts(shape, facets, labelValues));
  return {
    position: { timestamp: unixNanos(BigInt(timestamp)), batchId, index },
    level,
    severityNumber,
    severityText,
    service,
    message,
    host,
    env,
    version,
    traceId,
    spanId,
    scopeName,
    scopeVersion,
    attributes,
    resource,
    details: {},
    ingestId,
    truncated,
  };
}

/**
 * Each leaf's text in the shape's order. A leaf went to the facets or to the labels, both in that order; names in facets are unique, so the next facet is this leaf's when it
 * begins with its name.
 */
function leafTexts({ leaves }: AttributeShape, facets: readonly string[], labelValues: readonly string[]): string[] {
  let facet = 0;
  let label = 0;
  return leaves.map(({ label: name }) => {
    const next = facets[facet];
    if (name !== '' && next?.startsWith(`${name}=`)) {
      facet += 1;
      return next.slice(name.length + 1);
    }
    label += 1;
    return labelValues[label - 1] ?? '';
  });
}
