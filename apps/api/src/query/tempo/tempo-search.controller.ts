// https://grafana.com/docs/tempo/latest/api_docs/#search
import { type Asked, type OrgId, ROUTES, type TempoSearchAnswer, type TempoSearchRequest } from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { listTraces } from '../traceql/list-traces.ts';
import { readSearchQuery } from './read-filter.ts';
import { readCount, readRange, readTagDuration } from './read-parameters.ts';
import { searchAnswer } from './search-answer.ts';
import { tagsQuery } from './tags-query.ts';

const TRACES_DEFAULT = 20;
const TRACES_MAX = 1000;
const SPANS_DEFAULT = 3;
const SPANS_MAX = 100;
const SPANSETS_MAX = 100;

/** Traces as Tempo's API looks for them. */
@Controller()
export class TempoSearchController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.tempoSearch)
  async search(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: request }: Asked<typeof ROUTES.tempoSearch>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.infer<typeof TempoSearchAnswer>> {
    const text = queryOf(request);
    const wish = {
      ...readRange(request, Date.now()),
      query: text === undefined ? undefined : readSearchQuery(text),
      limit: readCount('limit', request.limit, TRACES_DEFAULT, TRACES_MAX),
      spansPerTrace: readCount('spss', request.spss, SPANS_DEFAULT, SPANS_MAX),
      spansetsPerTrace: SPANSETS_MAX,
      sort: 'newest',
    } as const;
    const { traces, stats } = await this.runner.run(orgId, 'tempo-search', reply, (bounds) =>
      listTraces(this.engines.storage.spans, orgId, wish, bounds),
    );
    return searchAnswer(traces, stats);
  }
}

/** The query, or what tags and durations say in its place. */
function queryOf({ q, tags, minDuration, maxDuration }: TempoSearchRequest): string | undefined {
  if (q !== undefined && q.trim() !== '') {
    return q;
  }
  return tagsQuery(tags ?? '', {
    min: readTagDuration('minDuration', minDuration),
    max: readTagDuration('maxDuration', maxDuration),
  });
}
