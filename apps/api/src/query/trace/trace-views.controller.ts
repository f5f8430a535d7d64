import {
  type Asked,
  type OrgId,
  ROUTES,
  type SpanPercentileAnswer,
  type SpanView,
  type TraceAnswer,
  type TraceComparison,
  type TraceFindAnswer,
  type TraceOutline,
  totalStats,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { compressed } from '../../platform/compressed-answer.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written } from '../../platform/serves.ts';
import { arrayJson } from '../array-json.ts';
import { QueryRunner } from '../query-runner.ts';
import { compareTraces } from './compare-traces.ts';
import { outlineJson } from './outline-json.ts';
import { spanPercentile } from './span-percentile.ts';
import { traceHead } from './trace-head.ts';
import { knownTraceId, noSuchSpan, noSuchTrace, TraceReading } from './trace-reading.ts';

const FOUND_MAX = 10_000;

/** Views of one trace. */
@Controller()
export class TraceViewsController {
  private readonly reading: TraceReading;

  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {
    this.reading = new TraceReading(engines.storage.spans);
  }

  @Serves(ROUTES.readTrace)
  async read(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.readTrace>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<TraceAnswer>> {
    const { offset, limit } = query;
    return this.runner.run(orgId, 'traces/read', reply, async (bounds) => {
      // The first rows are those of the trace as it is now, the others go on with them.
      const read = await (offset === 0
        ? this.reading.open(orgId, params.traceId, bounds)
        : this.reading.reopen(orgId, params.traceId, bounds));
      const { spans, stats } = await this.reading.spans(
        orgId,
        read,
        read.trace.order.subarray(offset, offset + limit),
        bounds,
      );
      bounds.signal.throwIfAborted();
      const rest: Omit<TraceAnswer, 'spans'> = {
        ...traceHead(read.traceId, read.trace),
        nextOffset: offset + limit < read.trace.order.length ? offset + limit : null,
        warnings: [...read.warnings],
        stats: totalStats([read.stats, stats]),
      };
      const spansJson = await arrayJson(spans, (span) => JSON.stringify(span));
      return compressed<TraceAnswer>(reply, `${JSON.stringify(rest).slice(0, -1)},"spans":${spansJson}}`);
    });
  }

  @Serves(ROUTES.outlineTrace)
  async outline(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.outlineTrace>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<TraceOutline>> {
    return this.runner.run(orgId, 'traces/outline', reply, async (bounds) => {
      const read = await this.reading.open(orgId, params.traceId, bounds);
      bounds.signal.throwIfAborted();
      return compressed<TraceOutline>(reply, outlineJson(read.traceId, read.trace, read.warnings, read.stats));
    });
  }

  @Serves(ROUTES.findInTrace)
  async find(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.findInTrace>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceFindAnswer> {
    const traceId = knownTraceId(params.traceId);
    const found = await this.runner.run(orgId, 'traces/find', reply, (bounds) =>
      this.engines.storage.spans.findInTrace(orgId, traceId, query.text, FOUND_MAX, bounds),
    );
    if (found === undefined) {
      throw noSuchTrace();
    }
    return { ...found, spanIds: [...found.spanIds] };
  }

  @Serves(ROUTES.readSpan)
  async span(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.readSpan>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpanView> {
    return this.runner.run(orgId, 'traces/span', reply, async (bounds) => {
      const { read, index } = await this.reading.find(orgId, params.traceId, params.spanId, bounds);
      const { spans } = await this.reading.spans(orgId, read, Int32Array.of(index), bounds);
      const [span] = spans;
      if (span === undefined) {
        throw noSuchSpan();
      }
      return span;
    });
  }

  @Serves(ROUTES.spanPercentile)
  async percentile(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.spanPercentile>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SpanPercentileAnswer> {
    return this.runner.run(orgId, 'traces/percentile', reply, async (bounds) => {
      const { read, index } = await this.reading.find(orgId, params.traceId, params.spanId, bounds);
      return spanPercentile(this.engines.storage.services, orgId, read, index, bounds);
    });
  }

  @Serves(ROUTES.compareTraces)
  async compare(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.compareTraces>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<TraceComparison>> {
    return this.runner.run(orgId, 'traces/compare', reply, async (bounds) => {
      const before = await this.reading.reopen(orgId, params.traceId, bounds);
      const after = await this.reading.reopen(orgId, params.otherId, bounds);
      bounds.signal.throwIfAborted();
      const stats = totalStats([before.stats, after.stats]);
      const comparison: TraceComparison = { ...compareTraces(before, after), stats };
      return compressed<TraceComparison>(reply, JSON.stringify(comparison));
    });
  }
}
