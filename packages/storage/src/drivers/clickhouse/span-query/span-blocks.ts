import {
  type FetchedSpan,
  type JsonObject,
  SPAN_KINDS,
  SPAN_STATUSES,
  type SpanEvent,
  type SpanLink,
  type SpanParts,
  unixNanos,
} from '@aegisguard/model';
import { readAttributes } from '../attribute-columns.ts';
import { eachNativeBlock, readColumn } from '../native-block-reader.ts';
import { readCodedTextLists, readCodedTexts, readTextLists, readTexts, type TextLists } from '../native-columns.ts';
import type { NativePlace } from '../native-place.ts';

/** Reads the next column of a block. */
type Next = <Values>(read: (place: NativePlace, rows: number) => Values) => Values;
/** What a row of the block has of a part. */
type PartOfRow<Part> = (row: number) => Part;

const LIGHT_COLUMNS = [
  'trace_id',
  'span_id',
  'parent_span_id',
  'is_root',
  'toUnixTimestamp64Nano(timestamp)',
  'duration_nanos',
  'service',
  'name',
  'kind',
  'status',
  'status_message',
];
const ATTRIBUTE_COLUMNS = ['attribute_shape', 'facets', 'mapValues(labels)'];
const SCOPE_COLUMNS = ['scope_name', 'scope_version'];
const EVENT_COLUMNS = [
  'arrayMap(time -> toUnixTimestamp64Nano(time), events.timestamp)',
  'events.name',
  'events.attributes',
  'events.dropped_attributes',
];
const LINK_COLUMNS = [
  'links.trace_id',
  'links.span_id',
  'links.trace_state',
  'links.flags',
  'links.attributes',
  'links.dropped_attributes',
];

/** Spans in blocks of the Native format, as far as they are asked for. */
export class SpanBlocks {
  /** What must be selected. */
  readonly columns: readonly string[];
  readonly #parts: SpanParts;

  constructor(parts: SpanParts) {
    this.#parts = parts;
    this.columns = [
      ...LIGHT_COLUMNS,
      // Attributes of the instrumentation are among the details.
      ...(parts.attributes || parts.scope ? ATTRIBUTE_COLUMNS : []),
      ...(parts.scope ? SCOPE_COLUMNS : []),
      ...(parts.events ? EVENT_COLUMNS : []),
      ...(parts.links ? LINK_COLUMNS : []),
    ];
  }

  /** The spans of whole blocks, block by block. */
  *read(piece: Uint8Array): Generator<readonly FetchedSpan[]> {
    const { attributes, scope, events, links } = this.#parts;
    for (const { rows, place } of eachNativeBlock(piece, this.columns.length)) {
      const next: Next = (read) => readColumn(place, () => read(place, rows));
      const parts: PartOfRow<object>[] = [
        lightPart(next),
        ...(attributes || scope ? [attributesPart(next, attributes === true)] : []),
        ...(scope ? [scopePart(next)] : []),
        ...(events ? [eventsPart(next)] : []),
        ...(links ? [linksPart(next)] : []),
      ];
      yield Array.from(
        { length: rows },
        (_, row) => Object.assign({}, ...parts.map((part) => part(row))) as FetchedSpan,
      );
    }
  }
}

function lightPart(next: Next): PartOfRow<FetchedSpan> {
  const [traceIds, spanIds, parentIds] = [next(idsOf(16)), next(idsOf(8)), next(idsOf(8))];
  const areRoots = next(bytes);
  const startTimes = next((place, rows) => new BigInt64Array(place.take(rows * 8)));
  const durations = next((place, rows) => new BigUint64Array(place.take(rows * 8)));
  const [services, names, kinds, statuses] = [next(readCodedTexts), next(readCodedTexts), next(bytes), next(bytes)];
  const messages = next(readTexts);
  return (row) => ({
    traceId: traceIds(row),
    spanId: spanIds(row),
    parentSpanId: areRoots[row] === 1 ? '' : parentIds(row),
    name: names[row] ?? '',
    kind: SPAN_KINDS[kinds[row] ?? 0] ?? 'unspecified',
    service: services[row] ?? '',
    startTime: unixNanos(startTimes[row] ?? 0n),
    durationNanos: durations[row] ?? 0n,
    status: SPAN_STATUSES[statuses[row] ?? 0] ?? 'unset',
    statusMessage: messages[row] ?? '',
  });
}

