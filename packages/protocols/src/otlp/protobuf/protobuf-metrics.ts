// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
import type { WireReader } from '../../protobuf/wire-reader.ts';
import { type MetricsHandler, OtlpMetric, type OtlpMetricKind } from '../metric-message.ts';
import { attributesFault } from '../otlp-faults.ts';
import { OtlpEntity } from '../otlp-origin.ts';
import { readAttribute } from './read-attributes.ts';
import { countResourceAttributes, countScopeAttributes, readResource, readScope } from './read-entity.ts';
import {
  type PointReader,
  readExponentialPoint,
  readHistogramPoint,
  readNumberPoint,
  readSummaryPoint,
} from './read-points.ts';

const GROUP = 10;
const ENTITY = 10;
const PART = 18;
const SCHEMA_URL = 26;
/** `InstrumentationLibraryMetrics`, which scopes replaced: field 1000. */
const DEPRECATED_SCOPE_GROUP = 8002;
const POINT = 10;

/** The tags of a metric's data, and how the points in each are read. */
const DATA = new Map<number, readonly [OtlpMetricKind, PointReader]>([
  [42, ['gauge', readNumberPoint]],
  [58, ['sum', readNumberPoint]],
  [74, ['histogram', readHistogramPoint]],
  [82, ['exponentialHistogram', readExponentialPoint]],
  [90, ['summary', readSummaryPoint]],
]);

/** Calls `each` with the tag of every field of the message at hand; it must go past the field. */
function forEachTag(reader: WireReader, each: (tag: number) => void): void {
  while (reader.more()) {
    each(reader.tag());
  }
}

/** Looks over a message without going past it. */
function peek(reader: WireReader, each: (tag: number) => void): void {
  const start = reader.pos;
  forEachTag(reader, each);
  reader.pos = start;
}

/** Reads how the points of the data at hand are meant: it may be said after them. */
function readMeaning(reader: WireReader, metric: OtlpMetric): void {
  peek(reader, (tag) => {
    if (tag === 16 && metric.kind !== 'gauge' && metric.kind !== 'summary') {
      metric.temporality = reader.uint32();
    } else if (tag === 24 && metric.kind === 'sum') {
      metric.isMonotonic = reader.bool();
    } else {
      reader.skipField(tag);
    }
  });
}

/** Reads a `Metric` and hands over its points. Of several kinds of data the last counts, as the wire format has it. */
function readMetric(reader: WireReader, handler: MetricsHandler): void {
  const outer = reader.enter();
  const metric = new OtlpMetric();
  let dataAt = 0;
  let readPoint: PointReader | undefined;
  forEachTag(reader, (tag) => {
    const data = DATA.get(tag);
    if (data !== undefined) {
      [metric.kind, readPoint] = data;
      dataAt = reader.pos;
      reader.skipDelimited();
      return;
    }
    switch (tag) {
      case 10:
        metric.name = reader.text();
        break;
      case 18:
        metric.description = reader.text();
        break;
      case 26:
        metric.unit = reader.text();
        break;
      case 98:
        readAttribute(reader, metric.metadata);
        break;
      default:
        reader.skipField(tag);
    }
  });
  if (readPoint !== undefined) {
    reader.pos = dataAt;
    readData(reader, metric, readPoint, handler);
  }
  reader.leave(outer);
}

function readData(reader: WireReader, metric: OtlpMetric, readPoint: PointReader, handler: MetricsHandler): void {
  const outer = reader.enter();
  readMeaning(reader, metric);
  handler.metric(metric);
  forEachTag(reader, (tag) => {
    if (tag === POINT) {
      handler.point(readPoint(reader));
    } else {
      reader.skipField(tag);
    }
  });
  reader.leave(outer);
}

/** Reads the resource or scope of the group at hand and how many attributes it has, wherever in it they stand. */
function peekEntity(
  reader: WireReader,
  count: (reader: WireReader) => number,
  read: (reader: WireReader, entity: OtlpEntity) => void,
): readonly [OtlpEntity, number] {
  const entity = new OtlpEntity();
  let attributes = 0;
  peek(reader, (tag) => {
    if (tag === ENTITY) {
      const start = reader.pos;
      attributes += count(reader);
      reader.pos = start;
      read(reader, entity);
    } else if (tag === SCHEMA_URL) {
      entity.schemaUrl = reader.text();
    } else {
      reader.skipField(tag);
    }
  });
  return [entity, attributes];
}

function readScopeGroup(reader: WireReader, handler: MetricsHandler): void {
  const outer = reader.enter();
  const [scope, attributes] = peekEntity(reader, countScopeAttributes, readScope);
  handler.scope({ ...scope, fault: attributesFault('/scope/attributes', attributes) });
  forEachTag(reader, (tag) => {
    if (tag === PART) {
      readMetric(reader, handler);
    } else {
      reader.skipField(tag);
    }
  });
  reader.leave(outer);
}

/** Walks the `ExportMetricsServiceRequest` that the reader is at the beginning of. */
export function walkProtobufMetrics(reader: WireReader, handler: MetricsHandler): void {
  forEachTag(reader, (group) => {
    if (group !== GROUP) {
      reader.skipField(group);
      return;
    }
    const outer = reader.enter();
    const [resource, attributes] = peekEntity(reader, countResourceAttributes, readResource);
    handler.resource(resource.attributes, attributesFault('/resource/attributes', attributes));
    forEachTag(reader, (tag) => {
      if (tag === PART || tag === DEPRECATED_SCOPE_GROUP) {
        readScopeGroup(reader, handler);
      } else {
        reader.skipField(tag);
      }
    });
    handler.endOfResource();
    reader.leave(outer);
  });
}
