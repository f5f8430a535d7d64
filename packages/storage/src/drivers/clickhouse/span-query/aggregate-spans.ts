import { AegisError, type SpanAggregation, type SpanGroup, type SpanGroups } from '@aegisguard/model';
import type { EngineAnswer } from '../engine.ts';
import { fitting } from '../group-search.ts';
import { minuteRanges } from '../minute-ranges.ts';
import { timeCondition } from '../selection-sql.ts';
import { int64Literal } from '../sql-literal.ts';
import { type AttributeSurvey, attributesOf } from './attribute-survey.ts';
import { STATEMENT_BYTES_MAX } from './condition-within.ts';
import { type FieldSql, fieldNumberSql, fieldValueSql, OUTSIDE_FACETS, readFieldValue } from './field-value-sql.ts';
import { spanConditionSql } from './span-condition-sql.ts';
import type { SpanReading } from './span-reading.ts';

const SECOND_NANOS = 1_000_000_000n;
const MINUTE_NANOS = 60n * SECOND_NANOS;
const STEP_MAX = 2n ** 63n - 1n;
/** Groups times buckets times powers: each is a row of the answer. More of them are for whoever asked to count, or to refuse. */
const CELLS_MAX = 1_000_000;

/** Counts or measures spans; undefined where SQL could not tell exactly. */
export async function aggregateSpans(reading: SpanReading, query: SpanAggregation): Promise<SpanGroups | undefined> {
  const { start, end, condition, by, measure } = query;
  if (query.step <= 0n) {
    throw new AegisError('query-not-runnable', { internal: 'a bucket must be wider than 0' });
  }
  if (start >= end) {
    return { groups: [], stats: reading.stats };
  }
  const fields = [...by, ...(measure.kind === 'count' ? [] : [measure.field])];
  const survey = await reading.survey({ start, end }, [
    ...attributesOf(condition),
    ...fields.flatMap((field) => (field.kind === 'attribute' ? [field] : [])),
  ]);
  const filter = spanConditionSql(condition, survey);
  const keys = by.flatMap((field) => fieldValueSql(field, survey) ?? []);
  const measured = measuredSql(query, survey);
  if (!filter.isExact || keys.length < by.length || measured === undefined) {
    return undefined;
  }
  const isCounted = filter.isCounted && keys.every((key) => key.isCounted) && measure.kind === 'count';
  const rows = await groupRows(reading, query, { filter: filter.sql, keys, measured, isCounted });
  return rows && { groups: groupsOf(rows, query), stats: reading.stats };
}

/** What is aggregated: keys, and what is measured of which spans. */
interface Aggregated {
  readonly filter: string;
  readonly keys: readonly FieldSql[];
  readonly measured: Measured;
  readonly isCounted: boolean;
}

/** Rows of keys, buckets and measures; undefined where the question or the answer is too large. By facets first: where that tells all groups, labels need not be read. */
async function groupRows(reading: SpanReading, query: SpanAggregation, made: Aggregated): Promise<Rows | undefined> {
  const ask = async (given: Aggregated) => {
    const { sql, isOfProjection } = aggregationSql(reading, query, given);
    return Buffer.byteLength(sql) <= STATEMENT_BYTES_MAX
      ? await fitting(reading.rows(sql, { groupsMax: CELLS_MAX, isOfProjection }))
      : undefined;
  };
  const facets = made.keys.flatMap(({ ofFacets }) => ofFacets ?? []);
  if (facets.length === 0) {
    return await ask(made);
  }
  const keys = made.keys.map((key) => ({ ...key, ...key.ofFacets }));
  const rows = await ask({ ...made, keys });
  if (rows === undefined) {
    return await ask(made);
  }
  const told = rows.filter((row) => !row.includes(OUTSIDE_FACETS));
  if (told.length === rows.length) {
    return rows;
  }
  const isOutside = facets.map(({ raw }) => `length(${raw}) = 1`).join(' OR ');
  const others = await ask({ ...made, filter: `${made.filter} AND (${isOutside})` });
  return others && [...told, ...others];
}

type Rows = EngineAnswer['rows'];

/** What is aggregated, besides the keys. */
interface Measured {
  /** What is measured of each span, and may be NULL; undefined where spans are counted. */
  readonly operand?: string;
  /** A further key, the power of two; and how it is told. */
  readonly power?: Pick<FieldSql, 'raw' | 'textOf'>;
  readonly value: string;
}

function measuredSql({ measure }: SpanAggregation, survey: AttributeSurvey): Measured | undefined {
  if (measure.kind === 'count') {
    return { value: 'count()' };
  }
  const number = fieldNumberSql(measure.field, survey);
  if (number === undefined) {
    return undefined;
  }
  // Whole numbers would overflow.
  const value = 'toFloat64(assumeNotNull(operand))';
  const operand = number.sql;
  if (measure.kind !== 'log2') {
    return { operand, value: `${measure.kind}(${value}) / ${number.perOne}` };
  }
  const power = number.isWhole
    ? { raw: exponentOf(value), textOf: (raw: string) => `if(${raw} = 0, 0., exp2(${raw} - 1023)) / ${number.perOne}` }
    : { raw: powerOfTwo(value), textOf: (raw: string) => `${raw} / ${number.perOne}` };
  return { operand, power, value: 'count()' };
}

