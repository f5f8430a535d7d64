import { AegisError, type MetricSelection, type QueryStats } from '@aegisguard/model';
import type { TableNames } from '../log-table.ts';
import type { MetricReading } from '../metric-reading.ts';
import { seriesCondition, seriesKeysCondition, timeMsLiteral } from '../metric-selection-sql.ts';
import { Deadline, type QueryRunner } from '../query-runner.ts';
import type { SampleArrays } from '../sample-order.ts';
import { textLiteral } from '../sql-literal.ts';
import type { PieceReading } from './part-pieces.ts';
import { RangeViews } from './range-views.ts';
import { RecentFill, type WantedMetric } from './recent-fill.ts';
import { RecentLookup } from './recent-lookup.ts';
import type { RecentMetric } from './recent-metric.ts';
import { RecentMetrics } from './recent-metrics.ts';
import type { FoundSet } from './series-finder.ts';
import type { FoundSeries } from './series-labels.ts';
import { type PartList, type PointParts, StoredParts } from './stored-parts.ts';

/** How much is kept. */
export interface RecentLimits {
  /** Of all organizations together. */
  readonly bytesMax: number;
  /** Queries of fewer series are read from the engine, unless what they want is here already. */
  readonly seriesMin: number;
  /** So long after an insert its samples are read: before a merge makes them part of much that is known, but seldom enough to cost little. undefined: with the next query. */
  readonly followMs: number | undefined;
}

/** What is asked for earlier is read from the engine. */
const WINDOW_MS = 6 * 3_600_000;
const METRICS_MAX = 100;
/** What is later lies in partitions of earlier days: a date is no later than 2149-06-06. */
const DAYS_END_MS = Date.UTC(2149, 5, 6);
/** A query that wants less of a metric's series, or of the time since its start, does not make all of it be read. */
const SHARE_MIN = 0.5;
/** Of its series, when it was asked for lately: to read so many from the engine time and again costs more. */
const SHARE_AGAIN_MIN = 0.05;
/** What was used so lately is kept up to date by itself. */
const FOLLOWED_MS = 2 * 60_000;
const FOLLOW_TIMEOUT_MS = 20_000;

/** What was found here; the query's other series are to be read from the engine. */
export interface RecentAnswer {
  /** Of each series in order of labels. */
  readonly samples: readonly (SampleArrays | undefined)[];
  /** Series whose samples are not kept, ascending by metric and id. */
  readonly others: readonly FoundSeries[];
  /** Those of the kept ones' metrics that have native histograms, too, which are not kept. */
  readonly withHistograms: readonly FoundSeries[];
  readonly stats: readonly QueryStats[];
}

/**
 * Decoded float samples of the last hours, whole metrics at a time. An answer is what the engine would give: before each one the table's parts are listed, what came in since is read,
 * and a metric of which something was deleted is read anew. Docs: ADR 0019.
 */
export class RecentSamples {
  readonly #runner: QueryRunner;
  readonly #tables: TableNames;
  readonly #limits: RecentLimits;
  readonly #nowMs: () => number;
  readonly #parts: StoredParts;
  readonly #metrics: RecentMetrics;
  readonly #lookup = new RecentLookup();

  constructor(runner: QueryRunner, tables: TableNames, limits: RecentLimits, nowMs: () => number) {
    this.#runner = runner;
    this.#tables = tables;
    this.#limits = limits;
    this.#nowMs = nowMs;
    this.#parts = new StoredParts(runner, tables);
    this.#metrics = new RecentMetrics(limits.bytesMax);
  }

