import { type OrgId, type QueryBounds, type ScrubCount, type ScrubCountStore, SIGNALS } from '@aegisguard/model';
import type { InsertTarget } from './engine.ts';
import type { Inserter } from './inserter.ts';
import type { TableNames } from './log-table.ts';
import { demandWholeMinutes, minuteColumn, minuteLiteral } from './minute-column.ts';
import { NativeBlockWriter } from './native-block-writer.ts';
import { Deadline, type QueryRunner } from './query-runner.ts';
import { orgCondition } from './selection-sql.ts';
import { textLiteral, wholeNumberLiteral } from './sql-literal.ts';
import { uuidColumnBytes } from './uuid-bytes.ts';

const COLUMNS: InsertTarget['columns'] = [
  ['organization_id', 'UUID'],
  ['minute', "DateTime('UTC')"],
  ['signal', 'String'],
  ['detector', 'String'],
  ['strategy', 'String'],
  ['place', 'String'],
  ['count', 'UInt64'],
];

/** What a count is of, besides its minute. */
const KIND = 'signal, detector, strategy, place';

/** What the scrubber found, in ClickHouse. */
export class ClickHouseScrubCountStore implements ScrubCountStore {
  readonly #inserter: Inserter;
  readonly #runner: QueryRunner;
  readonly #table: string;

  constructor(inserter: Inserter, runner: QueryRunner, { scrubCounts }: TableNames) {
    this.#inserter = inserter;
    this.#runner = runner;
    this.#table = scrubCounts;
  }

  async addScrubCounts(counts: readonly ScrubCount[]): Promise<void> {
    if (counts.length > 0) {
      await this.#inserter.insert({ table: this.#table, columns: COLUMNS }, [countsBlock(counts)]);
    }
  }

  async readScrubCounts(
    orgId: OrgId,
    range: { readonly fromMs: number; readonly toMs: number; readonly stepMs: number; readonly placesMax: number },
    bounds: QueryBounds,
  ): Promise<readonly Omit<ScrubCount, 'orgId'>[]> {
    demandWholeMinutes(range.stepMs);
    const [from, to] = [minuteLiteral(range.fromMs), minuteLiteral(range.toMs)];
    const step = wholeNumberLiteral(range.stepMs / 1000);
    const source = `FROM ${this.#table} WHERE ${orgCondition(orgId)} AND minute >= toDateTime(${from}, 'UTC') AND minute < toDateTime(${to}, 'UTC')`;
    const top = `SELECT ${KIND} ${source} GROUP BY ${KIND} ORDER BY sum(count) DESC, ${KIND} LIMIT ${wholeNumberLiteral(range.placesMax)}`;
    const shown = `if((${KIND}) IN (${top}), place, ${textLiteral('(other)')})`;
    const { rows } = await this.#runner.run(
      `SELECT ${from} + intDiv(toUnixTimestamp(minute) - ${from}, ${step}) * ${step} AS time, signal, detector, strategy, ${shown} AS shown, sum(count) ${source} GROUP BY time, signal, detector, strategy, shown ORDER BY time, signal, detector, strategy, shown`,
      new Deadline(bounds),
    );
    return rows.map(([time, signal, detector, strategy, place, count]) => ({
      minuteMs: Number(time) * 1000,
      signal: SIGNALS.find((known) => known === signal) ?? 'logs',
      detector: String(detector),
      strategy: String(strategy),
      place: String(place),
      count: Number(count),
    }));
  }
}

const writer = new NativeBlockWriter();

function countsBlock(counts: readonly ScrubCount[]): Uint8Array {
  const writes: Readonly<Record<string, () => void>> = {
    organization_id: () => writer.fixed(Buffer.concat(counts.map(({ orgId }) => uuidColumnBytes(orgId)))),
    minute: () => writer.fixed(minuteColumn(counts)),
    signal: () => writer.texts(counts.map(({ signal }) => signal)),
    detector: () => writer.texts(counts.map(({ detector }) => detector)),
    strategy: () => writer.texts(counts.map(({ strategy }) => strategy)),
    place: () => writer.texts(counts.map(({ place }) => place)),
    count: () => writer.fixed(BigUint64Array.from(counts, ({ count }) => BigInt(Math.max(0, Math.trunc(count))))),
  };
  writer.start(COLUMNS.length, counts.length);
  for (const [name, type] of COLUMNS) {
    writer.column(name, type);
    writes[name]?.();
  }
  return writer.finish();
}
