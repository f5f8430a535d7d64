import { SPAN_MARKS, type TraceColumns } from '@aegisguard/model';
import { eachNativeBlock, readColumn } from './native-block-reader.ts';
import { readCodedTexts } from './native-columns.ts';
import type { NativePlace } from './native-place.ts';

const EXCEPTION = `has(events.name, 'exception') * ${SPAN_MARKS.exception}`;
const LINKS = `notEmpty(links.span_id) * ${SPAN_MARKS.links}`;
// https://opentelemetry.io/docs/specs/semconv/registry/attributes/opentracing/: a link says how its span hangs on the one that it names.
const FOLLOWS = `arrayExists((trace, span, attributes) -> lower(trace) = lower(hex(trace_id)) AND lower(span) = lower(hex(parent_span_id)) AND JSONExtractString(attributes, 'opentracing.ref_type') != 'child_of', links.trace_id, links.span_id, links.attributes) * ${SPAN_MARKS.follows}`;

/** What is selected of a span, in the order that `readTraceBlocks` expects. */
export const TRACE_COLUMNS = [
  'span_id',
  'parent_span_id',
  'is_root',
  'toUnixTimestamp64Nano(timestamp) AS start',
  'duration_nanos',
  'service',
  'name',
  'host',
  'kind',
  'status',
  `toUInt8(${EXCEPTION} + ${LINKS} + ${FOLLOWS})`,
];

type Numbers = Uint8Array | Float64Array | BigInt64Array;

/** Reads blocks of `TRACE_COLUMNS`, their rows as they come. */
export function* readTraceBlocks(piece: Uint8Array): Generator<TraceColumns> {
  for (const { rows, place } of eachNativeBlock(piece, TRACE_COLUMNS.length)) {
    const next = <Values>(read: (place: NativePlace, rows: number) => Values): Values =>
      readColumn(place, () => read(place, rows));
    const spanIds = next(readIds);
    const parents = next(readIds);
    const isRoot = next(readBytes);
    yield {
      spanIds,
      parentSpanIds: parents.map((id, row) => (isRoot[row] === 1 ? '' : id)),
      startTimes: next(() => new BigInt64Array(place.take(rows * 8))),
      durations: next(() => Float64Array.from(new BigUint64Array(place.take(rows * 8)), Number)),
      services: next(readCodedTexts),
      names: next(readCodedTexts),
      hosts: next(readCodedTexts),
      kinds: next(readBytes),
      statuses: next(readBytes),
      marks: next(readBytes),
    };
  }
}

/** Ids of 8 bytes as hexadecimal digits. */
function readIds(place: NativePlace, rows: number): string[] {
  const digits = Buffer.from(place.take(rows * 8)).toString('hex');
  return Array.from({ length: rows }, (_, row) => digits.slice(row * 16, row * 16 + 16));
}

function readBytes(place: NativePlace, rows: number): Uint8Array {
  return new Uint8Array(place.take(rows));
}

/** Joins blocks, ascending by start, then by id. */
export function sortedColumns(blocks: readonly TraceColumns[]): TraceColumns {
  const spanIds = blocks.flatMap((block) => block.spanIds);
  const startTimes = joined(BigInt64Array, blocks, ({ startTimes }) => startTimes);
  const order = orderOf(startTimes, spanIds);
  const texts = (of: (block: TraceColumns) => readonly string[]) => inOrder(blocks.flatMap(of), order);
  const bytes = (of: (block: TraceColumns) => Uint8Array) => permuted(joined(Uint8Array, blocks, of), order);
  return {
    spanIds: inOrder(spanIds, order),
    parentSpanIds: texts(({ parentSpanIds }) => parentSpanIds),
    startTimes: permuted(startTimes, order),
    durations: permuted(
      joined(Float64Array, blocks, ({ durations }) => durations),
      order,
    ),
    services: texts(({ services }) => services),
    names: texts(({ names }) => names),
    hosts: texts(({ hosts }) => hosts),
    kinds: bytes(({ kinds }) => kinds),
    statuses: bytes(({ statuses }) => statuses),
    marks: bytes(({ marks }) => marks),
  };
}

/** The rows lie in runs by service, which is what makes the sort a short one. */
function orderOf(startTimes: BigInt64Array, spanIds: readonly string[]): readonly number[] {
  const first = startTimes[0] ?? 0n;
  const times = Float64Array.from(startTimes, (time) => Number(time - first));
  return Array.from(spanIds.keys()).sort((a, b) => {
    const difference = (times[a] ?? 0) - (times[b] ?? 0);
    return difference !== 0 ? difference : (spanIds[a] ?? '') < (spanIds[b] ?? '') ? -1 : 1;
  });
}

function joined<Column extends Numbers>(
  Column: new (length: number) => Column,
  blocks: readonly TraceColumns[],
  of: (block: TraceColumns) => Column,
): Column {
  const whole = new Column(blocks.reduce((rows, block) => rows + of(block).length, 0));
  let row = 0;
  for (const block of blocks) {
    whole.set(of(block) as never, row);
    row += of(block).length;
  }
  return whole;
}

function inOrder(column: readonly string[], order: readonly number[]): readonly string[] {
  return order.map((row) => column[row] ?? '');
}

function permuted<Column extends Numbers>(column: Column, order: readonly number[]): Column {
  const ordered = column.slice() as Column;
  order.forEach((row, place) => {
    ordered[place] = column[row] as never;
  });
  return ordered;
}
