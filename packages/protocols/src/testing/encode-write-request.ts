// https://prometheus.io/docs/specs/prw/remote_write_spec/ and https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
import type { NativeHistogram } from '@aegisguard/model';
import protobuf from 'protobufjs/minimal.js';

type Writer = protobuf.Writer;

/** Labels as they are to stand in the message. */
export type TestLabels = readonly (readonly [string, string])[];

/** A record of a series, in the order in which they are to be written. */
export type TestRecord =
  | { readonly kind: 'sample'; readonly bits: bigint; readonly timestampMs: number; readonly startMs: number }
  | {
      readonly kind: 'histogram';
      readonly histogram: NativeHistogram;
      readonly isInteger: boolean;
      readonly timestampMs: number;
      readonly startMs: number;
    }
  | { readonly kind: 'exemplar'; readonly labels: TestLabels; readonly value: number; readonly timestampMs: number };

/** A series to be written. */
export interface TestSeries {
  readonly labels: TestLabels;
  readonly records: readonly TestRecord[];
  /** Version 2 only. */
  readonly metadata?: { readonly type: number; readonly help: string; readonly unit: string };
  /** Writes the labels one by one between the records, which the wire format allows. */
  readonly isScattered?: boolean;
}

const HINTS = ['unknown', 'reset', 'not-reset', 'gauge'];

/** Interns symbols. */
class TestSymbols {
  readonly references = new Map<string, number>([['', 0]]);

  of(text: string): number {
    const known = this.references.get(text) ?? this.references.size;
    this.references.set(text, known);
    return known;
  }
}

function writeLabels(writer: Writer, labels: TestLabels, symbols: TestSymbols | undefined): void {
  if (symbols === undefined) {
    for (const [name, value] of labels) {
      writer.uint32(10).fork().uint32(10).string(name).uint32(18).string(value).ldelim();
    }
  } else if (labels.length > 0) {
    writer.uint32(10).fork();
    for (const text of labels.flat()) {
      writer.uint32(symbols.of(text));
    }
    writer.ldelim();
  }
}

function writeSide(
  writer: Writer,
  side: NativeHistogram['positive'],
  isInteger: boolean,
  tags: readonly number[],
): void {
  const [spanTag = 0, deltaTag = 0, countTag = 0] = tags;
  for (const { offset, length } of side.spans) {
    writer.uint32(spanTag).fork().uint32(8).sint32(offset).uint32(16).uint32(length).ldelim();
  }
  if (side.counts.length === 0) {
    return;
  }
  writer.uint32(isInteger ? deltaTag : countTag).fork();
  for (const [at, count] of side.counts.entries()) {
    if (isInteger) {
      writer.sint64(count - (side.counts[at - 1] ?? 0));
    } else {
      writer.double(count);
    }
  }
  writer.ldelim();
}

function writeHistogram(writer: Writer, record: Extract<TestRecord, { kind: 'histogram' }>): void {
  const { histogram, isInteger } = record;
  if (isInteger) {
    writer.uint32(8).uint64(histogram.count).uint32(48).uint64(histogram.zeroCount);
  } else {
    writer.uint32(17).double(histogram.count).uint32(57).double(histogram.zeroCount);
  }
  writer
    .uint32(25)
    .double(histogram.sum)
    .uint32(32)
    .sint32(histogram.schema)
    .uint32(41)
    .double(histogram.zeroThreshold);
  writeSide(writer, histogram.negative, isInteger, [66, 74, 82]);
  writeSide(writer, histogram.positive, isInteger, [90, 98, 106]);
  writer.uint32(112).uint32(HINTS.indexOf(histogram.resetHint)).uint32(120).int64(record.timestampMs);
  if (histogram.customValues.length > 0) {
    writer.uint32(130).fork();
    for (const bound of histogram.customValues) {
      writer.double(bound);
    }
    writer.ldelim();
  }
  writer.uint32(136).int64(record.startMs);
}

function writeRecord(writer: Writer, record: TestRecord, symbols: TestSymbols | undefined): void {
  const isOld = symbols === undefined;
  switch (record.kind) {
    case 'sample':
      writer.uint32(18).fork().uint32(9);
      writer.fixed32(Number(record.bits & 0xffffffffn)).fixed32(Number(record.bits >> 32n));
      writer.uint32(16).int64(record.timestampMs);
      if (!isOld) {
        writer.uint32(24).int64(record.startMs);
      }
      writer.ldelim();
      break;
    case 'histogram':
      writer.uint32(isOld ? 34 : 26).fork();
      writeHistogram(writer, record);
      writer.ldelim();
      break;
    default:
      writer.uint32(isOld ? 26 : 34).fork();
      writeLabels(writer, record.labels, symbols);
      writer.uint32(17).double(record.value).uint32(24).int64(record.timestampMs).ldelim();
  }
}

function writeSeries(writer: Writer, series: TestSeries, symbols: TestSymbols | undefined): void {
  const { labels, records, metadata } = series;
  const isScattered = series.isScattered === true && symbols === undefined;
  const first = isScattered ? labels.slice(0, 1) : labels;
  writer.uint32(symbols === undefined ? 10 : 42).fork();
  writeLabels(writer, first, symbols);
  for (const [at, record] of records.entries()) {
    writeRecord(writer, record, symbols);
    const next = labels[at + 1];
    if (isScattered && next !== undefined) {
      writeLabels(writer, [next], symbols);
    }
  }
  if (isScattered) {
    writeLabels(writer, labels.slice(records.length + 1), symbols);
  }
  if (metadata !== undefined && symbols !== undefined) {
    writer.uint32(42).fork().uint32(8).uint32(metadata.type).uint32(24).uint32(symbols.of(metadata.help));
    writer.uint32(32).uint32(symbols.of(metadata.unit)).ldelim();
  }
  writer.ldelim();
}

/** A `prometheus.WriteRequest`. */
export function encodeWriteRequest1(series: readonly TestSeries[]): Buffer {
  const writer = protobuf.Writer.create();
  for (const one of series) {
    writeSeries(writer, one, undefined);
  }
  return Buffer.from(writer.finish());
}

/** An `io.prometheus.write.v2.Request`; its symbols stand before or behind its series. */
export function encodeWriteRequest2(series: readonly TestSeries[], areSymbolsLast = false): Buffer {
  const symbols = new TestSymbols();
  const body = protobuf.Writer.create();
  for (const one of series) {
    writeSeries(body, one, symbols);
  }
  const table = protobuf.Writer.create();
  for (const text of symbols.references.keys()) {
    table.uint32(34).string(text);
  }
  const parts = [Buffer.from(table.finish()), Buffer.from(body.finish())];
  return Buffer.concat(areSymbolsLast ? parts.reverse() : parts);
}
