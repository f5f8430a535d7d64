import { type OrgId, unixNanos } from '@aegisguard/model';
import type { EngineAnswer } from './engine.ts';
import type { Deadline, QueryRunner } from './query-runner.ts';
import type { DensitySlot, SearchWindow } from './search-windows.ts';
import { orgCondition, timeLiteral } from './selection-sql.ts';
import { greater, lesser } from './whole-numbers.ts';

const MINUTE_NANOS = 60_000_000_000n;
/** Slots of the density: enough to cut windows well, few enough to read at once. */
const SLOTS_MAX = 500n;

/** How an organization's records are spread over a range of time, in slots of equal width that begin with minutes; empty ones are absent. */
export interface Density {
  readonly slotNanos: bigint;
  readonly slots: readonly DensitySlot[];
  readonly answer: EngineAnswer;
}

/** Reads it from the projection `counts_by_minute` of a table; the conditions may name only columns that the projection has. */
export async function readDensity(
  runner: QueryRunner,
  table: string,
  orgId: OrgId,
  range: SearchWindow,
  conditions: readonly string[],
  deadline: Deadline,
): Promise<Density> {
  const slotNanos = roundUp((range.end - range.start) / SLOTS_MAX, MINUTE_NANOS);
  const minute = 'toStartOfMinute(timestamp)';
  const where = [
    orgCondition(orgId),
    `${minute} >= ${minuteLiteral(range.start)}`,
    `${minute} <= ${minuteLiteral(range.end)}`,
    ...conditions,
  ];
  const slot = `intDiv(toUnixTimestamp(${minute}), ${slotNanos / 1_000_000_000n})`;
  const answer = await runner.run(
    `SELECT ${slot} AS slot, count() FROM ${table} WHERE ${where.join(' AND ')} GROUP BY slot ORDER BY slot`,
    deadline,
    { isOfProjection: true },
  );
  const slots = answer.rows.map(([number, count]) => ({
    start: unixNanos(BigInt(String(number)) * slotNanos),
    count: Number(count),
  }));
  return { slotNanos, slots, answer };
}

function minuteLiteral(time: bigint): string {
  return `toStartOfMinute(${timeLiteral(time)})`;
}

function roundUp(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step || 1n) * step;
}

/** The part of a range before `end` that holds about `target` records, taking them to be spread evenly within each slot. */
export function windowBefore(
  range: SearchWindow,
  { slotNanos, slots }: Pick<Density, 'slotNanos' | 'slots'>,
  end: bigint,
  target: number,
): SearchWindow {
  let wanted = target;
  for (const { start, count } of [...slots].reverse()) {
    const top = lesser(start + slotNanos, end);
    if (top <= start) {
      continue;
    }
    const width = top - start;
    const held = (count * Number(width)) / Number(slotNanos);
    if (held > wanted) {
      const taken = BigInt(Math.max(1, Math.ceil((Number(width) * wanted) / held)));
      return { start: unixNanos(greater(range.start, lesser(top - taken, end - 1n))), end: unixNanos(end) };
    }
    wanted -= held;
    if (start <= range.start) {
      break;
    }
  }
  return { start: range.start, end: unixNanos(end) };
}
