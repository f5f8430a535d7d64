import { AegisError, type FetchedSpan, type QueryStats, type SpanFetch, type SpanParts } from '@aegisguard/model';
import { timeCondition } from '../selection-sql.ts';
import { traceIdLiteral } from '../trace-places.ts';
import { attributesOf } from './attribute-survey.ts';
import { conditionWithin, STATEMENT_BYTES_MAX } from './condition-within.ts';
import { lastVersionsSql } from './repeated-spans.ts';
import { SpanBlocks } from './span-blocks.ts';
import { spanPlaces } from './span-places.ts';
import type { SpanReading } from './span-reading.ts';
import { horizonOf } from './trace-horizon.ts';

/** Ids in one statement, which may have 256 KiB. */
const IDS_AT_ONCE = 1_000;
/** What a statement says besides ids and the condition, at most. */
const REST_BYTES = 3_000;

/** Reads spans of some traces. */
export async function fetchSpans(
  reading: SpanReading,
  fetch: SpanFetch,
): Promise<{ readonly spans: readonly FetchedSpan[]; readonly stats: QueryStats }> {
  const ids = [...new Set(fetch.traceIds)].flatMap((id) => traceIdLiteral(id) ?? []);
  const spans: FetchedSpan[] = [];
  for (let first = 0; first < ids.length; first += IDS_AT_ONCE) {
    const found = await fetchSome(reading, fetch, ids.slice(first, first + IDS_AT_ONCE), fetch.limit - spans.length);
    for (const span of found) {
      spans.push(span);
    }
  }
  return { spans, stats: reading.stats };
}

async function fetchSome(
  reading: SpanReading,
  fetch: SpanFetch,
  ids: readonly string[],
  limit: number,
): Promise<Iterable<FetchedSpan>> {
  const { start, end } = horizonOf(fetch);
  const { spans, org } = reading;
  const ofTraces = `${org} AND ${timeCondition(start, end)} AND trace_id IN (${ids.join(', ')})`;
  // The projection `by_trace` tells how many there are, and where they lie in the table's order.
  const [[rows, count] = []] = await reading.rows(
    `SELECT count(), uniqExact(trace_id, span_id) FROM ${spans} WHERE ${ofTraces}`,
    { isOfProjection: true },
  );
  const hasVersions = Number(rows) > Number(count);
  const from = `FROM ${spans} WHERE ${spanPlaces(spans, ofTraces)} AND ${ofTraces}`;
  const survey = await reading.survey({ start, end }, attributesOf(fetch.condition));
  const said = Buffer.byteLength(ofTraces) * (hasVersions ? 3 : 2) + REST_BYTES;
  const { sql } = conditionWithin(STATEMENT_BYTES_MAX - said, fetch.condition, survey);
  const found = new SpansByIds(limit);
  const read = async (parts: SpanParts, condition: string) => {
    const blocks = new SpanBlocks(parts);
    const select = `SELECT ${blocks.columns.join(', ')} ${from}`;
    await reading.spansOf(
      blocks,
      hasVersions ? lastVersions(select, condition, `FROM ${spans} WHERE ${ofTraces}`) : `${select} AND ${condition}`,
      (some) => found.add(some),
    );
  };
  const isOfParts = Object.values(fetch.parts).includes(true);
  if (fetch.structure && (sql !== '1' || !isOfParts)) {
    await read({}, '1');
  }
  if (!fetch.structure || isOfParts) {
    await read(fetch.parts, sql);
  }
  return found.spans();
}

/** Of a span that came several times only the last version counts, even where another meets the condition: all of them are read, and whoever asked looks again. */
function lastVersions(select: string, condition: string, ofTraces: string): string {
  const several = `(trace_id, span_id) IN (SELECT trace_id, span_id ${ofTraces} GROUP BY trace_id, span_id HAVING count() > 1)`;
  return lastVersionsSql(`${select} AND (${condition} OR ${several})`);
}

/** Spans by their ids: one that is read again, with its parts, takes the place of what was known of it. */
class SpansByIds {
  readonly #found = new Map<string, FetchedSpan>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(spans: readonly FetchedSpan[]): void {
    for (const span of spans) {
      this.#found.set(`${span.traceId}${span.spanId}`, span);
    }
    if (this.#found.size > this.#limit) {
      throw new AegisError('query-too-large', {
        detail: `The traces have more spans than can be looked at at once (${this.#limit}).`,
      });
    }
  }

  spans(): Iterable<FetchedSpan> {
    return this.#found.values();
  }
}
