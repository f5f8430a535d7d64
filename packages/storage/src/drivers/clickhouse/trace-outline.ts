import { type OrgId, type ReadTraceColumns, SPAN_MARKS, type TraceColumns, totalStats } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import { eachNativeBlock, readColumn } from './native-block-reader.ts';
import { readCodedTexts } from './native-columns.ts';
import type { NativePlace } from './native-place.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { tracePlaces } from './trace-places.ts';

const EXCEPTION = `has(events.name, 'exception') * ${SPAN_MARKS.exception}`;
const LINKS = `notEmpty(links.span_id) * ${SPAN_MARKS.links}`;
// https://opentelemetry.io/docs/specs/semconv/registry/attributes/opentracing/: a link says how its span hangs on the one that it names.
const FOLLOWS = `arrayExists((trace, span, attributes) -> lower(trace) = lower(hex(trace_id)) AND lower(span) = lower(hex(parent_span_id)) AND JSONExtractString(attributes, 'opentracing.ref_type') != 'child_of', links.trace_id, links.span_id, links.attributes) * ${SPAN_MARKS.follows}`;

const COLUMNS = [
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
  `toUInt8(${EXCEPTION} + ${LINKS} + ${FOLLOWS}) AS marks`,
];

/** Reads a trace's columns but for its attributes, from the places that the projection `by_trace` tells. */
export async function readTraceColumns(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  traceId: string,
  limit: number,
  deadline: Deadline,
): Promise<ReadTraceColumns> {
  const places = await tracePlaces(runner, tables, orgId, traceId, deadline);
  const blocks: TraceColumns[] = [];
  if (places === undefined || places.rows === 0) {
    return {
      columns: joined(blocks, 0),
      isCut: false,
      duplicates: 0,
      stats: totalStats(places ? [places.answer] : []),
    };
  }
  const { ofTrace, condition, rows, answer } = places;
  const latest = `SELECT ${COLUMNS.join(', ')} ${ofTrace} AND ${condition} ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY span_id`;
  // One more than asked for tells whether the trace is cut.
  const read = await runner.stream(
    `SELECT * FROM (${latest}) ORDER BY start, span_id LIMIT ${limit + 1}`,
    deadline,
    (piece) => {
      blocks.push(...readBlocks(piece));
    },
  );
  const found = blocks.reduce((sum, { spanIds }) => sum + spanIds.length, 0);
  const answers = [answer, read];
  let duplicates = 0;
  if (found < rows && found <= limit) {
    // Most were sent again as they were, which is nobody's concern.
    const variants = await runner.run(
      `SELECT uniqExact((span_id, service, timestamp, duration_nanos, name)) - uniqExact(span_id) ${ofTrace}`,
      deadline,
    );
    duplicates = Number(variants.rows[0]?.[0] ?? 0);
    answers.push(variants);
  }
  return {
    columns: joined(blocks, Math.min(found, limit)),
    isCut: found > limit,
    duplicates,
    stats: totalStats(answers),
  };
}

function* readBlocks(piece: Uint8Array): Generator<TraceColumns> {
  for (const { rows, place } of eachNativeBlock(piece, COLUMNS.length)) {
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

/** The first rows of blocks as one. */
function joined(blocks: readonly TraceColumns[], rows: number): TraceColumns {
  const texts = (of: (block: TraceColumns) => readonly string[]) => blocks.flatMap(of).slice(0, rows);
  const numbers = <Numbers extends Uint8Array | Float64Array | BigInt64Array>(
    whole: Numbers,
    of: (block: TraceColumns) => Numbers,
  ): Numbers => {
    let row = 0;
    for (const block of blocks) {
      const values = of(block).subarray(0, rows - row);
      whole.set(values as never, row);
      row += values.length;
    }
    return whole;
  };
  return {
    spanIds: texts(({ spanIds }) => spanIds),
    parentSpanIds: texts(({ parentSpanIds }) => parentSpanIds),
    startTimes: numbers(new BigInt64Array(rows), ({ startTimes }) => startTimes),
    durations: numbers(new Float64Array(rows), ({ durations }) => durations),
    services: texts(({ services }) => services),
    names: texts(({ names }) => names),
    hosts: texts(({ hosts }) => hosts),
    kinds: numbers(new Uint8Array(rows), ({ kinds }) => kinds),
    statuses: numbers(new Uint8Array(rows), ({ statuses }) => statuses),
    marks: numbers(new Uint8Array(rows), ({ marks }) => marks),
  };
}
