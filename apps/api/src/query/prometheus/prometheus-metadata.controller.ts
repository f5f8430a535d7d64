// https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metric-metadata and #querying-exemplars
import {
  type Asked,
  type OrgId,
  type PrometheusExemplarsAnswer,
  type PrometheusExemplarsRequest,
  type PrometheusMetadataAnswer,
  type PrometheusTsdbAnswer,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { exemplarViews } from './exemplar-views.ts';
import { metadataView } from './metadata-view.ts';
import { TRUNCATED } from './query-json.ts';
import { readExemplars } from './read-exemplars.ts';
import { readRange } from './read-parameters.ts';
import { readQuery, selectorsIn } from './read-selectors.ts';
import { LISTED_MAX, tsdbView } from './tsdb-view.ts';

/** How far back series count for `status/tsdb`: as Prometheus's head does. */
const HEAD_MS = 2 * 60 * 60 * 1000;
const TSDB_LIMIT = 10;
/** Metrics in an answer. */
const METADATA_MAX = 100_000;

/** What is known of metrics besides their samples. */
@Controller()
export class PrometheusMetadataController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.prometheusMetadata)
  async metadata(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusMetadata>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PrometheusMetadataAnswer> {
    const limit = Math.min(query.limit ?? METADATA_MAX, METADATA_MAX);
    const { metadata, isCut } = await this.runner.run(orgId, 'prometheus-metadata', reply, (bounds) =>
      this.engines.storage.metrics.readMetadata(orgId, { metric: query.metric || undefined, limit }, bounds),
    );
    // A client that wanted no more is not warned, as Prometheus does not.
    const warnings = isCut && limit !== query.limit ? { warnings: [TRUNCATED] } : {};
    return { status: 'success', data: metadataView(metadata, query), ...warnings };
  }

  @Serves(ROUTES.prometheusExemplars)
  async exemplars(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusExemplars>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PrometheusExemplarsAnswer> {
    return this.answerExemplars(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusExemplarsForm)
  async exemplarsForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusExemplarsForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PrometheusExemplarsAnswer> {
    return this.answerExemplars(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusTsdb)
  async tsdb(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusTsdb>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PrometheusTsdbAnswer> {
    const endMs = Date.now();
    const range = { startMs: endMs - HEAD_MS, endMs };
    const found = await this.runner.run(orgId, 'prometheus-tsdb', reply, (bounds) =>
      this.engines.storage.metrics.readCardinality(orgId, { selections: [], ...range, limit: LISTED_MAX }, bounds),
    );
    return { status: 'success', data: tsdbView(found, range, query.limit || TSDB_LIMIT) };
  }

  private async answerExemplars(
    orgId: OrgId,
    { query, start, end }: PrometheusExemplarsRequest,
    reply: FastifyReply,
  ): Promise<PrometheusExemplarsAnswer> {
    const range = readRange({ start, end }, Date.now());
    const selectors = selectorsIn(readQuery('query', query));
    const found = await this.runner.run(orgId, 'prometheus-exemplars', reply, (bounds) =>
      readExemplars(this.engines.storage.metrics, orgId, selectors, range, bounds),
    );
    return { status: 'success', data: exemplarViews(found) };
  }
}
