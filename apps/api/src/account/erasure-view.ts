import type { Erasure } from '@aegisguard/accounts';
import { type ErasureView, erasureProgress } from '@aegisguard/model';

/** An erasure as whoever asked for it sees it. */
export function erasureView({ id, orgId, orgName, requestedAt, status, report, proof }: Erasure): ErasureView {
  return {
    id,
    organizationId: orgId,
    organizationName: orgName,
    status,
    requestedAt: requestedAt.toISOString(),
    startedAt: report?.startedAt ?? null,
    finishedAt: report?.finishedAt ?? null,
    steps: (report?.steps ?? []).flatMap(({ finishedAt, ...step }) =>
      finishedAt === null ? [] : [{ ...step, finishedAt }],
    ),
    progress: report === undefined ? 0 : erasureProgress(report),
    proof: proof === null ? null : Buffer.from(proof).toString('hex'),
  };
}
