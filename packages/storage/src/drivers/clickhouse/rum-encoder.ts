import type { RumRecord } from '@aegisguard/model';
import type { RumEncoder } from '../../driver.ts';
import { attributeColumns } from './attribute-columns.ts';
import { bytesColumn, recordEncoder, textsColumn, timesColumn, type WriteColumn } from './record-encoder.ts';
import { RUM_INSERT_COLUMNS, RUM_TYPE_NUMBERS } from './rum-columns.ts';

/** Encodes RUM events as a block of ClickHouse's Native format. */
export const clickHouseRumEncoder: RumEncoder = recordEncoder(RUM_INSERT_COLUMNS, (records: readonly RumRecord[]) => ({
  session_id: textsColumn(records, ({ sessionId }) => sessionId),
  timestamp: timesColumn(records, ({ timestamp }) => timestamp),
  type: bytesColumn(records, ({ type }) => RUM_TYPE_NUMBERS[type]),
  application: textsColumn(records, ({ application }) => application),
  release: textsColumn(records, ({ release }) => release),
  env: textsColumn(records, ({ env }) => env),
  user_id: textsColumn(records, ({ userId }) => userId),
  view_id: textsColumn(records, ({ viewId }) => viewId),
  url: textsColumn(records, ({ url }) => url),
  name: textsColumn(records, ({ name }) => name),
  value: doublesColumn(records, ({ value }) => value),
  duration_ms: doublesColumn(records, ({ durationMs }) => durationMs),
  stack: textsColumn(records, ({ stack }) => stack),
  ...attributeColumns(
    records.map(({ attributes, details, geo, userAgent }) => ({ attributes, resource: {}, details, geo, userAgent })),
  ),
  data: textsColumn(records, ({ data }) => JSON.stringify(data)),
}));

function doublesColumn(records: readonly RumRecord[], get: (record: RumRecord) => number): WriteColumn {
  return (to) => to.fixed(Float64Array.from(records, get));
}
