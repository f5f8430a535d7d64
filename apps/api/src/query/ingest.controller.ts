import { type IngestCountsAnswer, type IngestEndpointsAnswer, type OrgId, TimeInput } from '@aegisguard/model';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';
import { histogramGrid } from './histogram-step.ts';
import { countRows } from './ingest/count-rows.ts';
import { keyNames } from './ingest/key-names.ts';
import { QueryRunner } from './query-runner.ts';

/** Counts are kept by the minute; about this many steps are shown. */
const STEPS_WANTED = 60;
const MINUTE_MS = 60_000;

const CountsRequest = z.strictObject({ start: TimeInput.optional(), end: TimeInput.optional() });

/** What came in, what was refused and why, and where to send. */
@Controller('ingest')
export class IngestController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Get('counts')
  @RequirePermission('usage:read')
  async counts(
    @CallerOrg() orgId: OrgId,
    @Query(new ZodPipe(CountsRequest)) request: z.infer<typeof CountsRequest>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IngestCountsAnswer> {
    const { start, end } = resolveTimeRange(request, Date.now());
    const { startMs, stepMs, bars } = histogramGrid(start, end, STEPS_WANTED, MINUTE_MS);
    const endMs = startMs + bars * stepMs;
    const { accounts, storage } = this.engines;
    const counts = await this.runner.run(orgId, 'ingest/counts', reply, (bounds) =>
      storage.ingestCounts.readIngestCounts(orgId, { fromMs: startMs, toMs: endMs, stepMs }, bounds),
    );
    const names = await keyNames(accounts.apiKeys, orgId, new Set(counts.map(({ keyId }) => keyId)));
    return { start: startMs, end: endMs, stepMs, rows: countRows(counts, { startMs, stepMs, steps: bars }, names) };
  }

  @Get('endpoints')
  @RequirePermission('usage:read')
  endpoints(@Req() request: FastifyRequest): IngestEndpointsAnswer {
    const { otlpPorts } = this.engines;
    return {
      http: `${request.protocol}://${request.host}`,
      otlpHttpPort: otlpPorts.http,
      otlpGrpcPort: otlpPorts.grpc,
    };
  }
}
