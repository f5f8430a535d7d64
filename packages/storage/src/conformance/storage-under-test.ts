import { randomBytes } from 'node:crypto';
import {
  type LogReader,
  type LogRecord,
  type OrgId,
  parseOrgId,
  type QueryBounds,
  type StoredLog,
  unixNanos,
} from '@aegisguard/model';
import type {
  BatchIdentity,
  LogEncoder,
  RumEncoder,
  SecurityEventEncoder,
  SpanEncoder,
  StorageDriver,
} from '../driver.ts';

/** What the suite needs of the driver that it runs on. */
export interface StorageUnderTest {
  /** Open and migrated; every case uses organizations of its own. */
  readonly driver: () => StorageDriver;
  readonly encoder: LogEncoder;
  readonly spanEncoder: SpanEncoder;
  readonly rumEncoder: RumEncoder;
  readonly securityEventEncoder: SecurityEventEncoder;
  /** Brings what was inserted into the form that it has after a while (merged, indexed), where a driver can be made to. */
  readonly settle?: () => Promise<void>;
  /** Answers by looking at every log, in the plainest way: what drivers are compared with. */
  readonly referenceReader: (logs: ReadonlyMap<OrgId, readonly StoredLog[]>) => LogReader;
  /** Strings known to break programs; undefined when the corpus is not there. */
  readonly naughtyStrings: readonly string[] | undefined;
  /** A driver that sends the same statements over another transport and goes through every case in full: this one then takes a part of the long tables and of the random runs. */
  readonly sameStatementsAs?: string;
}

/** How many random runs, or rows of a long table, of `full` a driver goes through. */
export function shareOf({ sameStatementsAs }: Pick<StorageUnderTest, 'sameStatementsAs'>, full: number): number {
  return sameStatementsAs === undefined ? full : Math.ceil(full / 5);
}

/** A batch as the worker has it. */
export interface TestBatch {
  readonly batchId: string;
  readonly records: readonly LogRecord[];
}

/** Receipt of every batch of the suite: 2026-11-20 10:00 UTC. */
export const RECEIVED_AT_MS = Date.UTC(2026, 10, 20, 10);
/** Long enough that nothing of the suite expires while it runs, whenever that is. */
const RETENTION_DAYS = 20_000;

/** Nanoseconds of a time of 2026-11-20, in seconds after 10:00 UTC. */
export function at(seconds: number, nanos = 0): LogRecord['timestamp'] {
  return unixNanos(BigInt(RECEIVED_AT_MS + seconds * 1000) * 1_000_000n + BigInt(nanos));
}

/** A record with nothing in it but what is given. */
function logRecord(given: Partial<LogRecord> = {}): LogRecord {
  return {
    timestamp: at(0),
    level: 'info',
    severityNumber: 9,
    severityText: 'INFO',
    service: 'checkout',
    message: 'hello',
    host: '',
    env: '',
    version: '',
    traceId: '',
    spanId: '',
    scopeName: '',
    scopeVersion: '',
    attributes: {},
    resource: {},
    details: {},
    ingestId: '',
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
    ...given,
  };
}

/** A batch of records, numbered as they stand. */
export function testBatch(records: readonly Partial<LogRecord>[], batchId = newBatchId()): TestBatch {
  return { batchId, records: records.map((record, index) => logRecord({ index, ...record })) };
}

/** An organization that nobody else has. */
export function newOrg(): OrgId {
  return parseOrgId(newBatchId());
}

let batches = 0;

/** A UUIDv7-like id: ascending, with random bits behind. */
export function newBatchId(): string {
  batches += 1;
  const head = (RECEIVED_AT_MS + batches).toString(16).padStart(12, '0');
  const tail = randomBytes(10).toString('hex');
  return `${head.slice(0, 8)}-${head.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6, 18)}`;
}

/** Encodes batches of one organization and inserts them as one group. */
export async function insert(
  { driver, encoder }: Pick<StorageUnderTest, 'driver' | 'encoder'>,
  orgId: OrgId,
  ...batchesToInsert: readonly TestBatch[]
): Promise<void> {
  await driver().logs.insert(batchesToInsert.map((batch) => encodeBatch(encoder, orgId, batch)));
}

/** A batch in the driver's format. */
export function encodeBatch(encoder: LogEncoder, orgId: OrgId, { batchId, records }: TestBatch) {
  return encoder.encode(orgId, identityOf(batchId), records);
}

/** A batch as every case of the suite receives it. */
export function identityOf(batchId: string): BatchIdentity {
  return { batchId, receivedAtMs: RECEIVED_AT_MS, retentionDays: RETENTION_DAYS };
}

/** The logs that a batch must read back as. */
export function storedLogs({ batchId, records }: TestBatch): StoredLog[] {
  return records.map(({ timestamp, index, ...rest }) => ({ position: { timestamp, batchId, index }, ...rest }));
}

/** No client in a hurry. */
export function patient(): QueryBounds {
  return { signal: new AbortController().signal, timeoutMs: 30_000 };
}

/** Every time that a case of the suite uses. */
export const ALL_TIME = { start: at(-86_400), end: at(86_400) };

/** Everything of an organization, oldest first. */
export async function readAll({ driver }: StorageUnderTest, orgId: OrgId): Promise<readonly StoredLog[]> {
  const search = { ...ALL_TIME, matchers: [], lineFilters: [], limit: 5000, direction: 'forward' as const };
  return (await driver().logs.searchLogs(orgId, search, patient())).logs;
}
