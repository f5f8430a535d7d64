// https://grafana.com/docs/loki/latest/reference/loki-http-api/#query-labels
import { type LogQuery, planSelection } from '@aegisguard/logql';
import {
  type Asked,
  type LabelMatcher,
  type LokiDetectedLabelsAnswer,
  type LokiNamesAnswer,
  type LokiNamesRequest,
  type LokiSeriesAnswer,
  type LokiSeriesRequest,
  type OrgId,
  type QueryBounds,
  ROUTES,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { oneDeadline } from '../one-deadline.ts';
import { QueryRunner } from '../query-runner.ts';
import { labelsKey } from './labels-key.ts';
import { readForwardRange } from './read-parameters.ts';
import { readSelection, readSelector } from './read-query.ts';

type Names = Promise<z.infer<typeof LokiNamesAnswer>>;
type Series = Promise<z.infer<typeof LokiSeriesAnswer>>;

const NAMES_MAX = 1000;
const VALUES_MAX = 5000;
const STREAMS_MAX = 5000;
/** Labels whose values are counted, and values that are. */
const DETECTED_MAX = 50;
const DETECTED_VALUES_MAX = 1000;

/** Which streams there are, and the names and values of their labels. */
@Controller()
export class LokiNamesController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.lokiLabels)
  async labels(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiLabels>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Names {
    return this.answerLabels(orgId, query, reply);
  }

  @Serves(ROUTES.lokiLabelsForm)
  async labelsForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiLabelsForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Names {
    return this.answerLabels(orgId, query, reply);
  }

  @Serves(ROUTES.lokiLabelValues)
  async labelValues(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.lokiLabelValues>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Names {
    const question = { ...selectionIn(query), name: params.name, limit: VALUES_MAX };
    const { values } = await this.ask(orgId, reply, (bounds) =>
      this.engines.storage.logs.labelValues(orgId, question, bounds),
    );
    return { status: 'success', data: values.map(({ value }) => value).sort() };
  }

  @Serves(ROUTES.lokiSeries)
  async series(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiSeries>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Series {
    return this.answerSeries(orgId, query, reply);
  }

  @Serves(ROUTES.lokiSeriesForm)
  async seriesForm(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiSeriesForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Series {
    return this.answerSeries(orgId, query, reply);
  }

  @Serves(ROUTES.lokiDetectedLabels)
  async detectedLabels(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.lokiDetectedLabels>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof LokiDetectedLabelsAnswer>> {
    const selection = selectionIn(query);
    const { facets } = await this.ask(orgId, reply, async (bounds) => {
      const boundsLeft = oneDeadline(bounds);
      const { names } = await this.engines.storage.logs.labelNames(
        orgId,
        { ...selection, limit: NAMES_MAX },
        boundsLeft(),
      );
      const streams = names.filter(({ isStream }) => isStream).map(({ name }) => name);
      const wanted = { ...selection, names: streams.slice(0, DETECTED_MAX), limit: DETECTED_VALUES_MAX };
      return this.engines.storage.logs.logFacets(orgId, wanted, boundsLeft());
    });
    return { detectedLabels: facets.map(({ name, values }) => ({ label: name, cardinality: values.length })) };
  }

  private async answerLabels(orgId: OrgId, request: LokiNamesRequest, reply: FastifyReply): Names {
    const question = { ...selectionIn(request), limit: NAMES_MAX };
    const { names } = await this.ask(orgId, reply, (bounds) =>
      this.engines.storage.logs.labelNames(orgId, question, bounds),
    );
    return { status: 'success', data: names.map(({ name }) => name).sort() };
  }

  /** Streams that one of the selectors selects; without selectors all. */
  private async answerSeries(orgId: OrgId, request: LokiSeriesRequest, reply: FastifyReply): Series {
    const range = readForwardRange(request);
    const texts = [...new Set([...(request.match ?? []), ...(request['match[]'] ?? [])])];
    const selectors: readonly (readonly LabelMatcher[])[] = texts.length === 0 ? [[]] : texts.map(readSelector);
    const streams = await this.ask(orgId, reply, async (bounds) => {
      const found = new Map<string, Record<string, string>>();
      const boundsLeft = oneDeadline(bounds);
      for (const matchers of selectors) {
        const question = { ...range, matchers, lineFilters: [], by: 'stream' as const, limit: STREAMS_MAX };
        const { volumes } = await this.engines.storage.logs.logVolumes(orgId, question, boundsLeft());
        for (const { labels } of volumes) {
          found.set(labelsKey(labels), { ...labels });
        }
      }
      return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, labels]) => labels);
    });
    return { status: 'success', data: streams };
  }

  private async ask<Answer>(
    orgId: OrgId,
    reply: FastifyReply,
    read: (bounds: QueryBounds) => Promise<Answer>,
  ): Promise<Answer> {
    return this.runner.run(orgId, 'loki-names', reply, read);
  }
}

/** What a request's query selects; of its pipeline what the store can do counts. */
function selectionIn(request: LokiNamesRequest) {
  const query: LogQuery = readSelection(request.query);
  const { stages: _, ...selection } = planSelection(query);
  return { ...readForwardRange(request), ...selection };
}
