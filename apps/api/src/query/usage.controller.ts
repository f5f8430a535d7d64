import { AegisError, type Asked, type OrgId, ROUTES, type UsageAnswer } from '@aegisguard/model';
import { Controller, Inject } from '@nestjs/common';
import { CallerOrg } from '../platform/access.ts';
import { ENGINES, type Engines } from '../platform/engines.ts';
import { Serves, TheRequest } from '../platform/serves.ts';
import { usageTotals } from './usage-totals.ts';

const DAY_MS = 24 * 3_600_000;
const DAYS_MAX = 400;

/** What an organization sent, per day (UTC); the last 30 days unless asked otherwise. */
@Controller()
export class UsageController {
  constructor(@Inject(ENGINES) private readonly engines: Engines) {}

  @Serves(ROUTES.readUsage)
  async read(@CallerOrg() orgId: OrgId, @TheRequest() { query }: Asked<typeof ROUTES.readUsage>): Promise<UsageAnswer> {
    const to = query.to ?? dateOf(Date.now());
    const from = query.from ?? dateOf(Date.parse(to) - 29 * DAY_MS);
    const span = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    if (span < 0 || span > DAYS_MAX) {
      throw new AegisError('invalid-request', { detail: `Ask for 1 to ${DAYS_MAX} days, \`from\` not after \`to\`.` });
    }
    const days = await this.engines.storage.readDailyUsage(orgId, from, to);
    return { days: [...days], totals: usageTotals(days) };
  }
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
