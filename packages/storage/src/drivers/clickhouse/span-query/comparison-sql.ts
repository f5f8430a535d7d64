import type { SpanComparisonQuery } from '@aegisguard/model';
import { timeCondition } from '../selection-sql.ts';
import { int64Literal, textLiteral, wholeNumberLiteral } from '../sql-literal.ts';
import type { ComparedTexts } from './compared-texts.ts';
import type { SpanReading } from './span-reading.ts';

const STEP_MAX = 2n ** 63n - 1n;
const NANOS = 'toUnixTimestamp64Nano(timestamp)';

/** Which spans are compared, and which of them are the selection. */
export interface ComparedSpans {
  readonly filter: string;
  readonly selected: string;
  /** That a row is what came last of its span. */
  readonly isLast: string;
}

/** The statements of a comparison. A cell is a class and a side: class · 2 + side. */
export class ComparisonSql {
  readonly #reading: SpanReading;
  readonly #query: SpanComparisonQuery;
  readonly #compared: ComparedSpans;
  readonly #bucketCount: bigint;

  constructor(reading: SpanReading, query: SpanComparisonQuery, compared: ComparedSpans) {
    this.#reading = reading;
    this.#query = query;
    this.#compared = compared;
    this.#bucketCount = bucketCount(query);
  }

  /** Spans by hash of their shape, kind, status, whether they have a message, side and bucket. */
  shapes(): string {
    const groups = 'shape, kind, status, has_message, side, bucket';
    const columns = ['attribute_shape', 'kind', 'status', 'status_message'];
    return `SELECT toString(shape), toString(kind), toString(status), has_message, side, bucket, spans FROM (SELECT cityHash64(attribute_shape) AS shape, kind, status, status_message != '' AS has_message, side, bucket, count() AS spans FROM ${this.#spans(columns)} GROUP BY ${groups})`;
  }

  /** By place how many different texts each cell has, up to one more than are told, and of how many texts the first members do not tell everything. */
  distinct(texts: ComparedTexts): string {
    const cells = cellCount(texts);
    const hashes = `groupUniqArrayResample(${wholeNumberLiteral(this.#query.valuesMax + 1)}, 0, ${cells}, 1)(cityHash64(value), class * 2 + side)`;
    return `SELECT place, arrayMap(hashes -> length(hashes), ${hashes}), countIf(${texts.isWhole}) FROM (${this.#rowsOf(texts)}) GROUP BY place`;
  }

  /** Texts with their hashes, and (cell, spans) as far as there are any. */
  counts(texts: ComparedTexts, isMeant: string): string {
    const cells = cellCount(texts);
    const counted = `countResample(0, ${cells}, 1)(class * 2 + side)`;
    return `SELECT toString(text), toString(cityHash64(text)), arrayFilter(cell -> cell.2 > 0, arrayZip(range(${cells}), spans)) FROM (SELECT text, ${counted} AS spans FROM (${this.#rowsOf(texts)}) WHERE ${isMeant} GROUP BY text)`;
  }

  /** For each of these texts, by its place in the list from 1 on: cell, bucket, spans. */
  buckets(texts: ComparedTexts, asked: readonly { readonly hash: string; readonly place: string }[]): string {
    const hashes = asked.map(({ hash }) => hash);
    const places = [...new Set(asked.map(({ place }) => place))];
    const buckets = `toUInt64(${this.#bucketCount})`;
    const ofText = `toUInt64(${cellCount(texts)}) * ${buckets}`;
    const number = `transform(cityHash64(text), [${hashes.join(', ')}], [${hashes.map((_, place) => place + 1).join(', ')}], 0)`;
    const isMeant = texts.hasPlaces ? ` WHERE place IN (${places.map(textLiteral).join(', ')})` : '';
    const numbered = `SELECT toUInt64(${number}) AS number, class, side, bucket FROM (${this.#rowsOf(texts)})${isMeant}`;
    const counted = `SELECT number * ${ofText} + (class * 2 + side) * ${buckets} + bucket AS key, count() AS spans FROM (${numbered}) WHERE number > 0 GROUP BY key`;
    return `SELECT intDiv(key, ${ofText}), intDiv(key, ${buckets}) % ${cellCount(texts)}, key % ${buckets}, spans FROM (${counted})`;
  }

  #rowsOf(texts: ComparedTexts): string {
    return texts.rowsOf((columns) => this.#spans(columns));
  }

  /** The spans that are compared, each as it came last: these columns, side and bucket. */
  #spans(columns: readonly string[]): string {
    const { start, end } = this.#query;
    const { filter, selected, isLast } = this.#compared;
    const told = [...columns, `toUInt8(ifNull(${selected}, 0)) AS side`, `${this.#bucket()} AS bucket`].join(', ');
    return `(SELECT ${told} FROM ${this.#reading.spans} WHERE ${this.#reading.org} AND ${timeCondition(start, end)} AND (${filter}) AND ${isLast})`;
  }

  #bucket(): string {
    const { start, step } = this.#query;
    // Unsigned, for the difference may need the 64th bit.
    return this.#bucketCount === 1n
      ? 'toUInt64(0)'
      : `intDiv(toUInt64(${NANOS} - ${int64Literal(start)}), toUInt64('${step < STEP_MAX ? step : STEP_MAX}'))`;
  }
}

/** That a span starts where the selection may. */
export function withinSql({ start, end }: SpanComparisonQuery['selected']): string {
  return [
    ...(start === undefined ? [] : [`${NANOS} >= ${int64Literal(start)}`]),
    ...(end === undefined ? [] : [`${NANOS} < ${int64Literal(end)}`]),
  ].join(' AND ');
}

export function bucketCount({ start, end, step }: SpanComparisonQuery): bigint {
  return (end - start + step - 1n) / step;
}

function cellCount({ classes }: ComparedTexts): number {
  return classes.count * 2;
}
