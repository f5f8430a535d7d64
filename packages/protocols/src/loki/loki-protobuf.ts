// https://github.com/grafana/loki/blob/main/pkg/push/push.proto (logproto.PushRequest)
import { type JsonObject, type LogRecord, setMember, TextBounds } from '@aegisguard/model';
import { decodeProtobuf } from '../protobuf/decode-protobuf.ts';
import type { WireReader } from '../protobuf/wire-reader.ts';
import type { EventWindow } from '../records/event-window.ts';
import type { RecordFault, RecordRejection } from '../records/record-rejection.ts';
import type { BatchVerdict } from '../records/verdict.ts';
import { buildLokiLog, type StreamTemplate, streamTemplate } from './build-loki-log.ts';
import { entryFault, invalidEntry } from './entry-faults.ts';
import { parseLabelText } from './parse-label-text.ts';
import { PUSH_MESSAGES_MAX, PushSize } from './push-limits.ts';

// Tags: the field's number times eight, and two for what has a length.
const REQUEST_STREAMS = 0x0a;
const STREAM_LABELS = 0x0a;
const STREAM_ENTRIES = 0x12;
const ENTRY_TIMESTAMP = 0x0a;
const ENTRY_LINE = 0x12;
const ENTRY_METADATA = 0x1a;
/** Labels that were parsed out of the line; agents that push leave it empty. Kept as metadata, where it names nothing else. */
const ENTRY_PARSED = 0x22;
const TIMESTAMP_SECONDS = 0x08;
const TIMESTAMP_NANOS = 0x10;
const PAIR_NAME = 0x0a;
const PAIR_VALUE = 0x12;

const NANOS_PER_SECOND = 1_000_000_000;
/** The years 1 to 9999: https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp */
const SECONDS_MIN = -62_135_596_800;
const SECONDS_MAX = 253_402_300_799;

/** What a half does with what it meets; both halves walk the same way, so that an entry's index means the same to both. */
interface Visitor {
  stream(labels: string): void;
  /** The entry is the reader's message. */
  entry(reader: WireReader): void;
}

/** Which entries of a protocol buffer push are accepted, without making their texts. Throws for bytes that are no such message. */
export function verifyLokiProtobuf(body: Uint8Array, window: EventWindow): BatchVerdict {
  const size = new PushSize();
  const rejected: RecordRejection[] = [];
  const entry = new WireEntry();
  let labels = parseLabelText('{}');
  walkPush(body, PUSH_MESSAGES_MAX, {
    stream(text) {
      labels = parseLabelText(text);
    },
    entry(reader) {
      entry.read(reader, false);
      const fault = labels.fault ?? entry.fault(window);
      if (fault !== undefined) {
        rejected.push({ index: size.entries, ...fault });
      }
      size.addEntry(labels.chars);
    },
  });
  return { total: size.entries, rejected };
}

/** The records of a protocol buffer push, but for the rejected indexes. Checks nothing again. */
export function buildLokiProtobuf(body: Uint8Array, window: EventWindow, rejected: ReadonlySet<number>): LogRecord[] {
  // Texts come out of UTF-8, which has no lone surrogates.
  const bounds = new TextBounds('');
  const records: LogRecord[] = [];
  const entry = new WireEntry();
  let template: StreamTemplate = streamTemplate({}, bounds);
  let index = 0;
  walkPush(body, Number.POSITIVE_INFINITY, {
    stream(text) {
      template = streamTemplate(parseLabelText(text).labels, bounds);
    },
    entry(reader) {
      if (!rejected.has(index)) {
        entry.read(reader, true);
        const { line, metadata } = entry;
        records.push(buildLokiLog(template, { time: entry.time(), line, metadata }, index, window, bounds));
      }
      index += 1;
    },
  });
  return records;
}

function walkPush(body: Uint8Array, messagesMax: number, visitor: Visitor): void {
  const walk = (reader: WireReader): void => {
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === REQUEST_STREAMS) {
        const outer = reader.enter();
        walkStream(reader, visitor);
        reader.leave(outer);
      } else {
        reader.skipField(tag);
      }
    }
  };
  decodeProtobuf(body, walk, messagesMax);
}

/** Fields may come in any order, and entries need their labels: so these are looked for first. */
function walkStream(reader: WireReader, visitor: Visitor): void {
  const start = reader.pos;
  let labels = '';
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === STREAM_LABELS) {
      labels = reader.text();
    } else {
      reader.skipField(tag);
    }
  }
  visitor.stream(labels);
  reader.pos = start;
  while (reader.more()) {
    const tag = reader.tag();
    if (tag === STREAM_ENTRIES) {
      const outer = reader.enter();
      visitor.entry(reader);
      reader.leave(outer);
    } else {
      reader.skipField(tag);
    }
  }
}

/** One entry after the other, in one object: a push has many. */
class WireEntry {
  line = '';
  metadata: JsonObject = {};
  metadataCount = 0;
  #hasTime = false;
  #seconds = 0;
  #nanos = 0;

  /** Reads the reader's message to its end; texts only when they are wanted. */
  read(reader: WireReader, wantsTexts: boolean): void {
    this.line = '';
    this.metadata = {};
    this.metadataCount = 0;
    this.#hasTime = false;
    this.#seconds = 0;
    this.#nanos = 0;
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === ENTRY_LINE && wantsTexts) {
        this.line = reader.text();
      } else if (tag === ENTRY_TIMESTAMP) {
        this.#readTimestamp(reader);
      } else if (tag === ENTRY_METADATA || tag === ENTRY_PARSED) {
        this.metadataCount += 1;
        this.#readPair(reader, wantsTexts, tag === ENTRY_METADATA);
      } else {
        reader.skipField(tag);
      }
    }
  }

  /** Unix nanoseconds; undefined when none was sent, or one that is no time. */
  time(): bigint | undefined {
    return this.#hasTime && this.#isTime()
      ? BigInt(this.#seconds) * BigInt(NANOS_PER_SECOND) + BigInt(this.#nanos)
      : undefined;
  }

  fault(window: EventWindow): RecordFault | undefined {
    return this.#isTime()
      ? entryFault(this.time(), this.metadataCount, window)
      : invalidEntry('/timestamp', 'the time lies outside the years 1 to 9999, or its nanoseconds outside a second');
  }

  #isTime(): boolean {
    return (
      this.#seconds >= SECONDS_MIN && this.#seconds <= SECONDS_MAX && this.#nanos >= 0 && this.#nanos < NANOS_PER_SECOND
    );
  }

  /** A message that comes twice is merged, field by field. */
  #readTimestamp(reader: WireReader): void {
    this.#hasTime = true;
    const outer = reader.enter();
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === TIMESTAMP_SECONDS) {
        this.#seconds = reader.int64Number();
      } else if (tag === TIMESTAMP_NANOS) {
        this.#nanos = reader.int64Number();
      } else {
        reader.skipField(tag);
      }
    }
    reader.leave(outer);
  }

  #readPair(reader: WireReader, wantsTexts: boolean, overrides: boolean): void {
    let name = '';
    let value = '';
    const outer = reader.enter();
    while (reader.more()) {
      const tag = reader.tag();
      if (tag === PAIR_NAME && wantsTexts) {
        name = reader.text();
      } else if (tag === PAIR_VALUE && wantsTexts) {
        value = reader.text();
      } else {
        reader.skipField(tag);
      }
    }
    reader.leave(outer);
    if (wantsTexts && (overrides || !Object.hasOwn(this.metadata, name))) {
      setMember(this.metadata, name, value);
    }
  }
}
