import {
  AegisError,
  type OrgId,
  type SampledDay,
  type TraceSampling,
  type TraceSamplingStore,
} from '@aegisguard/model';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A day that has been due for longer than this stays whole: sampling was off then. */
const DUE_DAYS_MAX = 7;

/** Where rules are read, and where traces lie. */
interface SamplingParts {
  readonly organizations: { samplingTraces(): Promise<readonly OrgId[]> };
  readonly rules: { read(orgId: OrgId): Promise<{ readonly value: TraceSampling }> };
  readonly store: Pick<TraceSamplingStore, 'sample'>;
  readonly nowMs: number;
  readonly stopping: AbortSignal;
}

/** The days (UTC) whose traces are to be judged at a time: they are over, and their last spans have been there for as long as everything is kept. Earliest first. */
export function dueDays(nowMs: number, wholeForHours: number): readonly string[] {
  const newest = Math.floor((nowMs - wholeForHours * HOUR_MS) / DAY_MS) - 1;
  return Array.from({ length: DUE_DAYS_MAX }, (_, index) =>
    new Date((newest - DUE_DAYS_MAX + 1 + index) * DAY_MS).toISOString().slice(0, 10),
  );
}

/** Deletes the traces that organizations do not keep, of all days that are due; what was done. One organization for which it fails holds up no other; what failed is thrown at the end. */
export async function sampleTraces({
  organizations,
  rules,
  store,
  nowMs,
  stopping,
}: SamplingParts): Promise<readonly SampledDay[]> {
  const done: SampledDay[] = [];
  const failures: unknown[] = [];
  for (const orgId of await organizations.samplingTraces()) {
    try {
      const { value: sampling } = await rules.read(orgId);
      for (const date of sampling.enabled ? dueDays(nowMs, sampling.wholeForHours) : []) {
        stopping.throwIfAborted();
        const day = await store.sample(orgId, date, sampling);
        done.push(...(day === undefined ? [] : [day]));
      }
    } catch (error) {
      if (stopping.aborted) {
        break;
      }
      failures.push(error);
    }
  }
  if (failures.length > 0) {
    throw new AegisError('unavailable', {
      internal: `the traces of ${failures.length} organizations could not be sampled`,
      cause: failures[0],
    });
  }
  return done;
}
