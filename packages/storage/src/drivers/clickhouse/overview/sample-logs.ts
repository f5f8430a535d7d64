import type { LogSample, LogSampleQuery } from '@aegisguard/model';
import { eachNativeBlock, readColumn } from '../native-block-reader.ts';
import { readTexts } from '../native-columns.ts';
import { wholeNumberLiteral } from '../sql-literal.ts';
import type { OverviewReading } from './overview-reading.ts';
import { sampleEvery } from './row-sample.ts';

/** So many rows are looked at for each line that is wanted: neighbours are alike. */
const ROWS_PER_LINE = 20;
/** A sample in which a filter left too little is followed by one of as many rows as it tells are needed, and half of that more; by so many times more at most. */
const SPARE = 1.5;
const GROWTH_MAX = 16;
/** Characters of a line; its form shows in them. */
const LINE_LENGTH_MAX = 4096;
const HASH_END = 2 ** 64;

interface HashedLines {
  readonly timestamps: bigint[];
  readonly lines: string[];
  readonly levels: string[];
  hashMax: number;
}

/** Lines from granules all over the selection; among their rows those of the lowest hashes, so that each is as likely as any other. */
export async function sampleLogs(reading: OverviewReading, query: LogSampleQuery): Promise<LogSample> {
  const { limit } = query;
  let every = sampleEvery(await reading.lookedAt(query), limit * ROWS_PER_LINE);
  let found = await sampleOf(reading, query, every);
  while (every > 1 && found.lines.length < limit) {
    const needed = (every * found.lines.length) / (limit * SPARE);
    every = Math.max(1, Math.floor(Math.min(every / 2, Math.max(every / GROWTH_MAX, needed))));
    found = await sampleOf(reading, query, every);
  }
  const { timestamps, lines, levels, hashMax } = found;
  // The lowest n hashes of evenly spread ones tell how many there are.
  const matching = lines.length < limit ? lines.length : ((lines.length - 1) * HASH_END) / Math.max(1, hashMax);
  return {
    timestamps: BigInt64Array.from(timestamps),
    lines,
    levels,
    logsPerLine: lines.length === 0 ? 1 : Math.max(1, (matching * every) / lines.length),
    stats: reading.stats,
  };
}

async function sampleOf(reading: OverviewReading, query: LogSampleQuery, every: number): Promise<HashedLines> {
  const found: HashedLines = { timestamps: [], lines: [], levels: [], hashMax: 0 };
  const sql = `SELECT cityHash64(_part_offset, _part_index) AS hash, toUnixTimestamp64Nano(timestamp), substringUTF8(message, 1, ${LINE_LENGTH_MAX}), toString(level) FROM ${reading.logs} WHERE ${reading.where(query, every)} ORDER BY hash LIMIT ${wholeNumberLiteral(query.limit)}`;
  await reading.stream(sql, (piece) => {
    for (const { rows, place } of eachNativeBlock(piece, 4)) {
      const hashes = readColumn(place, () => new BigUint64Array(place.take(rows * 8)));
      const timestamps = readColumn(place, () => new BigInt64Array(place.take(rows * 8)));
      found.timestamps.push(...timestamps);
      found.lines.push(...readColumn(place, () => readTexts(place, rows)));
      found.levels.push(...readColumn(place, () => readTexts(place, rows)));
      found.hashMax = Math.max(found.hashMax, Number(hashes[rows - 1] ?? 0n));
    }
  });
  return found;
}
