import {
  AegisError,
  type Asked,
  formatRfc3339Nanos,
  type JsonObject,
  type OrgId,
  ROUTES,
  sanitizeLabelName,
  type TraceSearch,
  type TraceSearchAnswer,
  type TraceSearchRequest,
  type TraceSummary,
  type TraceSummaryView,
} from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { PageCursors } from '../platform/page-cursors.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { QueryRunner } from './query-runner.ts';
import { TRACE_CURSOR, type TraceCursor } from './trace/trace-cursor.ts';

const NANOS_PER_MS = 1e6;

/** Lists of traces. */
@Controller()
export class TracesController {
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
    if (body.query !== undefined && body.query.trim() !== '') {
      throw new AegisError('query-not-runnable', {
        detail: 'TraceQL is not supported yet; search by service, operation, durations, status and attributes.',
      });
    }
    const { cursor: text, limit, ...asked } = body;
    const question = JSON.stringify(asked);
    const cursor = text === undefined ? undefined : this.cursors.read(orgId, question, text);
    const { start, end } = cursor ?? resolveTimeRange(body, Date.now());
    const search: TraceSearch = {
      ...selectionOf(body),
      start,
      end,
      limit,
      sort: body.sort,
      ...(cursor === undefined ? {} : { after: cursor.after }),
    };
    const { traces, next, stats } = await this.runner.run(orgId, 'traces/search', reply, (bounds) =>
      this.engines.storage.spans.searchTraces(orgId, search, bounds),
    );
    const nextCursor = next === undefined ? null : this.cursors.write(orgId, question, { start, end, after: next });
    return { traces: traces.map(summaryView), nextCursor, stats };
  }
}

/** What of a request says which traces are meant. Durations are whole nanoseconds: a lower bound is rounded up, an upper one down. */
function selectionOf(body: TraceSearchRequest): Omit<TraceSearch, 'start' | 'end' | 'limit' | 'sort' | 'after'> {
  const { service, operation, status, minDurationMs, maxDurationMs, attributes } = body;
  return {
    ...(service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    ...(status === undefined ? {} : { status }),
    ...(minDurationMs === undefined ? {} : { minDurationNanos: nanosOf(minDurationMs, Math.ceil) }),
    ...(maxDurationMs === undefined ? {} : { maxDurationNanos: nanosOf(maxDurationMs, Math.floor) }),
    ...(attributes === undefined ? {} : { attributes: textsOf(attributes) }),
  };
}

function nanosOf(ms: number, round: (nanos: number) => number): bigint {
  return BigInt(Math.min(round(ms * NANOS_PER_MS), Number.MAX_SAFE_INTEGER));
}

function textsOf(attributes: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [sanitizeLabelName(name), String(value)]),
  );
}

function summaryView({ startTime, durationNanos, services, ...summary }: TraceSummary): TraceSummaryView {
  return {
    ...summary,
    startTime: formatRfc3339Nanos(startTime),
    durationMs: Number(durationNanos) / NANOS_PER_MS,
    services: [...services],
  };
}
