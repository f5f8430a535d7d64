import { defaultStep } from '@aegisguard/logql';
import {
  type Asked,
  NANOS_PER_MS,
  nanosFromMs,
  type OrgId,
  ROUTES,
  type TraceFieldsAnswer,
  type TraceMetricsAnswer,
  type TraceOverviewAnswer,
  type TraceSearchAnswer,
  type TraceValuesAnswer,
  unixNanos,
} from '@aegisguard/model';
import { evaluateMetrics, listedField, overviewSpans, parseFieldName, spanConditionOf } from '@aegisguard/traceql';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { PageCursors } from '../../platform/page-cursors.ts';
import { Serves, TheRequest } from '../../platform/serves.ts';
import { resolveTimeRange } from '../../platform/time-range.ts';
import { histogramGrid } from '../histogram-step.ts';
import { QueryRunner } from '../query-runner.ts';
import { readStep } from '../read-step.ts';
import { TRACE_CURSOR, type TraceCursor } from '../trace/trace-cursor.ts';
import { queryOf, spansOf } from './flat-filter.ts';
import { listTraces } from './list-traces.ts';
import { readMetricsQuery, readSpansetQuery } from './read-trace-query.ts';
import { overviewView, plainValue, seriesViews, summaryView } from './trace-views.ts';

/** TraceQL: lists of traces, what their spans look like together, series, and the words to ask with. */
@Controller()
export class TraceqlController {
  private readonly cursors: PageCursors<TraceCursor>;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {
    this.cursors = new PageCursors(engines.cursorKey, TRACE_CURSOR);
  }

  @Serves(ROUTES.searchTraces)
  async search(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.searchTraces>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceSearchAnswer> {
    const query = queryOf(readSpansetQuery(body.query), body);
    const { cursor: text, limit, spansPerTrace, ...asked } = body;
    const question = JSON.stringify(asked);
    const cursor = text === undefined ? undefined : this.cursors.read(orgId, question, text);
    const { start, end } = cursor ?? resolveTimeRange(body, Date.now());
    const after = cursor === undefined ? {} : { after: cursor.after };
    const wish = { start, end, sort: body.sort, limit, spansPerTrace, spansetsPerTrace: 0, ...after };
    const { traces, next, stats } = await this.runner.run(orgId, 'traces/search', reply, (bounds) =>
      listTraces(this.engines.storage.spans, orgId, { query, ...wish }, bounds),
    );
    const nextCursor = next === undefined ? null : this.cursors.write(orgId, question, { start, end, after: next });
    return { traces: traces.map(({ summary, found }) => summaryView(summary, found)), nextCursor, stats };
  }

  @Serves(ROUTES.overviewTraces)
  async overview(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.overviewTraces>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceOverviewAnswer> {
    const query = spansOf(readSpansetQuery(body.query), body);
    const range = resolveTimeRange(body, Date.now());
    const { startMs, stepMs } = histogramGrid(range.start, range.end, body.steps);
    const quest = {
      ...(query === undefined ? {} : { query }),
      // A bar begins at a whole step, so the first one may begin before the range.
      start: unixNanos(nanosFromMs(startMs)),
      end: range.end,
      step: BigInt(stepMs) * NANOS_PER_MS,
      facets: body.facets.map(parseFieldName),
    };
    const overview = await this.runner.run(orgId, 'traces/overview', reply, (bounds) =>
      overviewSpans(this.engines.storage.spans, orgId, quest, bounds),
    );
    return overviewView(overview);
  }

  @Serves(ROUTES.queryTraceMetrics)
  async metrics(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.queryTraceMetrics>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceMetricsAnswer> {
    const query = readMetricsQuery(body.query);
    const { start, end } = resolveTimeRange(body, Date.now());
    const step = body.step === undefined ? defaultStep(start, end) : readStep(body.step);
    const quest = { query, start, end, step, exemplars: body.exemplars };
    const answer = await this.runner.run(orgId, 'traces/metrics', reply, (bounds) =>
      evaluateMetrics(this.engines.storage.spans, orgId, quest, bounds),
    );
    return { resultType: 'matrix', series: seriesViews(answer), stats: answer.stats };
  }

  @Serves(ROUTES.listTraceFields)
  async fields(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.listTraceFields>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceFieldsAnswer> {
    const condition = spanConditionOf(readSpansetQuery(body.query));
    const asked = { ...resolveTimeRange(body, Date.now()), condition };
    const { names, stats } = await this.runner.run(orgId, 'traces/fields', reply, (bounds) =>
      this.engines.storage.spans.attributeNames(orgId, asked, bounds),
    );
    return { fields: names.map((name) => ({ ...name })), stats };
  }

  @Serves(ROUTES.listTraceValues)
  async values(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { body }: Asked<typeof ROUTES.listTraceValues>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceValuesAnswer> {
    const field = listedField(parseFieldName(body.field));
    const condition = spanConditionOf(readSpansetQuery(body.query));
    const asked = { ...resolveTimeRange(body, Date.now()), condition, field, limit: body.limit };
    const { values, stats } = await this.runner.run(orgId, 'traces/values', reply, (bounds) =>
      this.engines.storage.spans.fieldValues(orgId, asked, bounds),
    );
    return { values: values.map(({ value, count }) => ({ value: plainValue(value), count })), stats };
  }
}
