// https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs
import { AegisError, type JsonObject, type JsonValue, type LogRecord, TextBounds } from '@aegisguard/model';
import { decodeJsonBody } from '../json/decode-json-body.ts';
import { isJsonObject } from '../json/is-json-object.ts';
import type { EventWindow } from '../records/event-window.ts';
import { quoteInput, type RecordFault, type RecordRejection } from '../records/record-rejection.ts';
import type { BatchVerdict } from '../records/verdict.ts';
import { buildLokiLog, type LokiEntry, streamTemplate } from './build-loki-log.ts';
import { entryFault, invalidEntry } from './entry-faults.ts';
import { PushSize } from './push-limits.ts';
import { readJsonLabels } from './stream-labels.ts';

/** Unix nanoseconds, as Loki writes them: a text, because a JSON number would be rounded. */
const NANOS = /^-?\d{1,19}$/;

interface JsonStream {
  readonly stream: JsonValue | undefined;
  readonly values: readonly JsonValue[];
}

/** Which entries of a JSON push are accepted. Throws for what is no push as a whole. */
export function verifyLokiJson(body: Uint8Array, window: EventWindow): BatchVerdict {
  const size = new PushSize();
  const rejected: RecordRejection[] = [];
  for (const { stream, values } of openStreams(body).streams) {
    const { fault: streamFault, chars } = readJsonLabels(stream);
    for (const value of values) {
      const fault = streamFault ?? checkEntry(value, window);
      if (fault !== undefined) {
        rejected.push({ index: size.entries, ...fault });
      }
      size.addEntry(chars);
    }
  }
  return { total: size.entries, rejected };
}

/** The records of a JSON push, but for the rejected indexes. Checks nothing again. */
export function buildLokiJson(body: Uint8Array, window: EventWindow, rejected: ReadonlySet<number>): LogRecord[] {
  const { streams, text } = openStreams(body);
  const bounds = new TextBounds(text);
  const records: LogRecord[] = [];
  let index = 0;
  for (const { stream, values } of streams) {
    const template = streamTemplate(readJsonLabels(stream).labels, bounds);
    for (const value of values) {
      if (!rejected.has(index)) {
        records.push(buildLokiLog(template, readEntry(value), index, window, bounds));
      }
      index += 1;
    }
  }
  return records;
}

function openStreams(body: Uint8Array): { readonly streams: readonly JsonStream[]; readonly text: string } {
  const { value, text } = decodeJsonBody(body);
  if (!isJsonObject(value) || !Array.isArray(value.streams)) {
    throw invalidBody('The body must be an object {"streams": […]}.');
  }
  const streams = value.streams.map((stream, position): JsonStream => {
    if (!isJsonObject(stream)) {
      throw invalidBody(`/streams/${position} must be an object {"stream": {…}, "values": […]}.`);
    }
    if (!Array.isArray(stream.values)) {
      throw invalidBody(`/streams/${position}/values must be an array of entries.`);
    }
    return { stream: stream.stream, values: stream.values };
  });
  return { streams, text };
}

function invalidBody(detail: string): AegisError {
  return new AegisError('invalid-body', { detail });
}

function checkEntry(entry: JsonValue, window: EventWindow): RecordFault | undefined {
  if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3) {
    return invalidEntry('', 'an entry is [time, line] or [time, line, {structured metadata}]');
  }
  const [time, line, metadata] = entry;
  if (typeof time !== 'string' || !NANOS.test(time)) {
    const found = typeof time === 'string' || typeof time === 'number' ? `, not ${quoteInput(time)}` : '';
    return invalidEntry(
      '/timestamp',
      `the time must be Unix nanoseconds as a text${found}${typeof time === 'number' ? ', a number' : ''}`,
    );
  }
  if (typeof line !== 'string') {
    return invalidEntry('/line', 'the line must be a text');
  }
  if (metadata === undefined || metadata === null) {
    return entryFault(BigInt(time), 0, window);
  }
  const count = isJsonObject(metadata) ? countTexts(metadata) : undefined;
  return count === undefined
    ? invalidEntry('/structuredMetadata', 'structured metadata must be an object of texts')
    : entryFault(BigInt(time), count, window);
}

/** How many members an object has, undefined when one of them is no text. */
function countTexts(object: JsonObject): number | undefined {
  let count = 0;
  for (const key in object) {
    if (typeof object[key] !== 'string') {
      return undefined;
    }
    count += 1;
  }
  return count;
}

/** Total: also what `checkEntry` of this version would refuse becomes an entry. */
function readEntry(entry: JsonValue): LokiEntry {
  const [time, line, metadata] = Array.isArray(entry) ? entry : [undefined, entry, undefined];
  return {
    time: typeof time === 'string' && NANOS.test(time) ? BigInt(time) : undefined,
    line: typeof line === 'string' ? line : JSON.stringify(line ?? ''),
    metadata: isJsonObject(metadata) ? metadata : {},
  };
}
