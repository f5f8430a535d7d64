import { AegisError, type OrgId } from '@aegisguard/model';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { z } from 'zod';
import { CallerOrg, RequirePermission } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { ZodPipe } from '../platform/zod-pipe.ts';
import { usageTotals } from './usage-totals.ts';

const DAY_MS = 24 * 3_600_000;
const DAYS_MAX = 400;

const UsageRequest = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });

/** What an organization sent, per day (UTC); the last 30 days unless asked otherwise. */
@Controller('usage')
export class UsageController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Get()
  @RequirePermission('usage:read')
  async read(@CallerOrg() orgId: OrgId, @Query(new ZodPipe(UsageRequest)) request: z.infer<typeof UsageRequest>) {
    const to = request.to ?? dateOf(Date.now());
    const from = request.from ?? dateOf(Date.parse(to) - 29 * DAY_MS);
    const span = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (span < 0 || span > DAYS_MAX) {
      throw new AegisError('invalid-request', { detail: `Ask for 1 to ${DAYS_MAX} days, \`from\` not after \`to\`.` });
    }
    const days = await this.engines.storage.readDailyUsage(orgId, from, to);
    return { days, totals: usageTotals(days) };
  }
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
