import type { OrgId } from '@aegisguard/model';
import type { SeriesGate } from '@aegisguard/protocols';
import { SeriesSet } from './series-set.ts';

/** Time series that an organization may have active at a time, unless it was given another number. */
export const ACTIVE_SERIES_MAX = 500_000;

/** A series is active for one to two of these after its last sample. */
const GENERATION_MS = 3_600_000;
/** Of all organizations' sets together. Past it the organization that was looked at least recently is forgotten, which can only admit too much. */
const BYTES_MAX = 256 * 1024 ** 2;

interface Activity {
  young: SeriesSet;
  old: SeriesSet;
  /** Ids of `old` that are not in `young`. */
  oldOnly: number;
  /** Monotonic ms. */
  bornAtMs: number;
  /** What of `young` and `old` is in the gates' total. */
  countedBytes: number;
}

const UNLIMITED: SeriesGate = { admit: () => true };

/** Counts each organization's active series: what has no bound in a metric's labels must have one here. Each gateway process counts for itself. */
export class SeriesGates {
  private readonly activities = new Map<OrgId, Activity>();
  private totalBytes = 0;

  constructor(
    private readonly nowMs: () => number = () => performance.now(),
    private readonly bytesMax: number = BYTES_MAX,
  ) {}

  /** The gate for one batch of an organization. `seriesMax`: null means the installation's default, 0 no limit. */
  open(orgId: OrgId, seriesMax: number | null): SeriesGate {
    const max = seriesMax ?? ACTIVE_SERIES_MAX;
    if (max === 0) {
      return UNLIMITED;
    }
    const activity = this.touch(orgId);
    this.count(activity);
    this.forgetSome(activity);
    return { admit: (seriesId) => admit(activity, seriesId, max) };
  }

  private touch(orgId: OrgId): Activity {
    const nowMs = this.nowMs();
    const activity = this.activities.get(orgId) ?? newActivity(nowMs);
    const generations = Math.floor((nowMs - activity.bornAtMs) / GENERATION_MS);
    if (generations > 0) {
      activity.old = generations === 1 ? activity.young : new SeriesSet();
      activity.young = new SeriesSet();
      activity.oldOnly = activity.old.size;
      activity.bornAtMs = nowMs;
    }
    // A Map keeps the order of insertion, so the first is the one that was looked at least recently.
    this.activities.delete(orgId);
    this.activities.set(orgId, activity);
    return activity;
  }

  /** Sets grow between two looks; each look brings the total up to date for its organization. */
  private count(activity: Activity): void {
    const bytes = activity.young.bytes + activity.old.bytes;
    this.totalBytes += bytes - activity.countedBytes;
    activity.countedBytes = bytes;
  }

  private forgetSome(keep: Activity): void {
    for (const [orgId, activity] of this.activities) {
      if (this.totalBytes <= this.bytesMax || activity === keep) {
        return;
      }
      this.activities.delete(orgId);
      this.totalBytes -= activity.countedBytes;
    }
  }
}

function newActivity(nowMs: number): Activity {
  return { young: new SeriesSet(), old: new SeriesSet(), oldOnly: 0, bornAtMs: nowMs, countedBytes: 0 };
}

function admit(activity: Activity, seriesId: bigint, max: number): boolean {
  const { young, old } = activity;
  if (young.has(seriesId)) {
    return true;
  }
  if (old.has(seriesId)) {
    activity.oldOnly -= 1;
  } else if (young.size + activity.oldOnly >= max) {
    return false;
  }
  young.add(seriesId);
  return true;
}