function attributesPart(
  next: Next,
  isWhole: boolean,
): PartOfRow<Pick<FetchedSpan, 'attributes' | 'resource' | 'details'>> {
  const [shapes, facets, values] = [next(readCodedTexts), next(readCodedTextLists), next(readTextLists)];
  return (row) => {
    const read = readAttributes(shapes[row] ?? '', listOf(facets, row), listOf(values, row));
    const { attributes, resource, details } = read;
    return isWhole ? { attributes, resource, details } : { details };
  };
}

function scopePart(next: Next): PartOfRow<Pick<FetchedSpan, 'scopeName' | 'scopeVersion'>> {
  const [names, versions] = [next(readCodedTexts), next(readCodedTexts)];
  return (row) => ({ scopeName: names[row] ?? '', scopeVersion: versions[row] ?? '' });
}

function eventsPart(next: Next): PartOfRow<Pick<FetchedSpan, 'events'>> {
  const times = next((place, rows) => numberLists(place, rows, 8, (memory) => new BigInt64Array(memory)));
  const [names, attributes, dropped] = [next(readCodedTextLists), next(readTextLists), next(uint32Lists)];
  return (row) => ({
    events: Array.from(
      places(times.ends, row),
      (at): SpanEvent => ({
        timestamp: unixNanos(times.values[at] ?? 0n),
        name: names.texts[at] ?? '',
        attributes: JSON.parse(attributes.texts[at] ?? '{}') as JsonObject,
        droppedAttributesCount: dropped.values[at] ?? 0,
      }),
    ),
  });
}

function linksPart(next: Next): PartOfRow<Pick<FetchedSpan, 'links'>> {
  const [traceIds, spanIds, states] = [next(readTextLists), next(readTextLists), next(readTextLists)];
  const [flags, attributes, dropped] = [next(uint32Lists), next(readTextLists), next(uint32Lists)];
  return (row) => ({
    links: Array.from(
      places(traceIds.ends, row),
      (at): SpanLink => ({
        traceId: traceIds.texts[at] ?? '',
        spanId: spanIds.texts[at] ?? '',
        traceState: states.texts[at] ?? '',
        flags: flags.values[at] ?? 0,
        attributes: JSON.parse(attributes.texts[at] ?? '{}') as JsonObject,
        droppedAttributesCount: dropped.values[at] ?? 0,
      }),
    ),
  });
}

function bytes(place: NativePlace, rows: number): Uint8Array {
  return new Uint8Array(place.take(rows));
}

/** Ids of so many bytes, as hexadecimal text. */
function idsOf(length: number): (place: NativePlace, rows: number) => PartOfRow<string> {
  return (place, rows) => {
    const hex = Buffer.from(place.take(rows * length)).toString('hex');
    return (row) => hex.slice(row * 2 * length, (row + 1) * 2 * length);
  };
}

interface NumberLists<Values> {
  readonly ends: Float64Array;
  readonly values: Values;
}

function numberLists<Values>(
  place: NativePlace,
  rows: number,
  width: number,
  view: (memory: ArrayBuffer) => Values,
): NumberLists<Values> {
  const ends = Float64Array.from(new BigUint64Array(place.take(rows * 8)), Number);
  return { ends, values: view(place.take((ends[rows - 1] ?? 0) * width)) };
}

function uint32Lists(place: NativePlace, rows: number): NumberLists<Uint32Array> {
  return numberLists(place, rows, 4, (memory) => new Uint32Array(memory));
}

function* places(ends: Float64Array, row: number): Generator<number> {
  const end = ends[row] ?? 0;
  for (let at = row === 0 ? 0 : (ends[row - 1] ?? 0); at < end; at += 1) {
    yield at;
  }
}

function listOf({ ends, texts }: TextLists, row: number): readonly string[] {
  return texts.slice(row === 0 ? 0 : ends[row - 1], ends[row]);
}
