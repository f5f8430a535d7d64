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
  type OrgId,
  ROUTES,
  totalStats,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { oneDeadline } from '../one-deadline.ts';
import { QueryRunner } from '../query-runner.ts';
import { labelsKey } from './labels-key.ts';
import { matrixJson, vectorJson } from './query-json.ts';
import { readForwardRange, readLokiCount, readLokiStep } from './read-parameters.ts';
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
    const selection = { ...readForwardRange(request), matchers, lineFilters: [] };
    const { streams, parts, logs, bytes } = await this.runner.run(orgId, 'loki-volume', reply, (bounds) =>
      this.engines.storage.logs.logTotals(orgId, selection, bounds),
    );
    return { streams, chunks: parts, entries: logs, bytes };
  }

  private async answerVolume(orgId: OrgId, request: LokiVolumeRequest, reply: FastifyReply): Volumes {
    const question = volumeQuestion(request);
    const beganMs = performance.now();
    const { volumes, stats } = await this.runner.run(orgId, 'loki-volume', reply, (bounds) =>
      this.engines.storage.logs.logVolumes(orgId, question, bounds),
    );
    const time = unixSeconds(question.end);
    const series = volumes.map(({ labels, bytes }) => ({ labels, points: [[time, bytes]] as const }));
    const cost = { stats, elapsedMs: performance.now() - beganMs };
    return written(reply, await vectorJson({ series, isScalar: false, stats }, cost));
  }

  /** Of what is largest over the whole range, each step. */
  private async answerVolumeRange(orgId: OrgId, request: LokiVolumeRequest, reply: FastifyReply): Volumes {
    const question = volumeQuestion(request);
    const { start, by } = question;
    const step = readLokiStep(request.step, question);
    const beganMs = performance.now();
    const { volumes, counts } = await this.runner.run(orgId, 'loki-volume', reply, async (bounds) => {
      const boundsLeft = oneDeadline(bounds);
      const largest = await this.engines.storage.logs.logVolumes(orgId, question, boundsLeft());
      const steps = {
        origin: start,
        bucket: step,
        edges: '[)',
        by: labelsOf(largest.volumes, by),
        of: 'bytes',
      } as const;
      const counted = await this.engines.storage.logs.countLogs(orgId, { ...question, ...steps }, boundsLeft());
      return { volumes: largest, counts: counted };
    });
    const known = new Set(volumes.volumes.map(({ labels }) => labelsKey(labels)));
    const series: MatrixSeries[] = counts.series
      .map(({ labels, buckets, counts: bytes }) => ({
        labels: withoutEmpty(labels),
        points: buckets.map((bucket, at) => [unixSeconds(start + BigInt(bucket) * step), bytes[at] ?? 0] as const),
      }))
      .filter(({ labels }) => known.has(labelsKey(labels)));
    const stats = totalStats([volumes.stats, counts.stats]);
    const cost = { stats, elapsedMs: performance.now() - beganMs };
    return written(reply, await matrixJson({ series, isScalar: false, stats }, cost));
  }
}

/** What a request asks for, read once. */
function volumeQuestion(request: LokiVolumeRequest) {
  const matchers = readStreamSelector(request.query);
  const selected = matchers.map(({ name }) => name);
  return {
    ...readForwardRange(request),
    matchers,
    lineFilters: [],
    by: labelsWanted(request, selected),
    limit: Math.min(readLokiCount('limit', request.limit, LIMIT_DEFAULT), LIMIT_MAX),
  };
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

function withoutEmpty(labels: LabelValues): LabelValues {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
}

function unixSeconds(nanos: bigint): number {
  return Number(nanos / MILLIS) / 1000;
}
