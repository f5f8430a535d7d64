import type { MetricSeries, OrgId } from '@aegisguard/model';
import type { BatchIdentity } from '../../driver.ts';
import { RecentMap } from './recent-map.ts';

/** An increment of a series, in order of arrival. */
export interface Increment<Value> {
  readonly orgId: OrgId;
  readonly batch: BatchIdentity;
  readonly isRedelivery: boolean;
  readonly series: MetricSeries;
  readonly timestampMs: number;
  /** Where its interval begins; 0 when not known. */
  readonly startMs: number;
  /** Undefined is a staleness marker: a sample of its own, which adds nothing. */
  readonly value: Value | undefined;
}

/** What a series has come to. */
export interface Total<Value> {
  /** Of the last sample. */
  readonly timestampMs: number;
  readonly startMs: number;
  /** Undefined before the first increment. */
  readonly value: Value | undefined;
}

/** Reads what is stored. */
export interface TotalReader<Value> {
  /** Last totals, by series id; a series without samples is absent. */
  readTotals(orgId: OrgId, series: readonly MetricSeries[]): Promise<ReadonlyMap<bigint, Total<Value>>>;
  /** Which of these samples are stored, as `seriesId@timestampMs`. */
  readStored(
    orgId: OrgId,
    samples: readonly { readonly series: MetricSeries; readonly timestampMs: number }[],
  ): Promise<ReadonlySet<string>>;
}

/** Increments turned into samples, and what is to be known once they are stored. */
export interface AddedUp<Value> {
  /** In order of arrival, those of overtaken increments at the end; `value` is the total. */
  readonly samples: readonly Increment<Value>[];
  /** Those among them whose time is not their increment's. */
  readonly moved: readonly Increment<Value>[];
  /** Increments of a first delivery that came after a later one of their series, and whose time is not stored. */
  readonly late: readonly Increment<Value>[];
  /** The samples are stored. */
  stored(): void;
  /** Some of them may be. */
  failed(): void;
}

/**
 * Adds increments up to cumulative samples: the new sample is the series' last stored value plus the increment. The stored series is the state; what is kept here only saves reading
 * it. The total counts since the first increment seen: neither a gap nor a new start time resets it, and the samples keep the first one's start. Increments that our own redelivery
 * brings after later ones are added, too: right after the last sample, and their own time gets a staleness marker, by which another redelivery knows them.
 */
export class DeltaTotals<Value> {
  readonly #reader: TotalReader<Value>;
  readonly #add: (total: Value, increment: Value) => Value;
  readonly #known: RecentMap<string, Total<Value>>;

  constructor(reader: TotalReader<Value>, add: (total: Value, increment: Value) => Value, seriesMax: number) {
    this.#reader = reader;
    this.#add = add;
    this.#known = new RecentMap(seriesMax);
  }

  /** Not while an earlier call's samples are neither stored nor failed. */
  async addUp(increments: readonly Increment<Value>[]): Promise<AddedUp<Value>> {
    const totals = await this.#totals(increments);
    const samples: Increment<Value>[] = [];
    const behind: Increment<Value>[] = [];
    for (const increment of increments) {
      const key = keyOf(increment);
      const total = totals.get(key);
      if (total !== undefined && increment.timestampMs <= total.timestampMs) {
        behind.push(increment);
        continue;
      }
      const next = this.#next(total, increment);
      totals.set(key, next);
      samples.push({
        ...increment,
        startMs: next.startMs,
        value: increment.value === undefined ? undefined : next.value,
      });
    }
    const late = await this.#late(behind, samples);
    const moved = this.#addOvertaken(totals, late, samples);
    return {
      samples,
      moved,
      late: late.filter(({ isRedelivery }) => !isRedelivery),
      stored: () => {
        for (const [key, total] of totals) {
          this.#known.set(key, total);
        }
      },
      failed: () => {
        for (const key of totals.keys()) {
          this.#known.delete(key);
        }
      },
    };
  }

  /** Adds what later increments have overtaken in the queue, each time of a series once; gives the samples that tell of it. */
  #addOvertaken(
    totals: Map<string, Total<Value>>,
    late: readonly Increment<Value>[],
    samples: Increment<Value>[],
  ): Increment<Value>[] {
    const moved = new Map<string, Increment<Value>>();
    const added = new Set<string>();
    for (const increment of late.filter(({ isRedelivery }) => isRedelivery)) {
      const key = keyOf(increment);
      const last = totals.get(key);
      const place = `${key}@${increment.timestampMs}`;
      if (last === undefined || added.has(place)) {
        continue;
      }
      added.add(place);
      samples.push({ ...increment, startMs: last.startMs, value: undefined });
      if (increment.value !== undefined) {
        const timestampMs = moved.get(key)?.timestampMs ?? last.timestampMs + 1;
        const next = this.#next(last, { ...increment, timestampMs });
        totals.set(key, next);
        moved.set(key, { ...increment, ...next });
      }
    }
    for (const sample of moved.values()) {
      samples.push(sample);
    }
    return [...moved.values()];
  }

  #next(total: Total<Value> | undefined, { timestampMs, startMs, value }: Increment<Value>): Total<Value> {
    if (total?.value === undefined) {
      return { timestampMs, startMs, value };
    }
    return {
      timestampMs,
      startMs: total.startMs,
      value: value === undefined ? total.value : this.#add(total.value, value),
    };
  }

  /** What the increments' series have come to, from memory or else from the store. */
  async #totals(increments: readonly Increment<Value>[]): Promise<Map<string, Total<Value>>> {
    const totals = new Map<string, Total<Value>>();
    const unknown = new Map<OrgId, Map<bigint, MetricSeries>>();
    for (const increment of increments) {
      const key = keyOf(increment);
      const known = totals.get(key) ?? this.#known.get(key);
      if (known === undefined) {
        const ofOrganization = unknown.get(increment.orgId) ?? new Map<bigint, MetricSeries>();
        unknown.set(increment.orgId, ofOrganization.set(increment.series.id, increment.series));
      } else {
        totals.set(key, known);
      }
    }
    for (const [orgId, series] of unknown) {
      for (const [id, total] of await this.#reader.readTotals(orgId, [...series.values()])) {
        totals.set(`${orgId} ${id}`, total);
      }
    }
    return totals;
  }

  /** Those of the increments whose time is not stored, and is not about to be: the others came again. */
  async #late(behind: readonly Increment<Value>[], samples: readonly Increment<Value>[]): Promise<Increment<Value>[]> {
    if (behind.length === 0) {
      return [];
    }
    const about = new Set(samples.map((sample) => `${keyOf(sample)}@${sample.timestampMs}`));
    const candidates = behind.filter((increment) => !about.has(`${keyOf(increment)}@${increment.timestampMs}`));
    const late: Increment<Value>[] = [];
    for (const orgId of new Set(candidates.map((increment) => increment.orgId))) {
      const own = candidates.filter((increment) => increment.orgId === orgId);
      const stored = await this.#reader.readStored(orgId, own);
      late.push(...own.filter(({ series, timestampMs }) => !stored.has(`${series.id}@${timestampMs}`)));
    }
    return late;
  }
}

function keyOf({ orgId, series }: Pick<Increment<unknown>, 'orgId' | 'series'>): string {
  return `${orgId} ${series.id}`;
}
