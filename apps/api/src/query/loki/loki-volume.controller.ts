// https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-log-volume
import type { MatrixSeries } from '@aegisguard/logql';
import {
  AegisError,
  type Asked,
  type LabelValues,
  type LokiStatsAnswer,
  type LokiStatsRequest,
  type LokiVolumeAnswer,
  type LokiVolumeRequest,
  nanosFromMs,
  type OrgId,
  type QueryStats,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { matrixJson, vectorJson } from './query-json.ts';
import { type LokiRange, readLokiCount, readLokiRange, readLokiStep, refuseReversed } from './read-parameters.ts';
import { readStreamSelector } from './read-query.ts';

type Volumes = Promise<Written<z.infer<typeof LokiVolumeAnswer>>>;
type Stats = Promise<z.infer<typeof LokiStatsAnswer>>;

const LIMIT_DEFAULT = 100;
const LIMIT_MAX = 1000;
const LABELS_MAX = 50;
const MILLIS = 1_000_000n;

/** How much was logged. */
@Controller()
export class LokiVolumeController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.lokiIndexStats)
  async indexStats(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiIndexStats>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Stats {
    return this.answerStats(orgId, query, reply);
  }

  @Serves(ROUTES.lokiIndexStatsForm)
  async indexStatsForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiIndexStatsForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Stats {
    return this.answerStats(orgId, query, reply);
  }

  @Serves(ROUTES.lokiVolume)
  async volume(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiVolume>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Volumes {
    return this.answerVolume(orgId, query, reply);
  }

  @Serves(ROUTES.lokiVolumeForm)
  async volumeForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiVolumeForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Volumes {
    return this.answerVolume(orgId, query, reply);
  }

  @Serves(ROUTES.lokiVolumeRange)
  async volumeRange(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiVolumeRange>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Volumes {
    return this.answerVolumeRange(orgId, query, reply);
  }

  @Serves(ROUTES.lokiVolumeRangeForm)
  async volumeRangeForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiVolumeRangeForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Volumes {
    return this.answerVolumeRange(orgId, query, reply);
  }

  private async answerStats(orgId: OrgId, request: LokiStatsRequest, reply: FastifyReply): Stats {
    const matchers = readStreamSelector(request.query);
    const selection = { ...rangeIn(request), matchers, lineFilters: [] };
    const { streams, parts, logs, bytes } = await this.runner.run(orgId, 'loki-volume', reply, (bounds) =>
      this.engines.storage.logs.logTotals(orgId, selection, bounds),
    );
    return { streams, chunks: parts, entries: logs, bytes };
  }

  private async answerVolume(orgId: OrgId, request: LokiVolumeRequest, reply: FastifyReply): Volumes {
    const range = rangeIn(request);
    const beganMs = performance.now();
    const { volumes, stats } = await this.volumes(orgId, request, range, reply);
    const time = unixSeconds(range.end);
    const series = volumes.map(({ labels, bytes }) => ({ labels, points: [[time, bytes]] as const }));
    const cost = { stats, elapsedMs: performance.now() - beganMs };
    return written(reply, await vectorJson({ series, isScalar: false, stats }, cost));
  }

  /** Step by step, each with its own largest ones: what a chart of the largest shows. */
  private async answerVolumeRange(orgId: OrgId, request: LokiVolumeRequest, reply: FastifyReply): Volumes {
    const range = rangeIn(request);
    const step = readLokiStep(request.step, range);
    const beganMs = performance.now();
    const matchers = readStreamSelector(request.query);
    const { volumes, stats: volumeStats } = await this.volumes(orgId, request, range, reply);
    const by = labelsWanted(
      request,
      matchers.map(({ name }) => name),
    );
    const counts = await this.runner.run(orgId, 'loki-volume', reply, (bounds) =>
      this.engines.storage.logs.countLogs(
        orgId,
        {
          ...range,
          matchers,
          lineFilters: [],
          origin: range.start,
          bucket: step,
          edges: '[)',
          by: labelsOf(volumes, by),
          of: 'bytes',
        },
        bounds,
      ),
    );
    const known = new Set(volumes.map(({ labels }) => keyOf(labels)));
    const series: MatrixSeries[] = counts.series
      .map(({ labels, buckets, counts: bytes }) => ({
        labels: withoutEmpty(labels),
        points: buckets.map(
          (bucket, at) => [unixSeconds(range.start + BigInt(bucket) * step), bytes[at] ?? 0] as const,
        ),
      }))
      .filter(({ labels }) => known.has(keyOf(labels)));
    const stats = { ...counts.stats, rowsRead: counts.stats.rowsRead + volumeStats.rowsRead };
    return written(
      reply,
      await matrixJson({ series, isScalar: false, stats }, { stats, elapsedMs: performance.now() - beganMs }),
    );
  }

  private async volumes(
    orgId: OrgId,
    request: LokiVolumeRequest,
    range: LokiRange,
    reply: FastifyReply,
  ): Promise<{
    readonly volumes: readonly { readonly labels: LabelValues; readonly bytes: number }[];
    readonly stats: QueryStats;
  }> {
    const matchers = readStreamSelector(request.query);
    const limit = Math.min(readLokiCount('limit', request.limit, LIMIT_DEFAULT), LIMIT_MAX);
    const by = labelsWanted(
      request,
      matchers.map(({ name }) => name),
    );
    return this.runner.run(orgId, 'loki-volume', reply, (bounds) =>
      this.engines.storage.logs.logVolumes(orgId, { ...range, matchers, lineFilters: [], by, limit }, bounds),
    );
  }
}

function rangeIn(request: LokiStatsRequest): LokiRange {
  const range = readLokiRange(request, nanosFromMs(Date.now()));
  refuseReversed(range);
  return range;
}

/** What is added up by: the labels that are named, else those of the selector. */
function labelsWanted(
  { targetLabels = '', aggregateBy = 'series' }: LokiVolumeRequest,
  selected: readonly string[],
): readonly string[] {
  if (aggregateBy !== 'series' && aggregateBy !== '') {
    throw new AegisError('invalid-request', {
      detail: `invalid aggregation option: ${aggregateBy}; only series is known`,
    });
  }
  const named = targetLabels
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const wanted = [...new Set(named.length > 0 ? named : selected)];
  if (wanted.length > LABELS_MAX) {
    throw new AegisError('invalid-request', { detail: `at most ${LABELS_MAX} labels can be added up by` });
  }
  return wanted;
}

function labelsOf(volumes: readonly { readonly labels: LabelValues }[], by: readonly string[]): readonly string[] {
  return by.length > 0 ? by : [...new Set(volumes.flatMap(({ labels }) => Object.keys(labels)))];
}

function keyOf(labels: LabelValues): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutEmpty(labels: LabelValues): LabelValues {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

function unixSeconds(nanos: bigint): number {
  return Number(nanos / MILLIS) / 1000;
}
