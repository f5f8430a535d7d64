// https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto
import type { WireReader } from '../../protobuf/wire-reader.ts';
import { ANY_VALUE_DEPTH_MAX, TOO_DEEP } from '../any-value-limits.ts';

/** Field 0, which no message has. */
const NO_TAG = 0;

/** How many attributes an `ArrayValue` is, counted as `countLeaves` does: one. */
function countArray(reader: WireReader, depth: number): number {
  if (depth > ANY_VALUE_DEPTH_MAX) {
    reader.skipDelimited();
    return TOO_DEEP;
  }
  const outer = reader.enter();
  let count = 1;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag !== 10) {
      reader.skipField(tag);
    } else if (countAnyValue(reader, depth) >= TOO_DEEP) {
      count = TOO_DEEP;
    }
  }
  reader.leave(outer);
  return count;
}

function countMap(reader: WireReader, depth: number): number {
  if (depth > ANY_VALUE_DEPTH_MAX) {
    reader.skipDelimited();
    return TOO_DEEP;
  }
  const outer = reader.enter();
  let count = 0;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 10) {
      count += countAttribute(reader, depth);
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return count;
}

/** How many attributes the `AnyValue` is that comes next: see `countAttribute`. `depth` is how many arrays and maps it is inside of. */
export function countAnyValue(reader: WireReader, depth: number): number {
  const outer = reader.enter();
  let count = 0;
  while (reader.more()) {
    const tag = reader.tag();
    switch (tag) {
      case 10:
      case 16:
      case 24:
      case 33:
      case 58:
        reader.skipField(tag);
        count = 1;
        break;
      case 42:
        count = countArray(reader, depth + 1);
        break;
      case 50:
        count = countMap(reader, depth + 1);
        break;
      default:
        reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return count;
}

/**
 * How many attributes the `KeyValue` is that comes next: the leaves of its value, an array being one and a value left out none; `TOO_DEEP` and more when it is nested
 * deeper than allowed. Names that come twice count twice. Makes nothing.
 */
export function countAttribute(reader: WireReader, depth = 0): number {
  const outer = reader.enter();
  let count = 0;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === 18) {
      count = countAnyValue(reader, depth);
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return count;
}

/** Counts the attributes of a message that has them in the field with one tag, and passes over the messages in the field with the other, if there is one. */
export function countAttributes(reader: WireReader, attributeTag: number, messageTag = NO_TAG): number {
  const outer = reader.enter();
  let count = 0;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === attributeTag) {
      count += countAttribute(reader);
    } else if (tag === messageTag) {
      reader.skipMessage();
    } else {
      reader.skipField(tag);
    }
  }
  reader.leave(outer);
  return count;
}
