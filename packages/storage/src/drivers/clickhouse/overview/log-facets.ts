import {
  type LogFacet,
  type LogFacetQuery,
  type LogFacets,
  type LogValueCount,
  NATIVE_LOG_LABELS,
} from '@aegisguard/model';
import { LABEL_PAIRS } from '../attribute-sql.ts';
import { labelExpression, nativeColumn } from '../label-sql.ts';
import { textLiteral, wholeNumberLiteral } from '../sql-literal.ts';
import { FEW_GROUPS, isCountable, type OverviewReading } from './overview-reading.ts';
import { sampleCondition, sampleEvery } from './row-sample.ts';

/** Rows that values are counted among: their facets are ~8 a row. */
const ROWS_LOOKED_AT = 150_000;
/** Fewer matching rows of a sample say too little: then all are looked at. */
const SAMPLE_ROWS_MIN = 1_000;
/** Attributes that are told of when none are named. */
const NAMES_MAX = 25;
const VALUES_MAX = 3_000;
/** Told of always, when they are there. */
const COLUMNS = ['service', 'level', 'host', 'env', 'version'];
/** Attributes of these names are stored, too, of Loki's pushes for example, but the labels are the columns'. */
const COLUMN_NAMES = [...NATIVE_LOG_LABELS, 'service_name', 'detected_level', 'severity_text']
  .map(textLiteral)
  .join(', ');
/** A pair's name: names have no `=`. */
const NAME = "substring(pair, 1, position(pair, '=') - 1)";

/** Top values of several labels. Service and level are counted exactly by the projection where it can; everything else is, of many rows, counted among a sample of granules. */
export async function logFacets(reading: OverviewReading, query: LogFacetQuery): Promise<LogFacets> {
  const names = query.names ?? COLUMNS;
  const counted = names.filter((name) => isCountable(query, [name]));
  const exact = await Promise.all(counted.map((name) => countedFacet(reading, query, name)));
  const others = names.filter((name) => !counted.includes(name));
  const sampled = await sampledFacets(reading, query, others);
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  const facets = [...exact, ...sampled]
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => place(a.name) - place(b.name) || logsOf(b) - logsOf(a) || (a.name < b.name ? -1 : 1));
  return { facets: query.names === undefined ? facets.slice(0, NAMES_MAX) : facets, stats: reading.stats };
}

async function countedFacet(reading: OverviewReading, query: LogFacetQuery, name: string): Promise<LogFacet> {
  const groups = reading.grouped(query, [labelExpression(name)], { byMinutes: true });
  const rows = await reading.rows(
    `SELECT g0, logs FROM (${groups}) WHERE g0 != '' ORDER BY logs DESC, g0 LIMIT ${wholeNumberLiteral(query.limit)}`,
  );
  return {
    name,
    values: rows.map(([value, logs]) => ({ value: String(value), logs: Number(logs) })),
    isEstimate: false,
  };
}

async function sampledFacets(
  reading: OverviewReading,
  query: LogFacetQuery,
  names: readonly string[],
): Promise<readonly LogFacet[]> {
  const every = sampleEvery(await reading.lookedAt(query), ROWS_LOOKED_AT);
  const rows = await reading.rows(facetsSql(reading, query, names, every));
  const matching = Number(rows.find(([name]) => name === '')?.[2] ?? 0);
  const isTooSmall = every > 1 && matching < SAMPLE_ROWS_MIN;
  const counted = isTooSmall ? await reading.rows(facetsSql(reading, query, names, 1)) : rows;
  return facetsOf(counted, isTooSmall ? 1 : every);
}

/** Name, value and count of values; the name `''` has the number of all rows. */
function facetsSql(reading: OverviewReading, query: LogFacetQuery, names: readonly string[], every: number): string {
  const from = `FROM ${reading.logs} ${sampleCondition(every)}WHERE ${reading.where(query)}`;
  const limit = wholeNumberLiteral(query.limit);
  const attributes = names.filter((name) => nativeColumn(name) === undefined);
  const parts = [
    columnsSql(
      from,
      names.filter((name) => !attributes.includes(name)),
    ),
  ];
  if (query.names === undefined || attributes.length > 0) {
    parts.push(attributesSql(from, attributes));
  }
  return `SELECT * FROM (${parts.join(' UNION ALL ')}) WHERE name = '' OR value != '' ORDER BY n DESC, value LIMIT ${limit} BY name LIMIT ${VALUES_MAX}`;
}

/** Values of columns, in one pass over them. */
function columnsSql(from: string, names: readonly string[]): string {
  const keys = names.map((_, place) => `k${place}`);
  const columns = names.map((name, place) => `${labelExpression(name)} AS k${place}`);
  const firstOf = (results: readonly string[]) =>
    results.length === 0
      ? "''"
      : `multiIf(${results.map((result, place) => `grouping(k${place}) = 0, ${result}`).join(', ')}, '')`;
  const sets = ['()', ...keys.map((key) => `(${key})`)].join(', ');
  return `SELECT * FROM (SELECT ${firstOf(names.map(textLiteral))} AS name, ${firstOf(keys.map((key) => `toString(${key})`))} AS value, count() AS n FROM (SELECT ${['1', ...columns].join(', ')} ${from}) GROUP BY GROUPING SETS (${sets}) SETTINGS ${FEW_GROUPS})`;
}

/** Values of attributes as they are stored among facets, `name=value`: counted by their places in the dictionary. Values that are no facets are looked at only when they are asked for: they are large, and nearly all different. */
function attributesSql(from: string, names: readonly string[]): string {
  const pairs = names.length === 0 ? 'facets' : `arrayConcat(CAST(facets, 'Array(String)'), ${LABEL_PAIRS})`;
  const isTold = names.length === 0 ? `NOT IN (${COLUMN_NAMES})` : `IN (${names.map(textLiteral).join(', ')})`;
  return `SELECT ${NAME} AS name, substring(pair, position(pair, '=') + 1) AS value, n FROM (SELECT pair, count() AS n FROM (SELECT arrayJoin(${pairs}) AS pair ${from}) GROUP BY pair SETTINGS ${FEW_GROUPS}) WHERE name ${isTold}`;
}

function facetsOf(rows: readonly (readonly unknown[])[], every: number): readonly LogFacet[] {
  const byName = new Map<string, LogValueCount[]>();
  for (const [name, value, logs] of rows) {
    if (name !== '') {
      const values = byName.get(String(name)) ?? [];
      byName.set(String(name), values);
      values.push({ value: String(value), logs: Number(logs) * every });
    }
  }
  return [...byName].map(([name, values]) => ({
    name,
    values: values.sort((a, b) => b.logs - a.logs || (a.value < b.value ? -1 : 1)),
    isEstimate: every > 1,
  }));
}

function logsOf({ values }: LogFacet): number {
  return values.reduce((sum, { logs }) => sum + logs, 0);
}
