import { AegisError, type QueryStats } from '@aegisguard/model';
import { type MetricPieces, type PieceReading, type PieceRequest, readPieces } from './part-pieces.ts';
import type { RecentMetric } from './recent-metric.ts';
import type { FoundSeries } from './series-labels.ts';
import { newParts, type PartList } from './stored-parts.ts';
import { TimeColumns } from './time-column.ts';

/** What one statement should give. */
const SAMPLES_AT_ONCE = 1_000_000;
const SUPPOSED_INTERVAL_MS = 10_000;
/** Of a time, a value and a start: while they are read, samples take more memory than afterwards. */
const SAMPLE_BYTES = 24;

/** A metric that a query wants to have here. */
export interface WantedMetric {
  readonly metric: RecentMetric;
  /** The query's series of it, ascending by id. */
  readonly found: readonly FoundSeries[];
  /** The query wants so much of it that reading all of it is worth while. */
  readonly isWorthFilling: boolean;
}

/** What has to be read of a metric: samples after a time, in blocks after a block. */
interface Lack {
  readonly wanted: WantedMetric;
  readonly afterMs: number;
  readonly untilMs: number;
  readonly afterBlock: number;
  /** At most, of all metrics; undefined: not known. */
  readonly rowsMax: number | undefined;
}

/** What a metric lacks of all samples after `startMs`; undefined: it is not worth while. */
function lacksOf(wanted: WantedMetric, startMs: number, now: PartList): Lack[] | undefined {
  const { metric, isWorthFilling } = wanted;
  const fresh = metric.known === undefined ? undefined : newParts(metric.known, now, metric.fromMs);
  if (metric.known === undefined || fresh === undefined) {
    metric.forget();
    const all = { afterMs: startMs, untilMs: Number.POSITIVE_INFINITY, afterBlock: 0, rowsMax: undefined };
    return isWorthFilling ? [{ wanted, ...all }] : undefined;
  }
  const rowsMax = fresh.reduce((sum, { rows }) => sum + rows, 0);
  if (!isWorthFilling && (rowsMax > SAMPLES_AT_ONCE || startMs < metric.fromMs)) {
    return undefined;
  }
  const later = { afterMs: metric.fromMs, untilMs: Number.POSITIVE_INFINITY, afterBlock: metric.known.lastBlock };
  const earlier = { afterMs: startMs, untilMs: metric.fromMs, afterBlock: 0, rowsMax: undefined };
  return [
    ...(rowsMax > 0 ? [{ wanted, ...later, rowsMax }] : []),
    ...(startMs < metric.fromMs ? [{ wanted, ...earlier }] : []),
  ];
}

/** Reads what metrics lack of the samples after `startMs`, of all their series. Metrics change only when everything was read. */
export class RecentFill {
  readonly stats: QueryStats[] = [];
  readonly #reading: PieceReading;
  readonly #startMs: number;
  readonly #nowMs: number;
  readonly #bytesMax: number;
  readonly #pieces: MetricPieces = new Map();
  #rows = 0;

  constructor(reading: PieceReading, startMs: number, nowMs: number, bytesMax: number) {
    this.#reading = reading;
    this.#startMs = startMs;
    this.#nowMs = nowMs;
    this.#bytesMax = bytesMax;
  }

  /** Brings metrics up to the list of parts; gives those for which that is worth while. `query-too-large` when it is more than may be kept. */
  async fill(wanted: readonly WantedMetric[], now: PartList): Promise<readonly WantedMetric[]> {
    const planned = wanted.map((one) => ({ one, lacks: lacksOf(one, this.#startMs, now) }));
    for (const request of this.#requests(planned.flatMap(({ lacks }) => lacks ?? []))) {
      const stats = await readPieces(this.#reading, { ...request, lastBlock: now.lastBlock }, this.#pieces, (rows) => {
        this.#rows += rows;
        if (this.#rows * SAMPLE_BYTES > this.#bytesMax) {
          throw new AegisError('query-too-large', { internal: 'more samples than are kept' });
        }
      });
      this.stats.push(stats);
    }
    const filled = planned.filter(({ lacks }) => lacks !== undefined).map(({ one }) => one);
    const columns = new TimeColumns();
    for (const { metric } of filled) {
      const pieces = this.#pieces.get(metric.metricId) ?? new Map();
      metric.take(Math.min(this.#startMs, metric.fromMs), now, pieces, columns);
      this.#pieces.delete(metric.metricId);
    }
    return filled;
  }

  /** A round of scrapes is read with one statement for all metrics; much is read in stretches of series. */
  #requests(lacks: readonly Lack[]): Omit<PieceRequest, 'lastBlock'>[] {
    const together = new Map<string, Lack[]>();
    const requests: Omit<PieceRequest, 'lastBlock'>[] = [];
    for (const lack of lacks) {
      if (lack.rowsMax === undefined || lack.rowsMax > SAMPLES_AT_ONCE) {
        const { afterMs, untilMs, afterBlock } = lack;
        const metricIds = [lack.wanted.metric.metricId];
        requests.push(
          ...this.#stretches(lack).map((stretch) => ({ metricIds, stretch, afterMs, untilMs, afterBlock })),
        );
      } else {
        const key = `${lack.afterBlock} ${lack.afterMs}`;
        together.set(key, [...(together.get(key) ?? []), lack]);
      }
    }
    for (const [first, ...others] of together.values()) {
      if (first !== undefined) {
        const { afterMs, untilMs, afterBlock } = first;
        const metricIds = [first, ...others].map(({ wanted }) => wanted.metric.metricId);
        requests.push({ metricIds, stretch: { first: undefined, end: undefined }, afterMs, untilMs, afterBlock });
      }
    }
    return requests;
  }

  #stretches({ wanted: { found }, afterMs, untilMs }: Lack): PieceRequest['stretch'][] {
    const perSeries = Math.max(1, (Math.min(untilMs, this.#nowMs) - afterMs) / SUPPOSED_INTERVAL_MS);
    const atOnce = Math.max(1, Math.floor(SAMPLES_AT_ONCE / perSeries));
    const edges: (bigint | undefined)[] = [undefined];
    for (let place = atOnce; place < found.length; place += atOnce) {
      edges.push(found[place]?.id);
    }
    return edges.map((first, place) => ({ first, end: edges[place + 1] }));
  }
}
