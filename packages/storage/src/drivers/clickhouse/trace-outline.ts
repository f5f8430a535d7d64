import { type OrgId, type ReadTraceColumns, type TraceColumns, totalStats } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { readTraceBlocks, sortedColumns, TRACE_COLUMNS } from './trace-columns.ts';
import { tracePlaces } from './trace-places.ts';

/**
 * Reads a trace's columns but for its attributes, from the places that the projection `by_trace` tells. Rows come as they lie: to sort them, or to take of each span the row that came last, takes the engine several times as long as to read
 * them, so that is done only when a span has two.
 */
export async function readTraceColumns(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  traceId: string,
  limit: number,
  deadline: Deadline,
): Promise<ReadTraceColumns> {
  const places = await tracePlaces(runner, tables, orgId, traceId, deadline);
  if (places === undefined || places.rows === 0) {
    const stats = totalStats(places === undefined ? [] : [places.answer]);
    return { columns: sortedColumns([]), isCut: false, duplicates: 0, stats };
  }
  const answers = [places.answer];
  const rowsOf = `SELECT ${TRACE_COLUMNS.join(', ')} ${places.ofTrace} AND ${places.condition}`;
  const isLong = places.rows > limit;
  const earliest = isLong ? `ORDER BY start, span_id LIMIT ${limit}` : '';
  const read = async (sql: string): Promise<TraceColumns[]> => {
    const blocks: TraceColumns[] = [];
    answers.push(await runner.stream(sql, deadline, (piece) => void blocks.push(...readTraceBlocks(piece))));
    return blocks;
  };
  let isCut = false;
  if (isLong) {
    const counted = await runner.run(`SELECT uniqExact(span_id) ${places.ofTrace}`, deadline);
    answers.push(counted);
    isCut = Number(counted.rows[0]?.[0]) > limit;
  }
  let blocks = await read(`${rowsOf} ${earliest}`);
  const { rows, variants } = countDuplicates(blocks);
  // What came twice need not be among the earliest rows.
  if (rows > 0 || isLong !== isCut) {
    const latest = `${rowsOf} ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY span_id`;
    blocks = await read(`SELECT * FROM (${latest}) ${earliest}`);
  }
  return { columns: sortedColumns(blocks), isCut, duplicates: variants, stats: totalStats(answers) };
}

/** How many rows have the id of another one, and how many of these say something else: most were sent again as they were, which is nobody's concern. */
function countDuplicates(blocks: readonly TraceColumns[]): { readonly rows: number; readonly variants: number } {
  const ids = new Set<string>();
  let rows = 0;
  for (const { spanIds } of blocks) {
    rows += spanIds.length;
    for (const id of spanIds) {
      ids.add(id);
    }
  }
  return { rows: rows - ids.size, variants: rows === ids.size ? 0 : countVariants(blocks) - ids.size };
}

function countVariants(blocks: readonly TraceColumns[]): number {
  const variants = new Set<string>();
  for (const { spanIds, parentSpanIds, startTimes, durations, services, names } of blocks) {
    for (const [row, id] of spanIds.entries()) {
      const said = [id, parentSpanIds[row], String(startTimes[row]), durations[row], services[row], names[row]];
      variants.add(JSON.stringify(said));
    }
  }
  return variants.size;
}
