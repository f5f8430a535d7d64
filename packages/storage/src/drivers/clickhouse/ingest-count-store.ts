import {
  INGEST_PROTOCOLS,
  type IngestCount,
  type IngestCountStore,
  type OrgId,
  type QueryBounds,
  SIGNALS,
} from '@aegisguard/model';
import type { InsertTarget } from './engine.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { demandWholeMinutes, minuteColumn, minuteLiteral } from './minute-column.ts';
import { NativeBlockWriter } from './native-block-writer.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { wholeNumberLiteral } from './sql-literal.ts';
import { uuidColumnBytes } from './uuid-bytes.ts';

const COLUMNS: InsertTarget['columns'] = [
  ['organization_id', 'UUID'],
  ['minute', "DateTime('UTC')"],
  ['signal', 'String'],
  ['protocol', 'String'],
  ['key_id', 'String'],
  ['outcome', 'String'],
  ['requests', 'UInt64'],
  ['records', 'UInt64'],
  ['bytes', 'UInt64'],
];

/** Ingest counts in ClickHouse. */
export class ClickHouseIngestCountStore implements IngestCountStore {
  readonly #inserter: Inserter;
  readonly #runner: QueryRunner;
  readonly #table: string;

  constructor(inserter: Inserter, runner: QueryRunner, { ingestCounts }: TableNames) {
    this.#inserter = inserter;
    this.#runner = runner;
    this.#table = ingestCounts;
  }

  async addIngestCounts(counts: readonly IngestCount[]): Promise<void> {
    if (counts.length > 0) {
      await this.#inserter.insert({ table: this.#table, columns: COLUMNS }, [countsBlock(counts)]);
    }
  }

  async readIngestCounts(
    orgId: OrgId,
    { fromMs, toMs, stepMs }: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number },
    bounds: QueryBounds,
  ): Promise<readonly Omit<IngestCount, 'orgId'>[]> {
    demandWholeMinutes(stepMs);
    const [from, to, step] = [minuteLiteral(fromMs), minuteLiteral(toMs), wholeNumberLiteral(stepMs / 1000)];
    const { rows } = await this.#runner.run(
      `SELECT ${from} + intDiv(toUnixTimestamp(minute) - ${from}, ${step}) * ${step} AS time, signal, protocol, key_id, outcome, sum(requests), sum(records), sum(bytes) FROM ${this.#table} WHERE ${orgCondition(orgId)} AND minute >= toDateTime(${from}, 'UTC') AND minute < toDateTime(${to}, 'UTC') GROUP BY time, signal, protocol, key_id, outcome ORDER BY time, signal, protocol, key_id, outcome`,
      new Deadline(bounds),
    );
    return rows.map(([time, signal, protocol, keyId, outcome, requests, records, bytes]) => ({
      minuteMs: Number(time) * 1000,
      signal: SIGNALS.find((known) => known === signal) ?? 'logs',
      protocol: INGEST_PROTOCOLS.find((known) => known === protocol) ?? 'native',
      keyId: String(keyId),
      outcome: String(outcome),
      requests: Number(requests),
      records: Number(records),
      bytes: Number(bytes),
    }));
  }
}

const writer = new NativeBlockWriter();

function countsBlock(counts: readonly IngestCount[]): Uint8Array {
  const numbers = (get: (count: IngestCount) => number) =>
    writer.fixed(BigUint64Array.from(counts, (count) => BigInt(Math.max(0, Math.trunc(get(count))))));
  const writes: Readonly<Record<string, () => void>> = {
    organization_id: () => writer.fixed(Buffer.concat(counts.map(({ orgId }) => uuidColumnBytes(orgId)))),
    minute: () => writer.fixed(minuteColumn(counts)),
    signal: () => writer.texts(counts.map(({ signal }) => signal)),
    protocol: () => writer.texts(counts.map(({ protocol }) => protocol)),
    key_id: () => writer.texts(counts.map(({ keyId }) => keyId)),
    outcome: () => writer.texts(counts.map(({ outcome }) => outcome)),
    requests: () => numbers(({ requests }) => requests),
    records: () => numbers(({ records }) => records),
    bytes: () => numbers(({ bytes }) => bytes),
  };
  writer.start(COLUMNS.length, counts.length);
  for (const [name, type] of COLUMNS) {
    writer.column(name, type);
    writes[name]?.();
  }
  return writer.finish();
}
