import type { LogSelection, LogTotals, LogVolume, LogVolumeQuery, LogVolumes } from '@aegisguard/model';
import { parseShape } from '../attribute-shape.ts';
import { attributeExpression, IS_PUSHED, STREAM_NAMES } from '../attribute-sql.ts';
import { labelExpression } from '../label-sql.ts';
import { textLiteral, wholeNumberLiteral } from '../sql-literal.ts';
import { FEW_GROUPS, isCountable, type OverviewReading } from './overview-reading.ts';

/** Labels of streams of a push that are told apart: Loki allows 15 of one stream by default. */
const STREAM_LABELS_MAX = 64;
const STREAM_COLUMNS = ['service_name', 'level', 'host', 'env'];
/** Streams that are counted. */
const STREAMS_MAX = 10_000;

/** Logs and bytes per group, those of most bytes first. */
export async function logVolumes(reading: OverviewReading, query: LogVolumeQuery): Promise<LogVolumes> {
  const { by, limit } = query;
  const volumes =
    by === 'stream'
      ? await streamVolumes(reading, query, limit)
      : await largest(
          reading,
          reading.grouped(query, by.map(labelExpression), { withBytes: true, byMinutes: isCountable(query, by) }),
          by,
          limit,
        );
  return { volumes, stats: reading.stats };
}

/** What there is of a selection altogether. */
export async function logTotals(reading: OverviewReading, selection: LogSelection): Promise<LogTotals> {
  const [[logs = 0, bytes = 0] = []] = await reading.rows(
    reading.grouped(selection, [], { withBytes: true, byMinutes: isCountable(selection, []) }),
  );
  const [[parts = 0] = []] = await reading.rows(
    `SELECT sum(parts) FROM (EXPLAIN ESTIMATE SELECT message FROM ${reading.logs} WHERE ${reading.where(selection)})`,
  );
  const streams = Number(logs) === 0 ? [] : await streamVolumes(reading, selection, STREAMS_MAX);
  return {
    streams: streams.length,
    parts: Number(parts),
    logs: Number(logs),
    bytes: Number(bytes),
    stats: reading.stats,
  };
}

/** Streams of logs that were not pushed are told apart by columns, the others by their labels, whose names the shapes tell. */
async function streamVolumes(
  reading: OverviewReading,
  selection: LogSelection,
  limit: number,
): Promise<readonly LogVolume[]> {
  const names = await streamNames(reading, selection);
  const columns = STREAM_COLUMNS.map(labelExpression);
  const sent = await largest(
    reading,
    reading.grouped(selection, columns, { withBytes: true, condition: `NOT ${IS_PUSHED}` }),
    STREAM_COLUMNS,
    limit,
  );
  if (names.length === 0) {
    return sent;
  }
  const values = names.map(
    (name) => `if(has(${STREAM_NAMES}, ${textLiteral(name)}), ${attributeExpression(name)}, '')`,
  );
  const pushed = await largest(
    reading,
    reading.grouped(selection, values, { withBytes: true, condition: IS_PUSHED }),
    names,
    limit,
  );
  return [...sent, ...pushed].sort((a, b) => b.bytes - a.bytes).slice(0, limit);
}

/** Names of labels of streams that were pushed. */
async function streamNames(reading: OverviewReading, selection: LogSelection): Promise<readonly string[]> {
  const shapes = await reading.rows(
    `SELECT attribute_shape FROM (SELECT attribute_shape FROM ${reading.logs} WHERE ${reading.where(selection)} GROUP BY attribute_shape SETTINGS ${FEW_GROUPS}) WHERE ${IS_PUSHED}`,
  );
  const names = shapes.flatMap(([shape]) =>
    parseShape(String(shape)).leaves.flatMap(({ label, isStream }) => (isStream && label !== '' ? [label] : [])),
  );
  return [...new Set(names)].slice(0, STREAM_LABELS_MAX);
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
