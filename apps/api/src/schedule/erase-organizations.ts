import type { Accounts, ErasureLease } from '@aegisguard/accounts';
import type { ErasureReport, OrgId } from '@aegisguard/model';

/** Erases an organization's telemetry, going on from a stored report; `OrganizationErasure.run`. */
export type EraseOrganization = (
  orgId: OrgId,
  onProgress: (report: ErasureReport) => Promise<void>,
  stored?: ErasureReport,
) => Promise<ErasureReport>;

/** A third of what an erasure is leased for. */
const KEEP_INTERVAL_MS = 20_000;

/**
 * Works off the erasures that wait, one after the other, until none is left that could be begun or the process stops; how many were finished. Of several processes each works on another one; what a dead process left is
 * taken over. `erase` must end by throwing when the process stops.
 */
export async function eraseOrganizations(
  { erasures }: Pick<Accounts, 'erasures'>,
  erase: EraseOrganization,
  stopping: AbortSignal,
): Promise<number> {
  let finished = 0;
  while (!stopping.aborted) {
    const lease = await erasures.claim();
    if (lease === undefined) {
      break;
    }
    try {
      await erasures.finish(lease, await eraseKept(erasures, lease, erase));
      finished += 1;
    } catch (error) {
      // Where giving it back fails, too, the lease runs out.
      const giveBack = stopping.aborted ? erasures.release(lease) : erasures.fail(lease);
      await giveBack.catch(() => undefined);
      if (!stopping.aborted) {
        throw error;
      }
    }
  }
  return finished;
}

/** Long steps report nothing: meanwhile a timer says that this process lives. */
async function eraseKept(
  erasures: Accounts['erasures'],
  lease: ErasureLease,
  erase: EraseOrganization,
): Promise<ErasureReport> {
  const timer = setInterval(() => void erasures.keep(lease).catch(() => undefined), KEEP_INTERVAL_MS);
  try {
    return await erase(lease.orgId, (report) => erasures.keep(lease, report), lease.report);
  } finally {
    clearInterval(timer);
  }
}
