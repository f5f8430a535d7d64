// https://github.com/open-telemetry/opentelemetry-proto/blob/main/docs/specification.md#json-protobuf-encoding
import { AegisError, type JsonObject, type JsonValue } from '@aegisguard/model';
import { isJsonObject } from '../../json/is-json-object.ts';
import { nameOfJsonType } from '../../json/name-of-json-type.ts';
import { type MetricsHandler, OtlpMetric, type OtlpMetricKind } from '../metric-message.ts';
import { JsonMessageReader } from './json-message.ts';
import { readJsonPoint } from './json-points.ts';
import { jsonAttributes } from './judged-attributes.ts';
import { memberOf } from './member-of.ts';

const KINDS = [
  ['gauge', 'gauge', 'gauge'],
  ['sum', 'sum', 'sum'],
  ['histogram', 'histogram', 'histogram'],
  ['exponentialHistogram', 'exponentialHistogram', 'exponential_histogram'],
  ['summary', 'summary', 'summary'],
] as const satisfies readonly (readonly [OtlpMetricKind, string, string])[];
const TEMPORALITY = {
  camel: 'aggregationTemporality',
  snake: 'aggregation_temporality',
  prefix: 'AGGREGATION_TEMPORALITY_',
  values: ['unspecified', 'delta', 'cumulative'],
};

/** A list of the request's structure: what is none makes the body something else than a request. */
function listOf(message: JsonObject, camel: string, snake: string): readonly JsonValue[] {
  const list = memberOf(message, camel, snake) ?? [];
  if (!Array.isArray(list)) {
    throw new AegisError('invalid-body', { detail: `"${camel}" must be an array, found ${nameOfJsonType(list)}.` });
  }
  return list;
}

function objectsOf(message: JsonObject, camel: string, snake: string): JsonObject[] {
  return listOf(message, camel, snake).map((part) => {
    if (!isJsonObject(part)) {
      const found = nameOfJsonType(part);
      throw new AegisError('invalid-body', { detail: `"${camel}" must be an array of objects, found ${found}.` });
    }
    return part;
  });
}

function entityOf(group: JsonObject, ...names: readonly string[]): JsonObject {
  const entity = names.map((name) => group[name]).find((value) => value !== undefined && value !== null) ?? {};
  if (!isJsonObject(entity)) {
    throw new AegisError('invalid-body', {
      detail: `"${names[0]}" must be an object, found ${nameOfJsonType(entity)}.`,
    });
  }
  return entity;
}

function readMetric(sent: JsonObject, handler: MetricsHandler): void {
  const json = new JsonMessageReader('build');
  const metric = new OtlpMetric();
  metric.name = json.text(sent, 'name', 'name').toWellFormed();
  metric.description = json.text(sent, 'description', 'description').toWellFormed();
  metric.unit = json.text(sent, 'unit', 'unit').toWellFormed();
  metric.metadata = jsonAttributes(sent, 'metadata', 'metadata', '/metadata')[0];
  for (const [kind, camel, snake] of KINDS) {
    const data = memberOf(sent, camel, snake);
    if (isJsonObject(data)) {
      metric.kind = kind;
      metric.temporality = json.enumeration(data, TEMPORALITY);
      metric.isMonotonic = memberOf(data, 'isMonotonic', 'is_monotonic') === true;
      handler.metric(metric);
      for (const point of listOf(data, 'dataPoints', 'data_points')) {
        handler.point(readJsonPoint(point, json.fault));
      }
      return;
    }
  }
}

/** Walks an `ExportMetricsServiceRequest`. */
export function walkJsonMetrics(body: JsonValue, handler: MetricsHandler): void {
  if (!isJsonObject(body)) {
    const found = nameOfJsonType(body);
    throw new AegisError('invalid-body', {
      detail: `The body must be an object {"resourceMetrics": […]}, not ${found}.`,
    });
  }
  for (const group of objectsOf(body, 'resourceMetrics', 'resource_metrics')) {
    const resource = entityOf(group, 'resource');
    handler.resource(...jsonAttributes(resource, 'attributes', 'attributes', '/resource/attributes'));
    for (const scopeGroup of [
      ...objectsOf(group, 'scopeMetrics', 'scope_metrics'),
      ...objectsOf(group, 'instrumentationLibraryMetrics', 'instrumentation_library_metrics'),
    ]) {
      readScopeGroup(scopeGroup, handler);
    }
    handler.endOfResource();
  }
}

function readScopeGroup(group: JsonObject, handler: MetricsHandler): void {
  const json = new JsonMessageReader('build');
  const scope = entityOf(group, 'scope', 'instrumentationLibrary', 'instrumentation_library');
  const [attributes, fault] = jsonAttributes(scope, 'attributes', 'attributes', '/scope/attributes');
  handler.scope({
    name: json.text(scope, 'name', 'name').toWellFormed(),
    version: json.text(scope, 'version', 'version').toWellFormed(),
    schemaUrl: json.text(group, 'schemaUrl', 'schema_url').toWellFormed(),
    attributes,
    fault: fault ?? json.fault,
  });
  for (const metric of objectsOf(group, 'metrics', 'metrics')) {
    readMetric(metric, handler);
  }
}
