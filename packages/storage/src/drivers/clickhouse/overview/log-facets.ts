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
import { isCountable, type OverviewReading } from './overview-reading.ts';
import { ALL_ROWS, type RowSample } from './row-sample.ts';

/** Rows that values are counted among: their facets are ~8 a row. */
const ROWS_LOOKED_AT = 150_000;
/** Fewer matching rows of a sample say too little: then all are looked at. */
const SAMPLE_ROWS_MIN = 1_000;
/** Attributes that are told of when none are named. */
const NAMES_MAX = 25;
const VALUES_MAX = 3_000;
/** Pairs of names and values that are counted. Of one service come many, and those of the next would find no room. */
const PAIRS_MAX = 200_000;
/** Told of always, when they are there. */
const COLUMNS = ['service', 'level', 'host', 'env', 'version'];
/** Attributes of these names are stored, too, of Loki's pushes for example, but the labels are the columns'. */
const COLUMN_NAMES: ReadonlySet<string> = new Set([
  ...NATIVE_LOG_LABELS,
  'service_name',
  'detected_level',
  'severity_text',
]);
/** Begins what is said of a column: names of attributes have no `=`. */
const COLUMN_SIGN = '=';
/** A pair's name, with the sign of a column. */
const NAME = "substring(pair, 1, position(pair, '=', 2) - 1)";

/** Top values of several labels. Service and level are counted exactly by the projection where it can; everything else is, of many rows, counted among a sample of granules. */
export async function logFacets(reading: OverviewReading, query: LogFacetQuery): Promise<LogFacets> {
  const names = query.names ?? COLUMNS;
  const counted = names.filter((name) => isCountable(query, [name]));
  const { facets: exact, logs } = await countedFacets(reading, query, counted);
  const others = names.filter((name) => !counted.includes(name));
  const sampled = await sampledFacets(reading, query, others, logs);
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  const facets = [...exact, ...sampled]
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => place(a.name) - place(b.name) || logsOf(b) - logsOf(a) || (a.name < b.name ? -1 : 1));
  return { facets: query.names === undefined ? facets.slice(0, NAMES_MAX) : facets, stats: reading.stats };
}

/** What the projection by minutes counts exactly, and about how many logs are looked at for the rest. */
async function countedFacets(
  reading: OverviewReading,
  query: LogFacetQuery,
  names: readonly string[],
): Promise<{ readonly facets: readonly LogFacet[]; readonly logs: number }> {
  if (names.length === 0) {
    return { facets: [], logs: await reading.lookedAt(query) };
  }
  const groups = await reading.rows(reading.grouped(query, names.map(labelExpression), { byMinutes: true }));
  const facets = names.map((name, place) => {
    const counts = new Map<string, number>();
    for (const row of groups) {
      const value = String(row[place]);
      counts.set(value, (counts.get(value) ?? 0) + Number(row[names.length]));
    }
    counts.delete('');
    const values = [...counts].map(([value, logs]) => ({ value, logs })).sort(byLogs);
    return { name, values: values.slice(0, query.limit), isEstimate: false };
  });
  return { facets, logs: groups.reduce((sum, row) => sum + Number(row[names.length]), 0) };
}

async function sampledFacets(
  reading: OverviewReading,
  query: LogFacetQuery,
  names: readonly string[],
  looked: number,
): Promise<readonly LogFacet[]> {
  if (names.length === 0 && query.names !== undefined) {
    return [];
  }
  // Where no more is asked for than was counted, the rows of a sample are those that match.
  const isCounted = isCountable(query, []);
  const sample = isCounted
    ? { every: Math.max(1, Math.floor(looked / ROWS_LOOKED_AT)), scale: 1 }
    : await reading.sampleOf(query, ROWS_LOOKED_AT, looked);
  const rows = await reading.rows(facetsSql(reading, query, names, sample));
  const matching = Number(rows.find(([name]) => name === '')?.[2] ?? 0);
  if (sample.every > 1 && matching < SAMPLE_ROWS_MIN) {
    return facetsOf(await reading.rows(facetsSql(reading, query, names, ALL_ROWS)), ALL_ROWS);
  }
  return facetsOf(rows, isCounted && sample.every > 1 ? { ...sample, scale: looked / matching } : sample);
}

/**
 * Name, value and count of values; the name `''` has the number of all rows. One pass over the rows, which a filter may make dear: columns are pairs of the same array as attributes, and their names begin with a sign that no
 * attribute's does. Values that are no facets are looked at only when they are asked for: they are large, and nearly all different.
 */
function facetsSql(
  reading: OverviewReading,
  query: LogFacetQuery,
  names: readonly string[],
  sample: RowSample,
): string {
  const ofColumns = names
    .filter((name) => nativeColumn(name) !== undefined)
    .map((name) => `concat(${textLiteral(`${COLUMN_SIGN}${name}=`)}, ${labelExpression(name)})`);
  const attributes = names.filter((name) => nativeColumn(name) === undefined).map(textLiteral);
  const arrays = [`[${[textLiteral(COLUMN_SIGN), ...ofColumns].join(', ')}]`];
  if (query.names === undefined) {
    arrays.push('facets');
  } else if (attributes.length > 0) {
    const isAsked = `pair -> ${NAME} IN (${attributes.join(', ')})`;
    arrays.push(`arrayFilter(${isAsked}, facets)`, `arrayFilter(${isAsked}, ${LABEL_PAIRS})`);
  }
  const pairs = `SELECT arrayJoin(arrayConcat(${arrays.join(', ')})) AS pair FROM ${reading.logs} WHERE ${reading.where(query, sample)}`;
  const counted = `SELECT pair, count() AS n FROM (${pairs}) GROUP BY pair SETTINGS max_rows_to_group_by = ${PAIRS_MAX}, group_by_overflow_mode = 'any'`;
  return `SELECT ${NAME} AS name, substring(pair, length(name) + 2) AS value, n FROM (${counted}) WHERE name = '' OR value != '' ORDER BY n DESC, value LIMIT ${wholeNumberLiteral(query.limit)} BY name LIMIT ${VALUES_MAX}`;
}

function facetsOf(rows: readonly (readonly unknown[])[], { every, scale }: RowSample): readonly LogFacet[] {
  const byName = new Map<string, LogValueCount[]>();
  for (const [text, value, logs] of rows) {
    const isColumn = String(text).startsWith(COLUMN_SIGN);
    const name = isColumn ? String(text).slice(COLUMN_SIGN.length) : String(text);
    if (name !== '' && (isColumn || !COLUMN_NAMES.has(name))) {
      const values = byName.get(name) ?? [];
      byName.set(name, values);
      values.push({ value: String(value), logs: Math.round(Number(logs) * scale) });
    }
  }
  return [...byName].map(([name, values]) => ({ name, values: values.sort(byLogs), isEstimate: every > 1 }));
}

function logsOf({ values }: LogFacet): number {
  return values.reduce((sum, { logs }) => sum + logs, 0);
}

function byLogs(a: LogValueCount, b: LogValueCount): number {
  return b.logs - a.logs || (a.value < b.value ? -1 : 1);
}
