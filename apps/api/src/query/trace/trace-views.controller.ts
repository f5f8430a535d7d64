import {
  AegisError,
  type Asked,
  formatRfc3339Nanos,
  type OrgId,
  type QueryBounds,
  ROUTES,
  SPAN_KINDS,
  type SpanPercentileAnswer,
  type SpanView,
  type StatsView,
  type TraceAnswer,
  type TraceComparison,
  type TraceFindAnswer,
  type TraceOutline,
  totalStats,
  unixNanos,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { QueryRunner } from '../query-runner.ts';
import { type AssembledTrace, assembleTrace } from './assemble-trace.ts';
import { compareTraces } from './compare-traces.ts';
import { outlineJson } from './outline-json.ts';
import { placeOf, spanView } from './span-view.ts';
import { traceHead } from './trace-head.ts';
import { readSpanId, readTraceId } from './trace-id.ts';
import { traceWarnings } from './trace-warnings.ts';

/** A trace with more spans is shown without its last ones. */
const SPANS_MAX = 500_000;
const FOUND_MAX = 10_000;
const NANOS_PER_MS = 1e6;
const HOUR_NANOS = 3_600_000_000_000n;

/** A trace that was read and put together. */
interface ReadTrace {
  readonly traceId: string;
  readonly trace: AssembledTrace;
  readonly warnings: readonly string[];
  readonly stats: StatsView;
}

/** Views of one trace. */
@Controller()
export class TraceViewsController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.readTrace)
  async read(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.readTrace>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceAnswer> {
    const { offset, limit } = query;
    return this.runner.run(orgId, 'traces/read', reply, async (bounds) => {
      const read = await this.assembled(orgId, params.traceId, bounds);
      const { order } = read.trace;
      const rows = order.subarray(offset, offset + limit);
      const { spans, stats } = await this.spansOf(orgId, read, rows, bounds);
      return {
        ...traceHead(read.traceId, read.trace),
        spans,
        nextOffset: offset + limit < order.length ? offset + limit : null,
        warnings: [...read.warnings],
        stats: totalStats([read.stats, stats]),
      };
    });
  }

  @Serves(ROUTES.outlineTrace)
  async outline(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.outlineTrace>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<TraceOutline>> {
    const { traceId, trace, warnings, stats } = await this.runner.run(orgId, 'traces/outline', reply, (bounds) =>
      this.assembled(orgId, params.traceId, bounds),
    );
    return written(reply, outlineJson(traceId, trace, warnings, stats));
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
      const read = await this.assembled(orgId, params.traceId, bounds);
      const index = indexOfSpan(read.trace, params.spanId);
      const { spans } = await this.spansOf(orgId, read, Int32Array.of(index), bounds);
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
      const traceId = knownTraceId(params.traceId);
      const { spans } = this.engines.storage;
      const { columns, stats } = await spans.readTraceColumns(orgId, traceId, SPANS_MAX, bounds);
      const index = columns.spanIds.indexOf(readSpanId(params.spanId) ?? '');
      if (index === -1) {
        throw noSuchSpan();
      }
      const startTime = columns.startTimes[index] ?? 0n;
      const hour = startTime - (startTime % HOUR_NANOS);
      const [start, end] = [unixNanos(hour - HOUR_NANOS), unixNanos(hour + 2n * HOUR_NANOS)];
      const durationNanos = BigInt(columns.durations[index] ?? 0);
      const peers = await spans.readSpanPeers(
        orgId,
        {
          service: columns.services[index] ?? '',
          name: columns.names[index] ?? '',
          kind: SPAN_KINDS[columns.kinds[index] ?? 0] ?? 'unspecified',
          durationNanos,
          start,
          end,
        },
        bounds,
      );
      const [p50 = 0, p90 = 0, p99 = 0] = peers.quantileNanos;
      return {
        durationMs: Number(durationNanos) / NANOS_PER_MS,
        percentile: (100 * peers.notLonger) / Math.max(1, peers.count),
        peers: peers.count,
        p50Ms: p50 / NANOS_PER_MS,
        p90Ms: p90 / NANOS_PER_MS,
        p99Ms: p99 / NANOS_PER_MS,
        start: formatRfc3339Nanos(start),
        end: formatRfc3339Nanos(end),
        stats: totalStats([stats, peers.stats]),
      };
    });
  }

  @Serves(ROUTES.compareTraces)
  async compare(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params }: Asked<typeof ROUTES.compareTraces>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TraceComparison> {
    return this.runner.run(orgId, 'traces/compare', reply, async (bounds) => {
      const before = await this.assembled(orgId, params.traceId, bounds);
      const after = await this.assembled(orgId, params.otherId, bounds);
      return { ...compareTraces(before, after), stats: totalStats([before.stats, after.stats]) };
    });
  }

  private async assembled(orgId: OrgId, idText: string, bounds: QueryBounds): Promise<ReadTrace> {
    const traceId = knownTraceId(idText);
    const { columns, stats, ...faults } = await this.engines.storage.spans.readTraceColumns(
      orgId,
      traceId,
      SPANS_MAX,
      bounds,
    );
    if (columns.spanIds.length === 0) {
      throw noSuchTrace();
    }
    const trace = assembleTrace(columns);
    return { traceId, trace, warnings: traceWarnings(trace, faults), stats };
  }

  /** Spans with everything that is known of them; one that went since the columns were read is left out. */
  private async spansOf(
    orgId: OrgId,
    { traceId, trace }: ReadTrace,
    indexes: Int32Array,
    bounds: QueryBounds,
  ): Promise<{ readonly spans: SpanView[]; readonly stats: StatsView }> {
    const { spanIds, services, startTimes } = trace.columns;
    const places = Array.from(indexes, (index) => ({
      spanId: spanIds[index] ?? '',
      service: services[index] ?? '',
      startTime: unixNanos(startTimes[index] ?? 0n),
    }));
    const read = await this.engines.storage.spans.readSpansAt(orgId, traceId, places, bounds);
    const byId = new Map(read.spans.map((span) => [span.spanId, span]));
    const spans = Array.from(indexes).flatMap((index) => {
      const span = byId.get(spanIds[index] ?? '');
      return span === undefined ? [] : [spanView(span, placeOf(trace, index))];
    });
    return { spans, stats: read.stats };
  }
}

function knownTraceId(text: string): string {
  const traceId = readTraceId(text);
  if (traceId === undefined) {
    throw new AegisError('not-found', { detail: 'A trace id has 32 (or 16) hexadecimal digits.' });
  }
  return traceId;
}

function indexOfSpan({ columns }: AssembledTrace, text: string): number {
  const index = columns.spanIds.indexOf(readSpanId(text) ?? '');
  if (index === -1) {
    throw noSuchSpan();
  }
  return index;
}

function noSuchTrace(): AegisError {
  return new AegisError('not-found', { detail: 'There is no such trace.' });
}

function noSuchSpan(): AegisError {
  return new AegisError('not-found', { detail: 'The trace has no such span.' });
}
