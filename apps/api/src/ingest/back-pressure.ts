import { AegisError } from '@aegisguard/model';
import type { LaneStats, QueueDriver, QueueStats } from '@aegisguard/queue';
import { RecentAnswers } from './recent-answers.ts';

/** How much may wait in a stream. */
export interface WaitingBounds {
  readonly depthMax: number;
  readonly bytesMax: number;
  /** For one organization's data only: that another's is old must not refuse anybody. */
  readonly ageMsMax: number;
}

/** Past these the gateway answers 503: the worker is behind by more than a restart explains, and the queue's disk is not ours to fill. */
const BOUNDS: WaitingBounds = { depthMax: 200_000, bytesMax: 4 * 1024 ** 3, ageMsMax: 15 * 60_000 };
/** What one organization may have of them: its flood is refused while there is as much room for the others. */
const LANE_SHARE = 0.5;
/** The figures may be this old: at 1 GB/s that is a quarter of a gigabyte of overshoot. */
const REFRESH_MS = 250;
/** Some megabytes; more organizations than this in a quarter of a second are asked for more often. */
const LANES_MAX = 10_000;
const RETRY_AFTER_SECONDS = 5;

/** Refuses new batches of an organization of which too much waits in a stream, or too long; and anybody's while the whole stream is too deep. */
export class BackPressure {
  private readonly laneBounds: WaitingBounds;
  private readonly streams: RecentAnswers<QueueStats>;
  private readonly lanes: RecentAnswers<LaneStats>;

  constructor(
    private readonly queue: QueueDriver,
    private readonly group: string,
    /** Monotonic ms: a clock set back must not stretch anything. */
    nowMs: () => number = () => performance.now(),
    private readonly bounds: WaitingBounds = BOUNDS,
  ) {
    const { depthMax, bytesMax, ageMsMax } = bounds;
    this.laneBounds = { depthMax: depthMax * LANE_SHARE, bytesMax: bytesMax * LANE_SHARE, ageMsMax };
    this.streams = new RecentAnswers(REFRESH_MS, LANES_MAX, nowMs);
    this.lanes = new RecentAnswers(REFRESH_MS, LANES_MAX, nowMs);
  }

  /** Throws `queue-full` when the stream cannot take more of the organization whose lane it is. */
  async admit(stream: string, lane: string): Promise<void> {
    const { queue, group, bounds, laneBounds } = this;
    const whole = await this.streams.get(stream, () => queue.stats(stream, group));
    // No lane has more than all of them together, so as a rule there is nothing to ask.
    if (!isPast(laneBounds, whole)) {
      return;
    }
    const own = await this.lanes.get(`${stream} ${lane}`, () => queue.laneStats(stream, group, lane));
    if (isPast(laneBounds, own)) {
      throw queueFull("Too much of your organization's data is waiting to be stored; send it again later.");
    }
    if (whole.depth > bounds.depthMax || whole.bytes > bounds.bytesMax) {
      throw queueFull('Too much is waiting to be stored; send it again later.');
    }
  }
}

function isPast({ depthMax, bytesMax, ageMsMax }: WaitingBounds, { depth, bytes, oldestAgeMs }: LaneStats): boolean {
  return depth > depthMax || bytes > bytesMax || oldestAgeMs > ageMsMax;
}

function queueFull(detail: string): AegisError {
  return new AegisError('queue-full', { detail, retryAfterSeconds: RETRY_AFTER_SECONDS });
}
