import { type FoundSpans, type OrgId, totalStats } from '@aegisguard/model';
import type { TableNames } from './log-table.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import { textLiteral } from './sql-literal.ts';
import { tracePlaces } from './trace-places.ts';

const TEXTS = ['name', 'service', 'host', 'status_message', 'lower(hex(span_id))'];
const LISTS = [
  'facets',
  'mapKeys(labels)',
  'mapValues(labels)',
  'events.name',
  'events.attributes',
  'links.trace_id',
  'links.span_id',
  'links.attributes',
];

/** Finds the spans of a trace that have a text somewhere, whatever its case. */
export async function findInTrace(
  runner: QueryRunner,
  tables: TableNames,
  orgId: OrgId,
  traceId: string,
  text: string,
  limit: number,
  deadline: Deadline,
): Promise<FoundSpans | undefined> {
  const places = await tracePlaces(runner, tables, orgId, traceId, deadline);
  if (places === undefined || places.rows === 0) {
    return undefined;
  }
  const { ofTrace, condition, answer } = places;
  const sought = textLiteral(text);
  const has = (column: string) => `positionCaseInsensitiveUTF8(${column}, ${sought}) > 0`;
  const matches = [...TEXTS.map(has), ...LISTS.map((list) => `arrayExists(text -> ${has('text')}, ${list})`)].join(
    ' OR ',
  );
  // A span counts as it came last. Rows in that order are smaller than what an aggregate keeps for each span.
  const latest = `SELECT span_id AS id, ${matches} AS isFound, timestamp AS start ${ofTrace} AND ${condition} ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY span_id`;
  const found = await runner.run(
    `SELECT lower(hex(id)), count() OVER () FROM (${latest}) WHERE isFound ORDER BY start, id LIMIT ${limit}`,
    deadline,
  );
  return {
    spanIds: found.rows.map(([id]) => String(id)),
    count: Number(found.rows[0]?.[1] ?? 0),
    stats: totalStats([answer, found]),
  };
}
