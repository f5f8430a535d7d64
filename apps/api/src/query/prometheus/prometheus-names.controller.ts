// https://prometheus.io/docs/prometheus/latest/querying/api/#querying-metadata
import {
  type Asked,
  type FoundNames,
  type OrgId,
  type PrometheusNamesAnswer,
  type PrometheusNamesRequest,
  type PrometheusSeriesAnswer,
  type QueryBounds,
  ROUTES,
  type SeriesQuestion,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { arrayJson } from '../array-json.ts';
import { labelsJson, notesJson } from '../metrics/prometheus-json.ts';
import { QueryRunner } from '../query-runner.ts';
import { unescapeLabelName } from './label-name-escape.ts';
import { TRUNCATED } from './query-json.ts';
import { readRange } from './read-parameters.ts';
import { readSelectors } from './read-selectors.ts';

/** Names in an answer, and series; past it an answer is cut as by the client's own limit. */
const NAMES_MAX = 100_000;
const SERIES_MAX = 50_000;

type Names = Promise<Written<z.infer<typeof PrometheusNamesAnswer>>>;
type Series = Promise<Written<z.infer<typeof PrometheusSeriesAnswer>>>;

/** Which series there are, and the names and values of their labels. */
@Controller()
export class PrometheusNamesController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.prometheusSeries)
  async series(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusSeries>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Series {
    return this.answerSeries(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusSeriesForm)
  async seriesForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusSeriesForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Series {
    return this.answerSeries(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusLabels)
  async labels(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusLabels>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Names {
    return this.answerLabels(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusLabelsForm)
  async labelsForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.prometheusLabelsForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Names {
    return this.answerLabels(orgId, query, reply);
  }

  @Serves(ROUTES.prometheusLabelValues)
  async labelValues(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.prometheusLabelValues>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Names {
    const label = unescapeLabelName(params.name);
    const question = questionOf(query, NAMES_MAX);
    return this.answerNames(orgId, reply, (bounds) =>
      this.engines.storage.metrics.readLabelValues(orgId, label, question, bounds),
    );
  }

  private answerLabels(orgId: OrgId, request: PrometheusNamesRequest, reply: FastifyReply): Names {
    const question = questionOf(request, NAMES_MAX);
    return this.answerNames(orgId, reply, (bounds) =>
      this.engines.storage.metrics.readLabelNames(orgId, question, bounds),
    );
  }

  private async answerNames(
    orgId: OrgId,
    reply: FastifyReply,
    read: (bounds: QueryBounds) => Promise<FoundNames>,
  ): Names {
    const { names, isCut } = await this.runner.run(orgId, 'prometheus-names', reply, read);
    return written(reply, successJson(await arrayJson(names, (name) => JSON.stringify(name)), isCut));
  }

  private async answerSeries(orgId: OrgId, request: PrometheusNamesRequest, reply: FastifyReply): Series {
    const question = questionOf(request, SERIES_MAX);
    const { series, isCut } = await this.runner.run(orgId, 'prometheus-series', reply, (bounds) =>
      this.engines.storage.metrics.readSeries(orgId, question, bounds),
    );
    return written(reply, successJson(await arrayJson(series, labelsJson), isCut));
  }
}

function questionOf(request: PrometheusNamesRequest, limitMax: number): SeriesQuestion {
  const limit = request.limit ? Math.min(request.limit, limitMax) : limitMax;
  return { selections: readSelectors(request['match[]']), ...readRange(request, Date.now()), limit };
}

function successJson(data: string, isCut: boolean): string {
  return `{"status":"success","data":${data}${notesJson(isCut ? [TRUNCATED] : [], [])}}`;
}
