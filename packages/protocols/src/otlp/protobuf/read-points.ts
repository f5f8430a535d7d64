// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/metrics/v1/metrics.proto
import { HISTOGRAM_BUCKETS_MAX } from '../../metrics/metric-limits.ts';
import type { WireReader } from '../../protobuf/wire-reader.ts';
import { type OtlpBuckets, OtlpExemplar, OtlpPoint } from '../metric-message.ts';
import { attributesFault } from '../otlp-faults.ts';
import { countAttribute } from './count-attributes.ts';
import { readAttribute } from './read-attributes.ts';

/** Reads the data point whose tag was just read. */
export type PointReader = (reader: WireReader) => OtlpPoint;

/** Of more than are allowed one is kept, so that the check sees that there are too many. */
const KEPT_MAX = HISTOGRAM_BUCKETS_MAX + 1;
/** Exemplars of one data point beyond this are passed over: SDKs keep one a bucket. */
const EXEMPLARS_MAX = 1000;

/** Reads numbers that may be packed: if their tag's wire type is that of a length-delimited field. */
function readNumbers(reader: WireReader, tag: number, into: number[], read: () => number): void {
  if ((tag & 7) !== 2) {
    into.push(read());
    return;
  }
  const outer = reader.enter();
  while (reader.more()) {
    const value = read();
    if (into.length < KEPT_MAX) {
      into.push(value);
    }
  }
  reader.leave(outer);
}

function readExemplar(reader: WireReader): OtlpExemplar {
  const outer = reader.enter();
  const exemplar = new OtlpExemplar();
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 17:
        exemplar.timeNanos = reader.fixed64Exact();
        break;
      case 25:
        exemplar.value = reader.double();
        break;
      case 34:
        exemplar.spanId = reader.hex();
        break;
      case 42:
        exemplar.traceId = reader.hex();
        break;
      case 49:
        exemplar.value = reader.sfixed64Number();
        break;
      case 58:
        readAttribute(reader, exemplar.attributes);
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return exemplar;
}

/** Reads the fields that a kind of point has besides those of all; false for one that is unknown. */
type FieldReader = (reader: WireReader, tag: number, point: OtlpPoint) => boolean;

/** The tags of fields that all points have, which differ by kind. -1 for what a kind has not. */
interface PointTags {
  readonly attributes: number;
  readonly flags: number;
  readonly exemplars: number;
}

/** Reads a field that all kinds of point have; false for one that they have not. */
function readSharedField(reader: WireReader, tag: number, tags: PointTags, point: OtlpPoint): boolean {
  switch (tag) {
    case 17:
      point.startNanos = reader.fixed64Exact();
      return true;
    case 25:
      point.timeNanos = reader.fixed64Exact();
      return true;
    case tags.flags:
      point.flags = reader.uint32();
      return true;
    case tags.exemplars: {
      const exemplar = readExemplar(reader);
      if (point.exemplars.length < EXEMPLARS_MAX) {
        point.exemplars.push(exemplar);
      }
      return true;
    }
    default:
      return false;
  }
}

function pointReader(tags: PointTags, readField: FieldReader): PointReader {
  return (reader) => {
    const outer = reader.enter();
    const point = new OtlpPoint();
    let attributes = 0;
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === tags.attributes) {
        const start = reader.pos;
        attributes += countAttribute(reader);
        reader.pos = start;
        readAttribute(reader, point.attributes);
      } else if (!readSharedField(reader, tag, tags, point) && !readField(reader, tag, point)) {
        reader.skipField(tag);
      }
    }
    reader.leave(outer);
    point.fault = attributesFault('/attributes', attributes);
    return point;
  };
}

/** Reads a `NumberDataPoint`. */
export const readNumberPoint = pointReader({ attributes: 58, flags: 64, exemplars: 42 }, (reader, tag, point) => {
  if (tag === 33) {
    point.value = reader.double();
  } else if (tag === 49) {
    point.value = reader.sfixed64Number();
  } else {
    return false;
  }
  return true;
});

/** Reads a `HistogramDataPoint`. */
export const readHistogramPoint = pointReader({ attributes: 74, flags: 80, exemplars: 66 }, (reader, tag, point) => {
  switch (tag) {
    case 33:
      point.count = reader.fixed64Number();
      return true;
    case 41:
      point.sum = reader.double();
      return true;
    case 49:
    case 50:
      readNumbers(reader, tag, point.bucketCounts, () => reader.fixed64Number());
      return true;
    case 57:
    case 58:
      readNumbers(reader, tag, point.explicitBounds, () => reader.double());
      return true;
    case 89:
      point.min = reader.double();
      return true;
    case 97:
      point.max = reader.double();
      return true;
    default:
      return false;
  }
});

function readBuckets(reader: WireReader, buckets: OtlpBuckets): void {
  const outer = reader.enter();
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 8) {
      buckets.offset = reader.sint32();
    } else if (tag === 16 || tag === 18) {
      readNumbers(reader, tag, buckets.counts, () => reader.uint64Number());
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
}

/** Reads an `ExponentialHistogramDataPoint`. */
export const readExponentialPoint = pointReader({ attributes: 10, flags: 80, exemplars: 90 }, (reader, tag, point) => {
  switch (tag) {
    case 33:
      point.count = reader.fixed64Number();
      return true;
    case 41:
      point.sum = reader.double();
      return true;
    case 48:
      point.scale = reader.sint32();
      return true;
    case 57:
      point.zeroCount = reader.fixed64Number();
      return true;
    case 66:
      readBuckets(reader, point.positive);
      return true;
    case 74:
      readBuckets(reader, point.negative);
      return true;
    case 97:
      point.min = reader.double();
      return true;
    case 105:
      point.max = reader.double();
      return true;
    case 113:
      point.zeroThreshold = reader.double();
      return true;
    default:
      return false;
  }
});

function readQuantile(reader: WireReader, point: OtlpPoint): void {
  const outer = reader.enter();
  const quantile = { quantile: 0, value: 0 };
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 9) {
      quantile.quantile = reader.double();
    } else if (tag === 17) {
      quantile.value = reader.double();
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  if (point.quantiles.length < KEPT_MAX) {
    point.quantiles.push(quantile);
  }
}

/** Reads a `SummaryDataPoint`. */
export const readSummaryPoint = pointReader({ attributes: 58, flags: 64, exemplars: -1 }, (reader, tag, point) => {
  switch (tag) {
    case 33:
      point.count = reader.fixed64Number();
      return true;
    case 41:
      point.sum = reader.double();
      return true;
    case 50:
      readQuantile(reader, point);
      return true;
    default:
      return false;
  }
});
