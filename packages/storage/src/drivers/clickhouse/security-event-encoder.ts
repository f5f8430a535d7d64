import type { SecurityEventRecord } from '@aegisguard/model';
import type { SecurityEventEncoder } from '../../driver.ts';
import { attributeColumns } from './attribute-columns.ts';
import { bytesColumn, recordEncoder, textsColumn, timesColumn } from './record-encoder.ts';
import { SECURITY_EVENT_INSERT_COLUMNS, SEVERITY_NUMBERS, SOURCE_NUMBERS } from './security-event-columns.ts';

/** Encodes security events as a block of ClickHouse's Native format. */
export const clickHouseSecurityEventEncoder: SecurityEventEncoder = recordEncoder(
  SECURITY_EVENT_INSERT_COLUMNS,
  (records: readonly SecurityEventRecord[]) => ({
    timestamp: timesColumn(records, ({ timestamp }) => timestamp),
    type: textsColumn(records, ({ type }) => type),
    severity: bytesColumn(records, ({ severity }) => SEVERITY_NUMBERS[severity]),
    source: bytesColumn(records, ({ source }) => SOURCE_NUMBERS[source]),
    actor: textsColumn(records, ({ actor }) => actor),
    ip: textsColumn(records, ({ ip }) => ip),
    country: textsColumn(records, ({ country }) => country),
    target: textsColumn(records, ({ target }) => target),
    message: textsColumn(records, ({ message }) => message),
    ...attributeColumns(
      records.map(({ attributes, details }) => ({ attributes, resource: {}, details, geo: {}, userAgent: {} })),
    ),
    occurrences: (to) => to.fixed(BigUint64Array.from(records, ({ occurrences }) => BigInt(occurrences))),
  }),
);
