import type { OrganizationRetention } from '@aegisguard/accounts';
import { AegisError, type RetentionSettings, type RetentionShortened } from '@aegisguard/model';
import type { StorageDriver } from '@aegisguard/storage';

/** Signals that have a setting; security events are kept as long in every organization. */
const SETTABLE = ['logs', 'metrics', 'traces', 'rum'] as const satisfies readonly (keyof RetentionSettings)[];

/** Makes it true at once, for what is stored already, that a setting was shortened. To be called after a change of one, and once a day: what is younger than the setting today carries a longer time, too. */
async function shortenRetention(
  { retention }: Pick<StorageDriver, 'retention'>,
  { orgId, retentionDays, logRuleDays }: OrganizationRetention,
): Promise<readonly RetentionShortened[]> {
  const done: RetentionShortened[] = [];
  for (const signal of SETTABLE) {
    done.push(await retention.shorten(orgId, signal, retentionDays[signal], signal === 'logs' ? logRuleDays : []));
  }
  return done;
}

/** Does so for all organizations; how many rows were deleted. One for which it fails holds up no other; what failed is thrown at the end. */
export async function shortenRetentionOfAll(
  storage: Pick<StorageDriver, 'retention'>,
  organizations: AsyncIterable<OrganizationRetention> | Iterable<OrganizationRetention>,
): Promise<number> {
  let rows = 0;
  const failures: unknown[] = [];
  for await (const organization of organizations) {
    try {
      const tables = (await shortenRetention(storage, organization)).flatMap((shortened) => shortened.tables);
      rows += tables.reduce((sum, { rowsDeleted }) => sum + rowsDeleted, 0);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AegisError('unavailable', {
      internal: `the retention of ${failures.length} organizations could not be shortened`,
      cause: failures[0],
    });
  }
  return rows;
}
