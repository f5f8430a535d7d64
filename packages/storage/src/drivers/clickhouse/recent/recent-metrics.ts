import type { OrgId } from '@aegisguard/model';
import { RecentMap } from '../recent-map.ts';
import { RecentMetric } from './recent-metric.ts';

/** What nobody has asked for so long is let go of. */
const UNUSED_MS = 30 * 60_000;
/** So long what was found too large is not tried again. */
const TOO_LARGE_MS = 15 * 60_000;
const TOO_LARGE_MAX = 1_000;

/** So long it counts that a metric was asked for. */
const ASKED_MS = 2 * 60_000;
const ASKED_MAX = 1_000;

interface Kept {
  readonly orgId: OrgId;
  readonly metric: RecentMetric;
  readonly usedAt: number;
}

/** The metrics that are kept, each organization's apart, within a number of bytes: those longest not used go first. Times are those of the process's clock. */
export class RecentMetrics {
  readonly #bytesMax: number;
  /** The one used last at the end. */
  readonly #kept = new Map<string, Kept>();
  readonly #tooLarge = new RecentMap<string, number>(TOO_LARGE_MAX);
  readonly #asked = new RecentMap<string, number>(ASKED_MAX);

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return [...this.#kept.values()].reduce((sum, { metric }) => sum + metric.bytes, 0);
  }

  get(orgId: OrgId, metricId: bigint): RecentMetric | undefined {
    return this.#kept.get(keyOf(orgId, metricId))?.metric;
  }

  /** Those used since a time, by organization, ascending by id. */
  usedSince(at: number): ReadonlyMap<OrgId, readonly RecentMetric[]> {
    const recent = [...this.#kept.values()].filter(({ usedAt }) => usedAt >= at);
    recent.sort((left, right) => (left.metric.metricId < right.metric.metricId ? -1 : 1));
    const byOrg = Map.groupBy(recent, ({ orgId }) => orgId);
    return new Map([...byOrg].map(([orgId, kept]) => [orgId, kept.map(({ metric }) => metric)]));
  }

  /** One that is kept from now on, empty at first, if it was not. */
  open(orgId: OrgId, metricId: bigint, nowAt: number): RecentMetric {
    const known = this.get(orgId, metricId);
    if (known !== undefined) {
      return known;
    }
    const metric = new RecentMetric(metricId);
    this.#kept.set(keyOf(orgId, metricId), { orgId, metric, usedAt: nowAt });
    return metric;
  }

  /** Notes that it was used, and lets go of what is too much. */
  used(orgId: OrgId, metrics: readonly RecentMetric[], nowAt: number): void {
    for (const metric of metrics) {
      const key = keyOf(orgId, metric.metricId);
      this.#kept.delete(key);
      // One that is larger than all may be is not kept at all.
      if (metric.known !== undefined && metric.bytes <= this.#bytesMax) {
        this.#kept.set(key, { orgId, metric, usedAt: nowAt });
      }
    }
    let bytes = this.bytes;
    for (const [key, { metric, usedAt }] of this.#kept) {
      if (bytes <= this.#bytesMax && nowAt - usedAt < UNUSED_MS) {
        break;
      }
      bytes -= metric.bytes;
      this.#kept.delete(key);
    }
  }

  /** Whether it was asked for lately; from now on it was. */
  askedAgain(orgId: OrgId, metricId: bigint, nowAt: number): boolean {
    const key = keyOf(orgId, metricId);
    const before = this.#asked.get(key);
    this.#asked.set(key, nowAt);
    return before !== undefined && nowAt - before < ASKED_MS;
  }

  /** Whether reading what these metrics lack was found to be too much lately. */
  isTooLarge(orgId: OrgId, metricIds: readonly bigint[], nowAt: number): boolean {
    const since = this.#tooLarge.get(keyOf(orgId, ...metricIds));
    return since !== undefined && nowAt - since < TOO_LARGE_MS;
  }

  noteTooLarge(orgId: OrgId, metricIds: readonly bigint[], nowAt: number): void {
    this.#tooLarge.set(keyOf(orgId, ...metricIds), nowAt);
  }
}

function keyOf(orgId: OrgId, ...metricIds: readonly bigint[]): string {
  return `${orgId} ${metricIds}`;
}
