import type { LogSelection, LogTotals, LogVolume, LogVolumeQuery, LogVolumes } from '@aegisguard/model';
import { parseShape } from '../attribute-shape.ts';
import { IS_PUSHED, LABEL_PAIRS } from '../attribute-sql.ts';
import { labelExpression } from '../label-sql.ts';
import { wholeNumberLiteral } from '../sql-literal.ts';
import { FEW_GROUPS, isCountable, type OverviewReading } from './overview-reading.ts';
import { sampleEvery } from './row-sample.ts';

/** Labels of streams of a push that are told apart: Loki allows 15 of one stream by default. */
const STREAM_LABELS_MAX = 64;
const STREAM_COLUMNS = ['service_name', 'level', 'host', 'env'];
/** Rows that streams are told apart among: ~0.4 µs of CPU each. */
const STREAM_ROWS_LOOKED_AT = 1_000_000;
/** Streams that are counted. */
const STREAMS_MAX = 10_000;

/** Logs and bytes per group, those of most bytes first. */
export async function logVolumes(reading: OverviewReading, query: LogVolumeQuery): Promise<LogVolumes> {
  const { by, limit } = query;
  const every = by === 'stream' ? await streamSample(reading, query) : 1;
  const volumes =
    by === 'stream'
      ? await streamVolumes(reading, query, limit, every)
      : await largest(
          reading,
          reading.grouped(query, by.map(labelExpression), { withBytes: true, byMinutes: isCountable(query, by) }),
          by,
          limit,
        );
  return { volumes, isEstimate: every > 1, stats: reading.stats };
}

/** What there is of a selection altogether. */
export async function logTotals(reading: OverviewReading, selection: LogSelection): Promise<LogTotals> {
  const [[logs = 0, bytes = 0] = []] = await reading.rows(
    reading.grouped(selection, [], { withBytes: true, byMinutes: isCountable(selection, []) }),
  );
  const [[parts = 0] = []] = await reading.rows(
    `SELECT sum(parts) FROM (EXPLAIN ESTIMATE SELECT message FROM ${reading.logs} WHERE ${reading.where(selection)})`,
  );
  const streams =
    Number(logs) === 0
      ? []
      : await streamVolumes(reading, selection, STREAMS_MAX, await streamSample(reading, selection));
  return {
    streams: streams.length,
    parts: Number(parts),
    logs: Number(logs),
    bytes: Number(bytes),
    stats: reading.stats,
  };
}

/** What a filter leaves may be few: all of it is looked at. */
async function streamSample(reading: OverviewReading, selection: LogSelection): Promise<number> {
  return isCountable(selection, []) ? sampleEvery(await reading.lookedAt(selection), STREAM_ROWS_LOOKED_AT) : 1;
}

/** Streams of logs that were not pushed are told apart by columns, the others by their labels, whose names the shapes tell. */
async function streamVolumes(
  reading: OverviewReading,
  selection: LogSelection,
  limit: number,
  every: number,
): Promise<readonly LogVolume[]> {
  const condition = `NOT ${IS_PUSHED}`;
  const columns = reading.grouped(selection, STREAM_COLUMNS.map(labelExpression), {
    withBytes: true,
    condition,
    every,
  });
  const sent = await largest(reading, columns, STREAM_COLUMNS, limit);
  const pushed = await pushedStreams(reading, selection, every);
  return [...sent, ...pushed].sort((a, b) => b.bytes - a.bytes).slice(0, limit);
}

/** Groups have whatever labels have a name that some stream has; those that are not of a group's own stream are left out here, where its shape is read. */
async function pushedStreams(
  reading: OverviewReading,
  selection: LogSelection,
  every: number,
): Promise<readonly LogVolume[]> {
  const names = await streamNames(reading, selection, every);
  if (names.length === 0) {
    return [];
  }
  // Of facets, every entry of a block's dictionary is asked once.
  const ofStreams = (pairs: string) => `arrayFilter(pair -> match(pair, '^(?:${names.join('|')})='), ${pairs})`;
  const keys = ['attribute_shape', ofStreams('facets'), ofStreams(LABEL_PAIRS)];
  const groups = await reading.rows(reading.grouped(selection, keys, { withBytes: true, condition: IS_PUSHED, every }));
  const streams = new Map<string, LogVolume>();
  for (const [shape, facets, pairs, logs, bytes] of groups) {
    const own = new Set(streamLabels(String(shape)));
    const labels = [...(facets as readonly string[]), ...(pairs as readonly string[])]
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
      .filter(([name, value]) => own.has(name) && value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify(labels);
    const known = streams.get(key) ?? { labels: Object.fromEntries(labels), logs: 0, bytes: 0 };
    streams.set(key, { ...known, logs: known.logs + Number(logs), bytes: known.bytes + Number(bytes) });
  }
  return [...streams.values()];
}

/** Names of labels of streams that were pushed. */
async function streamNames(
  reading: OverviewReading,
  selection: LogSelection,
  every: number,
): Promise<readonly string[]> {
  const shapes = await reading.rows(
    `SELECT * FROM (SELECT attribute_shape FROM ${reading.logs} WHERE ${reading.where(selection, every)} AND ${IS_PUSHED} GROUP BY attribute_shape SETTINGS ${FEW_GROUPS})`,
  );
  return [...new Set(shapes.flatMap(([shape]) => streamLabels(String(shape))))].slice(0, STREAM_LABELS_MAX);
}

function streamLabels(shape: string): readonly string[] {
  return parseShape(shape).leaves.flatMap(({ label, isStream }) => (isStream && label !== '' ? [label] : []));
}

async function largest(
  reading: OverviewReading,
  grouped: string,
  names: readonly string[],
  limit: number,
): Promise<LogVolume[]> {
  const order = ['bytes DESC', ...names.map((_, place) => `g${place}`)].join(', ');
  const rows = await reading.rows(`${grouped} ORDER BY ${order} LIMIT ${wholeNumberLiteral(limit)}`);
  return rows.flatMap((row) => {
    const [logs, bytes] = [Number(row[names.length]), Number(row[names.length + 1])];
    const labels = names.map((name, place) => [name, String(row[place])] as const).filter(([, value]) => value !== '');
    // An aggregation without groups has a row even for nothing.
    return logs === 0 ? [] : [{ labels: Object.fromEntries(labels), logs, bytes }];
  });
}
