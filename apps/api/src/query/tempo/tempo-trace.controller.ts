// https://grafana.com/docs/tempo/latest/api_docs/#query
import {
  AegisError,
  type Asked,
  type OrgId,
  type QueryBounds,
  ROUTES,
  type StoredSpan,
  type TempoBuildAnswer,
  type TempoTraceAnswer,
  type TempoTraceRequest,
  type TempoTraceV2Answer,
  unixNanos,
} from '@aegisguard/model';
import { searchTraces } from '@aegisguard/traceql';
import type { SpansetFilter } from '@aegisguard/traceql/syntax';
import { Controller, Headers, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { CallerOrg } from '../../platform/access.ts';
import { ENGINES, type Engines } from '../../platform/engines.ts';
import { PRODUCT_VERSION } from '../../platform/product-version.ts';
import { encoded, Serves, TheRequest, type Written, written } from '../../platform/serves.ts';
import { oneDeadline } from '../one-deadline.ts';
import { QueryRunner } from '../query-runner.ts';
import { keptSpans } from './kept-spans.ts';
import { readSpanFilter } from './read-filter.ts';
import { readTempoTraceId, readTraceRange, type TempoRange } from './read-parameters.ts';
import { traceByIdBytes, traceBytes, traceJson } from './trace-answers.ts';

/** Spans of one answer. */
const SPANS_MAX = 20_000;
const PROTOBUF = 'application/protobuf';
/** Clients choose by it what they may ask for, so it is the version that we do as. */
const DOES_AS = '3.1.0';

/** A trace, and whether it has more spans than these. */
interface ReadTrace {
  readonly spans: readonly StoredSpan[];
  readonly isCut: boolean;
  readonly bytesRead: number;
}

/** Traces by their ids, and what clients want to know of the server. */
@Controller()
export class TempoTraceController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.tempoEcho)
  echo(): string {
    return 'echo';
  }

  @Serves(ROUTES.tempoBuild)
  build(): z.infer<typeof TempoBuildAnswer> {
    return {
      version: DOES_AS,
      revision: PRODUCT_VERSION,
      branch: '',
      buildDate: '',
      buildUser: '',
      goVersion: '',
    };
  }

  @Serves(ROUTES.tempoTrace)
  async trace(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.tempoTrace>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<z.infer<typeof TempoTraceAnswer>>> {
    const { spans, isCut } = await this.read(orgId, params.traceId, query, reply);
    if (isCut) {
      throw new AegisError('query-too-large', { detail: `the trace has more than ${SPANS_MAX} spans` });
    }
    return wantsBytes(accept)
      ? encoded(reply, PROTOBUF, await traceBytes(spans))
      : written(reply, `{"batches":${await traceJson(spans)}}`);
  }

  @Serves(ROUTES.tempoTraceV2)
  async traceV2(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { params, query }: Asked<typeof ROUTES.tempoTraceV2>,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Written<z.infer<typeof TempoTraceV2Answer>>> {
    const wish = { filter: readSpanFilter(query.q), hasHierarchy: query.keep_hierarchy !== 'false' };
    const { spans, isCut, bytesRead } = await this.read(orgId, params.traceId, query, reply, wish);
    const missing = isCut ? `the trace has more than ${SPANS_MAX} spans, these are the earliest` : undefined;
    if (wantsBytes(accept)) {
      return encoded(reply, PROTOBUF, await traceByIdBytes(spans, missing));
    }
    const partial = missing === undefined ? '' : `,"status":"PARTIAL","message":${JSON.stringify(missing)}`;
    const metrics = `{"inspectedBytes":"${bytesRead}"}`;
    return written(reply, `{"trace":{"resourceSpans":${await traceJson(spans)}},"metrics":${metrics}${partial}}`);
  }

  private async read(
    orgId: OrgId,
    id: string,
    times: TempoTraceRequest,
    reply: FastifyReply,
    { filter, hasHierarchy }: { readonly filter?: SpansetFilter | undefined; readonly hasHierarchy: boolean } = {
      hasHierarchy: true,
    },
  ): Promise<ReadTrace> {
    const traceId = readTempoTraceId(id);
    const range = readTraceRange(times, Date.now());
    return this.runner.run(orgId, 'tempo-trace', reply, async (bounds) => {
      const boundsLeft = oneDeadline(bounds);
      const { spans, isCut, stats } = await this.engines.storage.spans.readTrace(
        orgId,
        traceId,
        SPANS_MAX,
        boundsLeft(),
      );
      if (!spans.some((span) => range === undefined || overlaps(span, range))) {
        throw new AegisError('not-found', { detail: 'trace not found' });
      }
      const kept =
        filter === undefined
          ? spans
          : keptSpans(spans, await this.matching(orgId, traceId, { spans, filter }, boundsLeft()), hasHierarchy);
      return { spans: kept, isCut, bytesRead: stats.bytesRead };
    });
  }

  /** Ids of a trace's spans of which a filter is true. */
  private async matching(
    orgId: OrgId,
    traceId: string,
    { spans, filter }: { readonly spans: readonly StoredSpan[]; readonly filter: SpansetFilter },
    bounds: QueryBounds,
  ): Promise<ReadonlySet<string>> {
    const { at } = filter;
    const ofTrace = {
      kind: 'binary',
      op: '=',
      left: { kind: 'intrinsic', name: 'trace-id', isParent: false, at },
      right: { kind: 'static', value: { type: 'string', value: traceId }, at },
      at,
    } as const;
    const condition =
      filter.condition === undefined
        ? ofTrace
        : ({ kind: 'binary', op: '&&', left: ofTrace, right: filter.condition, at } as const);
    // They come in the order of their starts.
    const [first, last] = [spans[0]?.startTime ?? 0n, spans.at(-1)?.startTime ?? 0n];
    const { traces } = await searchTraces(
      this.engines.storage.spans,
      orgId,
      {
        query: { kind: 'pipeline', stages: [{ ...filter, condition }], at },
        start: unixNanos(first),
        end: unixNanos(last + 1n),
        sort: 'newest',
        limit: 1,
        spansPerTrace: SPANS_MAX,
        spansetsPerTrace: 0,
      },
      bounds,
    );
    return new Set(traces.flatMap(({ matched }) => matched.spans.map(({ span }) => span.spanId)));
  }
}

function wantsBytes(accept: string | undefined): boolean {
  return accept?.split(',').some((type) => type.split(';')[0]?.trim().toLowerCase() === PROTOBUF) ?? false;
}

function overlaps({ startTime, durationNanos }: StoredSpan, { start, end }: TempoRange): boolean {
  return startTime <= end && startTime + durationNanos >= start;
}
