import {
  LOG_LEVELS,
  type LogBlock,
  type LogLevel,
  type LogSelection,
  type OrgId,
  type QueryStats,
  totalStats,
} from '@aegisguard/model';
import { attributeTexts } from './attribute-columns.ts';
import type { TableNames } from './log-table.ts';
import { eachNativeBlock, readColumn } from './native-block-reader.ts';
import { readCodedTextLists, readCodedTexts, readTextLists, readTexts, type TextLists } from './native-columns.ts';
import type { NativePlace } from './native-place.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { filterCondition, orgCondition, timeCondition } from './selection-sql.ts';
import { LabelReading } from './stored-labels.ts';

/** What is selected of a log: its time, its line and what its labels are made of. */
const SCAN_COLUMNS = [
  'toUnixTimestamp64Nano(timestamp)',
  'message',
  'level',
  'severity_text',
  'service',
  'host',
  'env',
  'version',
  'trace_id',
  'span_id',
  'attribute_shape',
  'facets',
  'mapValues(labels)',
];

/** Hands over all selected logs, block by block. */
export async function scanLogs(
  runner: QueryRunner,
  { logs }: TableNames,
  orgId: OrgId,
  selection: LogSelection,
  deadline: Deadline,
  onBlock: (block: LogBlock) => void,
): Promise<QueryStats> {
  const { start, end } = selection;
  if (start >= end) {
    return totalStats([]);
  }
  const sql = `SELECT ${SCAN_COLUMNS.join(', ')} FROM ${logs} WHERE ${orgCondition(orgId)} AND ${timeCondition(start, end)} AND ${filterCondition(selection)}`;
  const labels = new LabelReading();
  let thrown: { readonly error: unknown } | undefined;
  let rowsRead = 0;
  try {
    const { elapsedMs, bytesRead } = await runner.stream(sql, deadline, (piece) => {
      for (const block of readBlocks(piece, labels)) {
        rowsRead += block.lines.length;
        try {
          onBlock(block);
        } catch (error) {
          thrown = { error };
          throw error;
        }
      }
    });
    return { elapsedMs, bytesRead, rowsRead };
  } catch (error) {
    throw thrown === undefined ? error : thrown.error;
  }
}

function* readBlocks(piece: Uint8Array, labels: LabelReading): Generator<LogBlock> {
  for (const { rows, place } of eachNativeBlock(piece, SCAN_COLUMNS.length)) {
    const next = <Values>(read: (place: NativePlace, rows: number) => Values): Values =>
      readColumn(place, () => read(place, rows));
    const timestamps = next(() => new BigInt64Array(place.take(rows * 8)));
    const lines = next(readTexts);
    const levels = next(() => new Uint8Array(place.take(rows)));
    const [severityTexts, services, hosts, envs, versions] = [
      next(readCodedTexts),
      next(readCodedTexts),
      next(readCodedTexts),
      next(readCodedTexts),
      next(readCodedTexts),
    ];
    const [traceIds, spanIds, shapes] = [next(readTexts), next(readTexts), next(readCodedTexts)];
    const [facets, values] = [next(readCodedTextLists), next(readTextLists)];
    const at = (texts: readonly string[], row: number) => texts[row] ?? '';
    yield {
      timestamps,
      lines,
      labels: lines.map((_, row) => {
        const shape = at(shapes, row);
        return labels.read({
          level: levelName(levels[row]),
          severityText: at(severityTexts, row),
          service: at(services, row),
          host: at(hosts, row),
          env: at(envs, row),
          version: at(versions, row),
          traceId: at(traceIds, row),
          spanId: at(spanIds, row),
          shape,
          texts: attributeTexts(shape, listOf(facets, row), listOf(values, row)),
        });
      }),
    };
  }
}

/** Levels are numbered from 1 (`LEVEL_NUMBERS`). */
function levelName(number = 1): LogLevel {
  return LOG_LEVELS[number - 1] ?? 'info';
}

function listOf({ ends, texts }: TextLists, row: number): readonly string[] {
  return texts.slice(row === 0 ? 0 : ends[row - 1], ends[row]);
}