  /** Samples of the found series; undefined: there is nothing to be had here. */
  async select(reading: MetricReading, selection: MetricSelection, found: FoundSet): Promise<RecentAnswer | undefined> {
    const begunAt = performance.now();
    const metricCount = found.byMetric.size;
    const isRecent = selection.startMs >= this.#nowMs() - WINDOW_MS && selection.endMs < DAYS_END_MS;
    if (!isRecent || metricCount === 0 || metricCount > METRICS_MAX) {
      return undefined;
    }
    const { wanted, stats } = await this.#wanted(reading, selection, found, begunAt);
    if (wanted.length === 0) {
      return undefined;
    }
    const metrics = wanted.map(({ metric }) => metric);
    try {
      return await inTurn(metrics, reading, async () => {
        const fill = new RecentFill(reading, selection.startMs, this.#nowMs(), this.#limits.bytesMax);
        fill.stats.push(...stats);
        const filled = await this.#current(fill, reading, selection.startMs, wanted, begunAt);
        return filled.length === 0 ? undefined : { ...this.#views(selection, found, filled), stats: fill.stats };
      });
    } finally {
      this.#metrics.used(reading.orgId, metrics, performance.now());
    }
  }

  /** Brings up to date what was used lately. */
  async follow(): Promise<void> {
    const begunAt = performance.now();
    for (const [orgId, metrics] of this.#metrics.usedSince(begunAt - FOLLOWED_MS)) {
      const deadline = new Deadline({ signal: new AbortController().signal, timeoutMs: FOLLOW_TIMEOUT_MS });
      const reading = { runner: this.#runner, tables: this.#tables, orgId, deadline };
      const wanted = metrics.map((metric) => ({ metric, found: [], isWorthFilling: false }));
      await inTurn(metrics, reading, async () => {
        const fill = new RecentFill(reading, Number.POSITIVE_INFINITY, this.#nowMs(), this.#limits.bytesMax);
        await this.#current(fill, reading, Number.POSITIVE_INFINITY, wanted, begunAt);
      });
    }
  }

  /** Metrics that are here, or of which the query wants so much that they shall be. */
  async #wanted(
    reading: MetricReading,
    selection: MetricSelection,
    { series, byMetric }: FoundSet,
    nowAt: number,
  ): Promise<{ wanted: WantedMetric[]; stats: readonly QueryStats[] }> {
    const { orgId } = reading;
    const sinceStartMs = this.#nowMs() - selection.startMs;
    const isFill =
      selection.endMs - selection.startMs >= sinceStartMs * SHARE_MIN && series.length >= this.#limits.seriesMin;
    const isHere = (metricId: bigint) => {
      const metric = this.#metrics.get(orgId, metricId);
      return metric?.known !== undefined && metric.fromMs <= selection.startMs;
    };
    const missing = [...byMetric.keys()].filter((id) => !isHere(id));
    const isTooMuch = this.#metrics.isTooLarge(orgId, missing, nowAt);
    const { totals, stats } = await this.#totals(reading, selection, byMetric, isFill && !isTooMuch ? missing : []);
    const wanted = [...byMetric].flatMap(([metricId, ofMetric]) => {
      const total = isHere(metricId) ? this.#metrics.get(orgId, metricId)?.seriesCount : totals.get(metricId);
      const isAgain = total !== undefined && this.#metrics.askedAgain(orgId, metricId, nowAt);
      const isWorthFilling = total !== undefined && ofMetric.length >= total * (isAgain ? SHARE_AGAIN_MIN : SHARE_MIN);
      return isHere(metricId) || isWorthFilling
        ? [{ metric: this.#metrics.open(orgId, metricId, nowAt), found: ofMetric, isWorthFilling }]
        : [];
    });
    return { wanted, stats };
  }

  /** How many series metrics have. */
  async #totals(
    { runner, tables, orgId, deadline }: MetricReading,
    { matchers, startMs, endMs }: MetricSelection,
    byMetric: ReadonlyMap<bigint, readonly FoundSeries[]>,
    metricIds: readonly bigint[],
  ): Promise<{ totals: ReadonlyMap<bigint, number>; stats: readonly QueryStats[] }> {
    if (metricIds.length === 0 || matchers.every(({ name }) => name === '__name__')) {
      return { totals: new Map(metricIds.map((id) => [id, byMetric.get(id)?.length ?? 0])), stats: [] };
    }
    const names = metricIds.map((id) => metricName(byMetric.get(id)?.[0]));
    const answer = await runner.run(
      `SELECT toString(metric_id), uniqExact(series_id) FROM ${tables.series} WHERE ${seriesCondition(orgId, { matchers: [], startMs, endMs })} AND metric IN (${names.map(textLiteral).join(', ')}) GROUP BY metric_id`,
      deadline,
    );
    return { totals: new Map(answer.rows.map(([id, count]) => [BigInt(String(id)), Number(count)])), stats: [answer] };
  }

  /** Brings metrics up to date; gives those for which that was worth while. */
  async #current(
    fill: RecentFill,
    reading: PieceReading,
    startMs: number,
    wanted: readonly WantedMetric[],
    begunAt: number,
  ): Promise<readonly WantedMetric[]> {
    // Who had the turn before may have listed the parts after this query began.
    if (wanted.every(({ metric }) => metric.listedAt >= begunAt && metric.fromMs <= startMs)) {
      return wanted;
    }
    const listedAt = performance.now();
    const fromMs = Math.min(startMs, ...wanted.map(({ metric }) => metric.fromMs));
    if (fromMs === Number.POSITIVE_INFINITY) {
      // Nothing is known any more, and nothing is asked for.
      return [];
    }
    const parts = await this.#parts.list(fromMs, reading.deadline);
    const filled = parts === undefined ? [] : await this.#fill(fill, reading, wanted, startMs, parts);
    for (const { metric } of filled) {
      metric.listedAt = listedAt;
    }
    return filled;
  }

  #views(
    { startMs, endMs }: MetricSelection,
    { byLabels, byMetric }: FoundSet,
    filled: readonly WantedMetric[],
  ): Omit<RecentAnswer, 'stats'> {
    const metrics = filled.map(({ metric }) => metric);
    for (const metric of metrics) {
      metric.want(startMs, this.#nowMs());
    }
    const views = new RangeViews(startMs, endMs);
    const isFilled = new Set(metrics.map(({ metricId }) => metricId));
    return {
      samples: this.#lookup
        .find(byLabels, metrics)
        .map((series) => (series === undefined ? undefined : views.of(series))),
      others: [...byMetric].flatMap(([metricId, ofMetric]) => (isFilled.has(metricId) ? [] : ofMetric)),
      withHistograms: filled.flatMap(({ metric, found }) => (metric.hasHistograms ? found : [])),
    };
  }

  async #fill(
    fill: RecentFill,
    reading: PieceReading,
    wanted: readonly WantedMetric[],
    startMs: number,
    { samples, histograms }: PointParts,
  ): Promise<readonly WantedMetric[]> {
    try {
      const filled = await fill.fill(wanted, samples);
      await this.#lookForHistograms(
        fill,
        reading,
        filled.map(({ metric }) => metric),
        histograms,
      );
      return filled;
    } catch (error) {
      if (!(error instanceof AegisError && error.code === 'query-too-large')) {
        throw error;
      }
      const missing = wanted.filter(({ metric }) => metric.fromMs > startMs).map(({ metric }) => metric.metricId);
      this.#metrics.noteTooLarge(reading.orgId, missing, performance.now());
      return [];
    }
  }

  /** Metrics without histograms stay so until parts with histograms come in. */
  async #lookForHistograms(
    fill: RecentFill,
    { runner, tables, orgId, deadline }: PieceReading,
    metrics: readonly RecentMetric[],
    parts: PartList,
  ): Promise<void> {
    const unknown = metrics.filter((metric) => !metric.knowsHistograms(parts));
    if (unknown.length === 0) {
      return;
    }
    let withSome: ReadonlySet<bigint> = new Set();
    if (parts.parts.some(({ rows }) => rows > 0)) {
      const keys = unknown.map(({ metricId }) => ({ metricId, id: 0n }));
      const fromMs = Math.min(...unknown.map((metric) => metric.fromMs));
      const answer = await runner.run(
        `SELECT DISTINCT toString(metric_id) FROM ${tables.histograms} WHERE ${seriesKeysCondition(orgId, keys, false)} AND timestamp > ${timeMsLiteral(fromMs)}`,
        deadline,
      );
      fill.stats.push(answer);
      withSome = new Set(answer.rows.map(([id]) => BigInt(String(id))));
    }
    for (const metric of unknown) {
      metric.noteHistograms(parts, withSome.has(metric.metricId));
    }
  }
}

/** Does the work while no one else does with these metrics, which are in the order that all take them in: no two wait for each other. */
async function inTurn<Result>(
  metrics: readonly RecentMetric[],
  { deadline }: PieceReading,
  work: () => Promise<Result>,
): Promise<Result> {
  const ends: (() => void)[] = [];
  try {
    for (const { turns } of metrics) {
      ends.push(await turns.take(deadline.signal));
    }
    return await work();
  } catch (error) {
    if (deadline.signal.aborted) {
      deadline.remainingMs();
    }
    throw error;
  } finally {
    for (const end of ends) {
      end();
    }
  }
}

function metricName(series: FoundSeries | undefined): string {
  return series?.labels.find(([name]) => name === '__name__')?.[1] ?? '';
}
