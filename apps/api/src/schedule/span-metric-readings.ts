import type { Accounts } from '@aegisguard/accounts';
import type { OnceGate } from '@aegisguard/limits';
import { AegisError, type IngestCountStore, type OrgId } from '@aegisguard/model';
import type { SampleToWrite } from '@aegisguard/protocols';
import type { QueueDriver } from '@aegisguard/queue';
import { queueSamples } from './queue-samples.ts';
import { type ReadingSet, SPAN_METRIC_METADATA } from './span-metric-series.ts';
import { SpanTotals, type TotalsReader } from './span-totals.ts';

/** Time between two samples of a series. */
export const SLOT_MS = 15_000;
/** So long after an organization's last span its series are written every slot, then every minute until midnight. */
const RESTING_MS = 2 * 60_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** How far back what begins is told to have been 0: as far as queries look for a value. */
const BEGINNING_MS = 5 * 60_000;
/** Samples of one message. */
const MESSAGE_SAMPLES = 2_000;

/** What it works with. */
export interface SpanMetricReadingsParts {
  readonly services: TotalsReader;
  readonly once: OnceGate;
  readonly organizations: Pick<Accounts['organizations'], 'view'>;
  readonly queue: Pick<QueueDriver, 'append'>;
  readonly ingestCounts: Pick<IngestCountStore, 'addIngestCounts'>;
  readonly nowMs: () => number;
}

/** What was written of an organization at its last reading. */
interface LastReading {
  readonly dayMs: number;
  /** Calls by the key of their set. */
  readonly calls: ReadonlyMap<string, number>;
}

/**
 * Reads what spans have come to since midnight UTC and puts it into the queue of metrics, as counters of which one process reads each slot. Late spans only add, so a counter rises until midnight and begins anew, which for queries is a
 * counter's restart. A reading that is lost is a gap of one sample.
 */
export class SpanMetricReadings {
  private readonly parts: SpanMetricReadingsParts;
  private readonly totals: SpanTotals;
  private readonly last = new Map<OrgId, LastReading>();

  constructor(parts: SpanMetricReadingsParts) {
    this.parts = parts;
    this.totals = new SpanTotals(parts.services);
  }

  /** Reads if nobody has for this slot; of how many organizations. */
  async run(): Promise<number> {
    const { services, once, nowMs } = this.parts;
    const slotMs = Math.floor(nowMs() / SLOT_MS) * SLOT_MS;
    if (!(await once.pass(`span-metrics ${slotMs}`))) {
      return 0;
    }
    // The sample at midnight is the day's last.
    const dayMs = Math.floor((slotMs - 1) / DAY_MS) * DAY_MS;
    const recent = await services.sendersSince(slotMs - RESTING_MS);
    const resting = slotMs % MINUTE_MS === 0 ? [...this.last].filter(([, { dayMs: of }]) => of === dayMs) : [];
    await this.totals.forgetChanged(slotMs);
    const orgIds = new Set([...recent, ...resting.map(([orgId]) => orgId)]);
    const failures: unknown[] = [];
    for (const orgId of orgIds) {
      // What fails for one organization is no other's.
      await this.read(orgId, dayMs, slotMs).catch((error: unknown) => failures.push(error));
    }
    for (const [orgId, { dayMs: of }] of this.last) {
      if (of < dayMs) {
        this.last.delete(orgId);
      }
    }
    if (failures.length > 0) {
      throw new AggregateError(failures, 'metrics of spans could not all be queued');
    }
    return orgIds.size;
  }

  private async read(orgId: OrgId, dayMs: number, slotMs: number): Promise<void> {
    const { nowMs, organizations, queue } = this.parts;
    const organization = await organizations.view(orgId).catch((error: unknown) => {
      if (error instanceof AegisError && error.code === 'not-found') {
        return undefined;
      }
      throw error;
    });
    if (organization === undefined) {
      return;
    }
    const { spans, edges, beyondSpans, beyondEdges, failures } = await this.totals.of(orgId, dayMs, slotMs);
    const { kept, left } = withinBound([...spans, ...edges], organization.activeSeriesMax);
    const leftOut = left + beyondSpans * (spans[0]?.readings.length ?? 0) + beyondEdges;
    if (leftOut > 0) {
      await this.countRefused(orgId, leftOut);
    }
    const before = this.last.get(orgId);
    const samples = kept.flatMap((set) => samplesOf(set, slotMs, before?.dayMs === dayMs ? before.calls : undefined));
    const { retentionDays } = organization;
    const owner = { orgId, retentionDays: retentionDays.metrics, madeAtMs: nowMs(), isUnmetered: true } as const;
    for (let at = 0; at < samples.length; at += MESSAGE_SAMPLES) {
      const metadata = at === 0 && before === undefined ? SPAN_METRIC_METADATA : [];
      await queueSamples(queue, owner, samples.slice(at, at + MESSAGE_SAMPLES), metadata);
    }
    const calls = new Map(kept.map((set) => [set.key, callsOf(set)]));
    if (failures.length === 0) {
      this.last.set(orgId, { dayMs, calls });
      return;
    }
    // What could not be read does not begin when it can be read again.
    if (before?.dayMs === dayMs) {
      this.last.set(orgId, { dayMs, calls: new Map([...before.calls, ...calls]) });
    }
    throw new AggregateError(failures, 'what spans came to could not all be read');
  }

  private async countRefused(orgId: OrgId, records: number): Promise<void> {
    const minuteMs = Math.floor(this.parts.nowMs() / MINUTE_MS) * MINUTE_MS;
    const what = { signal: 'metrics', protocol: 'native', keyId: '', outcome: 'too-many-series' } as const;
    await this.parts.ingestCounts.addIngestCounts([{ orgId, minuteMs, ...what, requests: 0, records, bytes: 0 }]);
  }
}

/** The sets for all of whose series there is room, and how many series are left out. 0 and null are no bound. */
function withinBound(all: readonly ReadingSet[], seriesMax: number | null) {
  let room = seriesMax === null || seriesMax === 0 ? Number.POSITIVE_INFINITY : seriesMax;
  let left = 0;
  const kept = all.filter(({ readings }) => {
    const fits = readings.length <= room;
    room -= fits ? readings.length : 0;
    left += fits ? 0 : readings.length;
    return fits;
  });
  return { kept, left };
}

/**
 * What begins is told to have been 0 before: from a first sample alone no rise can be told. Without a reading before, as after a start, it is what had its first span just now. Where an earlier sample has another value, readers take the
 * greater one. What has not changed has no exemplar again.
 */
function samplesOf(set: ReadingSet, slotMs: number, known: ReadonlyMap<string, number> | undefined): SampleToWrite[] {
  const { key, firstMs, readings } = set;
  const begins = known === undefined ? firstMs >= slotMs - BEGINNING_MS : !known.has(key);
  const zeros = begins
    ? Array.from({ length: BEGINNING_MS / SLOT_MS }, (_, at) => slotMs - BEGINNING_MS + at * SLOT_MS)
    : [];
  const isSame = known?.get(key) === callsOf(set);
  return readings.flatMap(({ labels, value, exemplar }) => [
    ...zeros.map((timestampMs) => ({ labels, timestampMs, value: 0 })),
    {
      labels,
      timestampMs: slotMs,
      value,
      ...(exemplar === undefined || isSame ? {} : { exemplar: { ...exemplar, timestampMs: slotMs } }),
    },
  ]);
}

/** The first reading of a set. */
function callsOf({ readings }: ReadingSet): number {
  return readings[0]?.value ?? 0;
}
