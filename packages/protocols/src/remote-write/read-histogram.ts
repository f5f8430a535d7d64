// https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/#protobuf-message (`Histogram`; the same numbers in version 1)
import type { NativeHistogram } from '@aegisguard/model';
import { HISTOGRAM_BUCKETS_MAX } from '../metrics/metric-limits.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';

/** A histogram as it was sent, not checked. */
export interface WireHistogram {
  readonly histogram: NativeHistogram;
  /** Its counts are integers. */
  readonly isInteger: boolean;
  readonly timestampMs: number;
  readonly startMs: number;
}

/** Of more than are allowed one is kept, so that the check sees that there are too many. */
const KEPT_MAX = HISTOGRAM_BUCKETS_MAX + 1;
const RESET_HINTS = ['unknown', 'reset', 'not-reset', 'gauge'] as const;

type Span = { offset: number; length: number };

class Side {
  readonly spans: Span[] = [];
  readonly deltas: number[] = [];
  readonly counts: number[] = [];

  buckets(isInteger: boolean): NativeHistogram['positive'] {
    return { spans: this.spans, counts: isInteger ? addedUp(this.deltas) : this.counts };
  }
}

function addedUp(deltas: readonly number[]): number[] {
  let count = 0;
  return deltas.map((delta) => {
    count += delta;
    return count;
  });
}

/** A `sint64` as the nearest double. */
function zigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}

/** Whether a tag says that a repeated number is packed: its wire type is that of a length-delimited field. */
function isPacked(tag: number): boolean {
  return (tag & 7) === 2;
}

function readDeltas(reader: WireReader, tag: number, into: number[]): void {
  const outer = isPacked(tag) ? reader.enter() : undefined;
  do {
    if (outer !== undefined && !reader.more()) {
      break;
    }
    const delta = zigzag(reader.uint64Number());
    if (into.length < KEPT_MAX) {
      into.push(delta);
    }
  } while (outer !== undefined);
  if (outer !== undefined) {
    reader.leave(outer);
  }
}

function readDoubles(reader: WireReader, tag: number, into: number[]): void {
  if (!isPacked(tag)) {
    into.push(reader.double());
    return;
  }
  const outer = reader.enter();
  while (reader.more()) {
    const value = reader.double();
    if (into.length < KEPT_MAX) {
      into.push(value);
    }
  }
  reader.leave(outer);
}

function readSpan(reader: WireReader, into: Span[]): void {
  const outer = reader.enter();
  const span = { offset: 0, length: 0 };
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 0x08) {
      span.offset = reader.sint32();
    } else if (tag === 0x10) {
      span.length = reader.uint32();
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  if (into.length < KEPT_MAX) {
    into.push(span);
  }
}

/** Reads fields of a histogram that are repeated; false for others. */
function readRepeated(
  reader: WireReader,
  tag: number,
  positive: Side,
  negative: Side,
  customValues: number[],
): boolean {
  switch (tag >>> 3) {
    case 8:
      readSpan(reader, negative.spans);
      return true;
    case 9:
      readDeltas(reader, tag, negative.deltas);
      return true;
    case 10:
      readDoubles(reader, tag, negative.counts);
      return true;
    case 11:
      readSpan(reader, positive.spans);
      return true;
    case 12:
      readDeltas(reader, tag, positive.deltas);
      return true;
    case 13:
      readDoubles(reader, tag, positive.counts);
      return true;
    case 16:
      readDoubles(reader, tag, customValues);
      return true;
    default:
      return false;
  }
}

class Scalars {
  count = 0;
  isFloat = false;
  sum = 0;
  schema = 0;
  zeroThreshold = 0;
  zeroCount = 0;
  resetHint = 0;
  timestampMs = 0;
  startMs = 0;

  /** Reads a field; false when it is none of these. */
  read(reader: WireReader, tag: number): boolean {
    switch (tag) {
      case 0x08:
        this.count = reader.uint64Number();
        this.isFloat = false;
        return true;
      case 0x11:
        this.count = reader.double();
        this.isFloat = true;
        return true;
      case 0x19:
        this.sum = reader.double();
        return true;
      case 0x20:
        this.schema = reader.sint32();
        return true;
      case 0x29:
        this.zeroThreshold = reader.double();
        return true;
      case 0x30:
        this.zeroCount = reader.uint64Number();
        return true;
      case 0x39:
        this.zeroCount = reader.double();
        return true;
      case 0x70:
        this.resetHint = reader.uint32();
        return true;
      case 0x78:
        this.timestampMs = reader.int64Number();
        return true;
      case 0x88:
        this.startMs = reader.int64Number();
        return true;
      default:
        return false;
    }
  }
}

/** Field numbers of what has a length, and of numbers that may be packed, with the wire types that they can have. */
function isRepeated(tag: number): boolean {
  const wireType = tag & 7;
  switch (tag >>> 3) {
    case 8:
    case 11:
      return wireType === 2;
    case 9:
    case 12:
      return wireType === 2 || wireType === 0;
    case 10:
    case 13:
    case 16:
      return wireType === 2 || wireType === 1;
    default:
      return false;
  }
}

/** Reads the histogram whose tag was just read. Integer counts, which are sent as differences, are added up. */
export function readHistogram(reader: WireReader): WireHistogram {
  const outer = reader.enter();
  const scalars = new Scalars();
  const positive = new Side();
  const negative = new Side();
  const customValues: number[] = [];
  while (reader.more()) {
    const tag = reader.tag();
    const isRead = isRepeated(tag)
      ? readRepeated(reader, tag, positive, negative, customValues)
      : scalars.read(reader, tag);
    if (!isRead) {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  const isInteger = !scalars.isFloat;
  return {
    histogram: {
      schema: scalars.schema,
      zeroThreshold: scalars.zeroThreshold,
      zeroCount: scalars.zeroCount,
      count: scalars.count,
      sum: scalars.sum,
      positive: positive.buckets(isInteger),
      negative: negative.buckets(isInteger),
      customValues,
      resetHint: RESET_HINTS[scalars.resetHint] ?? 'unknown',
    },
    isInteger,
    timestampMs: scalars.timestampMs,
    startMs: scalars.startMs,
  };
}
