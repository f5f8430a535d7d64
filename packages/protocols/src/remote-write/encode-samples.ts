// https://prometheus.io/docs/specs/prw/remote_write_spec/ with native histograms (https://github.com/prometheus/prometheus/blob/main/prompb/types.proto).
import {
  type HistogramBuckets,
  type Labels,
  type MetricMetadata,
  type NativeHistogram,
  STALE_MARKER_BITS,
} from '@aegisguard/model';
import protobuf from 'protobufjs/minimal.js';
import { METADATA_TYPES } from './read-metadata.ts';

/** A sample of a series. */
export interface SampleToWrite {
  /** As `normalizeLabels` makes them. */
  readonly labels: Labels;
  /** Unix ms. */
  readonly timestampMs: number;
  /** `stale`: the series ends here. */
  readonly value: number | NativeHistogram | 'stale';
  /** Something that was measured: its labels, its value and its time in Unix ms. */
  readonly exemplar?: { readonly labels: Labels; readonly value: number; readonly timestampMs: number };
}

type Writer = protobuf.Writer;

/** Numbers of fields with their wire types. */
const FIXED64 = 1;
const BYTES = 2;
const VARINT = 0;
const tag = (field: number, wireType: number): number => (field << 3) | wireType;
const HINTS: readonly NativeHistogram['resetHint'][] = ['unknown', 'reset', 'not-reset', 'gauge'];
/** Fields of spans and counts, by side. */
const NEGATIVE = { spans: 8, counts: 10 } as const;
const POSITIVE = { spans: 11, counts: 13 } as const;

/** A body of the format `remote-write-1`, not compressed, that says what the samples and the metadata say. Samples in a row that share their labels are written as one series, with its labels once. Histograms are written with float counts. */
export function encodeSamples(samples: readonly SampleToWrite[], metadata: readonly MetricMetadata[] = []): Uint8Array {
  const writer = protobuf.Writer.create();
  let open: Labels | undefined;
  for (const { labels, timestampMs, value, exemplar } of samples) {
    if (labels !== open) {
      if (open !== undefined) {
        writer.ldelim();
      }
      writeLabels(writer.uint32(tag(1, BYTES)).fork(), labels);
      open = labels;
    }
    if (typeof value === 'object') {
      writeHistogram(writer.uint32(tag(4, BYTES)).fork(), value, timestampMs);
    } else {
      writer.uint32(tag(2, BYTES)).fork();
      writeFloat(writer.uint32(tag(1, FIXED64)), value);
      writer.uint32(tag(2, VARINT)).int64(timestampMs);
    }
    writer.ldelim();
    if (exemplar !== undefined) {
      writeLabels(writer.uint32(tag(3, BYTES)).fork(), exemplar.labels);
      writeFloat(writer.uint32(tag(2, FIXED64)), exemplar.value);
      writer.uint32(tag(3, VARINT)).int64(exemplar.timestampMs).ldelim();
    }
  }
  if (open !== undefined) {
    writer.ldelim();
  }
  for (const { metric, type, unit, help } of metadata) {
    writer
      .uint32(tag(3, BYTES))
      .fork()
      .uint32(tag(1, VARINT))
      .int32(METADATA_TYPES.indexOf(type))
      .uint32(tag(2, BYTES))
      .string(metric)
      .uint32(tag(4, BYTES))
      .string(help)
      .uint32(tag(5, BYTES))
      .string(unit)
      .ldelim();
  }
  return writer.finish();
}

function writeLabels(writer: Writer, labels: Labels): void {
  for (const [name, text] of labels) {
    writer.uint32(tag(1, BYTES)).fork().uint32(tag(1, BYTES)).string(name).uint32(tag(2, BYTES)).string(text).ldelim();
  }
}

/** The marker is written by its bits: as a number it could lose them. */
function writeFloat(writer: Writer, value: number | 'stale'): void {
  if (value === 'stale') {
    writer.fixed32(Number(STALE_MARKER_BITS & 0xffffffffn)).fixed32(Number(STALE_MARKER_BITS >> 32n));
  } else {
    writer.double(value);
  }
}

function writeHistogram(writer: Writer, histogram: NativeHistogram, timestampMs: number): void {
  writer.uint32(tag(2, FIXED64)).double(histogram.count);
  writer.uint32(tag(3, FIXED64)).double(histogram.sum);
  writer.uint32(tag(4, VARINT)).sint32(histogram.schema);
  writer.uint32(tag(5, FIXED64)).double(histogram.zeroThreshold);
  writer.uint32(tag(7, FIXED64)).double(histogram.zeroCount);
  writeSide(writer, histogram.negative, NEGATIVE);
  writeSide(writer, histogram.positive, POSITIVE);
  writer.uint32(tag(14, VARINT)).int32(HINTS.indexOf(histogram.resetHint));
  writer.uint32(tag(15, VARINT)).int64(timestampMs);
  writeDoubles(writer, 16, histogram.customValues);
}

function writeSide(
  writer: Writer,
  { spans, counts }: HistogramBuckets,
  fields: typeof NEGATIVE | typeof POSITIVE,
): void {
  for (const { offset, length } of spans) {
    writer.uint32(tag(fields.spans, BYTES)).fork();
    writer.uint32(tag(1, VARINT)).sint32(offset).uint32(tag(2, VARINT)).uint32(length).ldelim();
  }
  writeDoubles(writer, fields.counts, counts);
}

function writeDoubles(writer: Writer, field: number, values: readonly number[]): void {
  if (values.length > 0) {
    writer.uint32(tag(field, BYTES)).fork();
    for (const value of values) {
      writer.double(value);
    }
    writer.ldelim();
  }
}
