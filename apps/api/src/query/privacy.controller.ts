import { type Asked, type GeoSourceAnswer, type OrgId, type PrivacyFindingsAnswer, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { resolveTimeRange } from '../platform/time-range.ts';
import { histogramGrid } from './histogram-step.ts';
import { findingRows } from './privacy/finding-rows.ts';
import { geoSource } from './privacy/geo-source.ts';
import { QueryRunner } from './query-runner.ts';

/** Counts are kept by the minute; about this many steps are shown. */
const STEPS_WANTED = 60;
const MINUTE_MS = 60_000;
/** Places that are shown by themselves. */
const PLACES_MAX = 500;

/** What the scrubber found in the organization's telemetry, where, and what was done; never a value. */
@Controller()
export class PrivacyController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  /** The same for every organization of the installation. */
  @Serves(ROUTES.geoSource)
  geo(): GeoSourceAnswer {
    return geoSource(this.engines.config.geoDatabases);
  }

  @Serves(ROUTES.privacyFindings)
  async findings(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query }: Asked<typeof ROUTES.privacyFindings>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PrivacyFindingsAnswer> {
    const { start, end } = resolveTimeRange(query, Date.now());
    const { startMs, stepMs, bars } = histogramGrid(start, end, STEPS_WANTED, MINUTE_MS);
    const range = { fromMs: startMs, toMs: startMs + bars * stepMs, stepMs, placesMax: PLACES_MAX };
    const counts = await this.runner.run(orgId, 'privacy/findings', reply, (bounds) =>
      this.engines.storage.scrubCounts.readScrubCounts(orgId, range, bounds),
    );
    return { start: startMs, end: range.toMs, stepMs, rows: findingRows(counts, { startMs, stepMs, steps: bars }) };
  }
}
