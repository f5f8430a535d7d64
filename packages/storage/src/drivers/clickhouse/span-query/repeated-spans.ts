import { SPAN_GROUPS_MAX } from '../query-runner.ts';
import type { SpanReading } from './span-reading.ts';

/** More ids than these are looked for where they are needed. */
const IDS_SAID_MAX = 1_000;
/** Of more spans the ids are counted in parts, one after the other: some 30 bytes of the engine's memory each. */
const IDS_AT_ONCE = 2_000_000;
const BY_PROJECTION = { isOfProjection: true } as const;
/** Eight bytes, which are counted several times as fast as they are with the trace's id. */
const ID = 'reinterpretAsUInt64(span_id)';

/** Conditions on spans by whether a range has their id more than once. Where it does not, a row is the last of its span. Ids of other traces count as well, so that a span whose id is repeated may be alone, too. */
export interface RepeatedSpans {
  readonly once: string;
  readonly repeated: string;
}

/** Which spans of a range may have come several times; undefined when none has. `spans` is what is asked of all of them, time included. */
export async function repeatedSpans(reading: SpanReading, spans: string): Promise<RepeatedSpans | undefined> {
  const ids = await fewRepeatedIds(reading, spans);
  if (ids?.length === 0) {
    return undefined;
  }
  const among = ids === undefined ? repeatedIdsSql(reading, spans) : ids.join(', ');
  return { once: `${ID} NOT IN (${among})`, repeated: `${ID} IN (${among})` };
}

/** Makes of a SELECT of spans, without ORDER BY, one that tells of each the row that came last. */
export function lastVersionsSql(select: string): string {
  return `${select} ORDER BY received_at DESC, batch_id DESC, batch_index DESC LIMIT 1 BY trace_id, span_id`;
}

/** More rows than these are looked for where they are needed. */
const ROWS_SAID_MAX = 100;

/** That a row of a range is the last of its span. Rows are named by batch and index. */
export async function lastVersionCondition(reading: SpanReading, spans: string): Promise<string> {
  const repeated = await repeatedSpans(reading, spans);
  if (repeated === undefined) {
    return '1';
  }
  const newestFirst = 'arrayReverseSort(groupArray((received_at, batch_id, batch_index)))';
  const outdated = `SELECT arrayJoin(arraySlice(${newestFirst}, 2)) AS version FROM ${reading.spans} WHERE ${spans} AND ${repeated.repeated} GROUP BY trace_id, span_id HAVING count() > 1`;
  const rows = await reading.rows(`SELECT hex(version.2), version.3 FROM (${outdated}) LIMIT ${ROWS_SAID_MAX + 1}`, {
    groupsMax: SPAN_GROUPS_MAX,
  });
  if (rows.length === 0) {
    return '1';
  }
  const among =
    rows.length > ROWS_SAID_MAX
      ? `SELECT version.2, version.3 FROM (${outdated})`
      : rows.map(([batch, index]) => `(unhex('${batch}'), toUInt32(${index}))`).join(', ');
  return `(batch_id, batch_index) NOT IN (${among})`;
}

/** Undefined: these are many. */
async function fewRepeatedIds(reading: SpanReading, spans: string): Promise<readonly string[] | undefined> {
  const ids: string[] = [];
  const [[count] = []] = await reading.rows(`SELECT count() FROM ${reading.spans} WHERE ${spans}`, BY_PROJECTION);
  const parts = Math.ceil(Number(count) / IDS_AT_ONCE);
  for (let part = 0; part < parts; part += 1) {
    const ofPart = parts === 1 ? spans : `${spans} AND ${ID} % ${parts} = ${part}`;
    const repeated = repeatedIdsSql(reading, ofPart);
    const rows = await reading.rows(`SELECT toString(id) FROM (${repeated} LIMIT ${IDS_SAID_MAX + 1})`, {
      ...BY_PROJECTION,
      groupsMax: SPAN_GROUPS_MAX,
    });
    ids.push(...rows.map(([id]) => String(id)));
    if (ids.length > IDS_SAID_MAX) {
      return undefined;
    }
  }
  return ids;
}

function repeatedIdsSql(reading: SpanReading, spans: string): string {
  return `SELECT ${ID} AS id FROM ${reading.spans} WHERE ${spans} GROUP BY id HAVING count() > 1`;
}
