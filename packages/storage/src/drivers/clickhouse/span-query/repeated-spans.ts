import { SPAN_GROUPS_MAX } from '../query-runner.ts';
import type { SpanReading } from './span-reading.ts';

/** More ids than these are looked for where they are needed; how many, where they are needed once. */
const IDS_SAID_MAX = 1_000;
const IDS_SAID_ONCE_MAX = 5_000;
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
export async function repeatedSpans(
  reading: SpanReading,
  spans: string,
  idsMax = IDS_SAID_MAX,
): Promise<RepeatedSpans | undefined> {
  const ids = await fewRepeatedIds(reading, spans, idsMax);
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

/** More rows than these, or such as take more bytes to be said, are looked for where they are needed: a statement needs them up to three times. */
const ROWS_SAID_MAX = 5_000;
const ROWS_BYTES_MAX = 40_000;

/** That a row of a range is the last of its span. Rows are named by batch and index, those of a batch together: who sends spans again sends whole batches. */
export async function lastVersionCondition(reading: SpanReading, spans: string): Promise<string> {
  const repeated = await repeatedSpans(reading, spans, IDS_SAID_ONCE_MAX);
  if (repeated === undefined) {
    return '1';
  }
  const newestFirst = 'arrayReverseSort(groupArray((received_at, batch_id, batch_index)))';
  const outdated = (among: string) =>
    `SELECT arrayJoin(arraySlice(${newestFirst}, 2)) AS version FROM ${reading.spans} WHERE ${spans} AND ${among} GROUP BY trace_id, span_id HAVING count() > 1`;
  const rows = await reading.rows(
    `SELECT hex(version.2), version.3 FROM (${outdated(repeated.repeated)}) LIMIT ${ROWS_SAID_MAX + 1}`,
    {
      groupsMax: SPAN_GROUPS_MAX,
    },
  );
  if (rows.length === 0) {
    return '1';
  }
  const said = [...Map.groupBy(rows, ([batch]) => batch)]
    .map(([batch, own]) => `('${batch}', [${own.map(([, index]) => index).join(', ')}])`)
    .join(', ');
  const among =
    rows.length > ROWS_SAID_MAX || said.length > ROWS_BYTES_MAX
      ? `SELECT version.2, version.3 FROM (${outdated(`${ID} IN (${repeatedIdsSql(reading, spans)})`)})`
      : `SELECT toFixedString(unhex(batch.1), 16), toUInt32(arrayJoin(batch.2)) FROM (SELECT arrayJoin([${said}]) AS batch)`;
  return `(batch_id, batch_index) NOT IN (${among})`;
}

/** Undefined: these are many. */
async function fewRepeatedIds(
  reading: SpanReading,
  spans: string,
  idsMax: number,
): Promise<readonly string[] | undefined> {
  const ids: string[] = [];
  const [[count] = []] = await reading.rows(`SELECT count() FROM ${reading.spans} WHERE ${spans}`, BY_PROJECTION);
  const parts = Math.ceil(Number(count) / IDS_AT_ONCE);
  for (let part = 0; part < parts; part += 1) {
    const ofPart = parts === 1 ? spans : `${spans} AND ${ID} % ${parts} = ${part}`;
    const repeated = repeatedIdsSql(reading, ofPart);
    const rows = await reading.rows(`SELECT toString(id) FROM (${repeated} LIMIT ${idsMax + 1})`, {
      ...BY_PROJECTION,
      groupsMax: SPAN_GROUPS_MAX,
    });
    ids.push(...rows.map(([id]) => String(id)));
    if (ids.length > idsMax) {
      return undefined;
    }
  }
  return ids;
}

function repeatedIdsSql(reading: SpanReading, spans: string): string {
  return `SELECT ${ID} AS id FROM ${reading.spans} WHERE ${spans} GROUP BY id HAVING count() > 1`;
}