/** The exponent, as a double has it, of the smallest power of two that is not below a whole number; 0 for 0. */
function exponentOf(value: string): string {
  return `toUInt16(bitShiftRight(reinterpretAsUInt64(${value}) + ${2n ** 52n - 1n}, 52))`;
}

/** The smallest power of two that is not below a value; 0 for what is not above 0. The logarithm may be a little off. */
function powerOfTwo(value: string): string {
  const near = `exp2(ceil(log2(${value})))`;
  return `multiIf(${value} <= 0, 0., ${near} / 2 >= ${value}, ${near} / 2, ${near} < ${value}, ${near} * 2, ${near})`;
}

function aggregationSql(
  { spans, org }: SpanReading,
  { start, end, step: asked }: SpanAggregation,
  { filter, keys, measured, isCounted }: Aggregated,
): { readonly sql: string; readonly isOfProjection: boolean } {
  const step = asked < STEP_MAX ? asked : STEP_MAX;
  const { operand, power, value } = measured;
  const groups = keys.map((_, place) => `g${place}`);
  const names = [...groups, ...(power === undefined ? [] : ['power']), 'bucket'];
  const select = (bucket: string, where: string) => {
    const raws = [...keys.map(({ raw }, place) => `${raw} AS g${place}`), `${bucket} AS bucket`];
    const from = `FROM ${spans} WHERE ${org} AND ${where} AND ${filter}`;
    if (operand === undefined) {
      return `SELECT ${raws.join(', ')}, ${value} AS measured ${from} GROUP BY ${names.join(', ')}`;
    }
    // The operand may be as long as what tells shapes apart: it is said once. Spans without it are left out.
    const told = [
      ...groups,
      ...(power === undefined ? [] : [`${power.raw} AS power`]),
      'bucket',
      `${value} AS measured`,
    ];
    return `SELECT ${told.join(', ')} FROM (SELECT ${[...raws, `${operand} AS operand`].join(', ')} ${from}) WHERE isNotNull(operand) GROUP BY ${names.join(', ')}`;
  };
  const said = [
    ...keys.map(({ textOf }, place) => textOf(`g${place}`)),
    ...(power === undefined ? [] : [power.textOf('power')]),
    'bucket',
  ].join(', ');
  // Unsigned, for the difference may need the 64th bit.
  const exact = `intDiv(toUInt64(toUnixTimestamp64Nano(timestamp) - ${int64Literal(start)}), toUInt64('${step}'))`;
  const isOfMinutes = isCounted && step % MINUTE_NANOS === 0n && start % MINUTE_NANOS === 0n;
  const ranges = isOfMinutes ? minuteRanges({ start, end }) : undefined;
  if (ranges === undefined) {
    return {
      sql: `SELECT ${said}, measured FROM (${select(exact, timeCondition(start, end))})`,
      isOfProjection: false,
    };
  }
  const minute = `toUInt64(intDiv(toInt64(toUnixTimestamp(toStartOfMinute(timestamp))) - ${int64Literal(start / SECOND_NANOS)}, ${int64Literal(step / SECOND_NANOS)}))`;
  const parts = [select(minute, ranges.minutes), ...ranges.rest.map((rest) => select(exact, rest))];
  const sql = `SELECT ${said}, sum(measured) FROM (${parts.join(' UNION ALL ')}) GROUP BY ${names.join(', ')}`;
  return { sql, isOfProjection: ranges.rest.length === 0 };
}

interface Cell {
  readonly bucket: number;
  readonly power: number;
  readonly value: number;
}

function groupsOf(rows: Rows, { by, measure, groupsMax }: SpanAggregation): SpanGroup[] {
  const groups = new Map<string, { readonly texts: readonly string[]; readonly cells: Cell[] }>();
  const isLog2 = measure.kind === 'log2';
  for (const row of rows) {
    const texts = row.slice(0, by.length).map(String);
    const key = JSON.stringify(texts);
    const group = groups.get(key) ?? { texts, cells: [] };
    groups.set(key, group);
    const numbers = row.slice(by.length).map(Number);
    const [power = 0, bucket = 0, value = 0] = isLog2 ? numbers : [0, ...numbers];
    group.cells.push({ power, bucket, value });
    if (groups.size > groupsMax) {
      throw new AegisError('query-too-large', { detail: `There are more than ${groupsMax} groups.` });
    }
  }
  return [...groups.values()].map(({ texts, cells }) => {
    cells.sort((a, b) => a.bucket - b.bucket || a.power - b.power);
    return {
      by: texts.map(readFieldValue),
      buckets: cells.map(({ bucket }) => bucket),
      values: cells.map(({ value }) => value),
      ...(isLog2 ? { powers: cells.map(({ power }) => power) } : {}),
    };
  });
}
