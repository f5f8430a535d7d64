import { type Asked, type IngestCountsAnswer, type IngestEndpointsAnswer, type OrgId, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { histogramGrid } from './histogram-step.ts';
import { countRows } from './ingest/count-rows.ts';
import { keyNames } from './ingest/key-names.ts';
import { QueryRunner } from './query-runner.ts';

/** Counts are kept by the minute; about this many steps are shown. */
const STEPS_WANTED = 60;
const MINUTE_MS = 60_000;

/** What came in, what was refused and why, and where to send. */
@Controller()
export class IngestController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.ingestCounts)
  async counts(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.ingestCounts>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IngestCountsAnswer> {
    const { start, end } = resolveTimeRange(query, Date.now());
    const { startMs, stepMs, bars } = histogramGrid(start, end, STEPS_WANTED, MINUTE_MS);
    const endMs = startMs + bars * stepMs;
    const { accounts, storage } = this.engines;
    const counts = await this.runner.run(orgId, 'ingest/counts', reply, (bounds) =>
      storage.ingestCounts.readIngestCounts(orgId, { fromMs: startMs, toMs: endMs, stepMs }, bounds),
    );
    const names = await keyNames(accounts.apiKeys, orgId, new Set(counts.map(({ keyId }) => keyId)));
    return { start: startMs, end: endMs, stepMs, rows: countRows(counts, { startMs, stepMs, steps: bars }, names) };
  }

  @Serves(ROUTES.ingestEndpoints)
  endpoints(@Req() request: FastifyRequest): IngestEndpointsAnswer {
    const { otlpPorts } = this.engines;
    return {
      http: `${request.protocol}://${request.host}`,
      otlpHttpPort: otlpPorts.http,
      otlpGrpcPort: otlpPorts.grpc,
    };
  }
}
