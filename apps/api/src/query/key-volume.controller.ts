import { type Asked, type KeyVolumeAnswer, type OrgId, ROUTES } from '@aegisguard/model';
import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { keyVolumes } from './ingest/key-volumes.ts';
import { QueryRunner } from './query-runner.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** What each key sent: of the keys, and yet telemetry's to tell. */
@Controller()
export class KeyVolumeController {
  constructor(
    @Inject(ENGINES) private readonly engines: Engines,
    @Inject(QueryRunner) private readonly runner: QueryRunner,
  ) {}

  @Serves(ROUTES.keyVolume)
  async volume(
    @CallerOrg() orgId: OrgId,
    @TheRequest() { query: { days } }: Asked<typeof ROUTES.keyVolume>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KeyVolumeAnswer> {
    const toMs = Math.ceil((Date.now() + 1) / MINUTE_MS) * MINUTE_MS;
    const stepMs = days * DAY_MS;
    // One step: the store adds up all of it.
    const range = { fromMs: toMs - stepMs, toMs, stepMs };
    const counts = await this.runner.run(orgId, 'apikeys/volume', reply, (bounds) =>
      this.engines.storage.ingestCounts.readIngestCounts(orgId, range, bounds),
    );
    return { days, items: keyVolumes(counts) };
  }
}
