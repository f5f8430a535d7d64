import type { Engines } from '../platform/engines.ts';
import { PeriodicJob } from './periodic-job.ts';

const ROLL_UP_PAUSE_MS = 60_000;
const SWEEP_PAUSE_MS = 3_600_000;
/** How long a stop waits for a job; the process has 25 s to end in all. */
const STOP_GRACE_MS = 5_000;

/** Starts what the role `scheduler` does by the clock. Every job may run in several processes at once. */
export function startJobs({ accounts, logger, storage }: Engines): { stop(): Promise<void> } {
  const rollUp = new PeriodicJob(
    {
      name: 'metric rollups',
      pauseMs: ROLL_UP_PAUSE_MS,
      run: async () => {
        const hours = await storage.metrics.rollUp(Date.now());
        if (hours > 0) {
          logger.debug({ hours }, 'metric rollups were computed');
        }
      },
    },
    logger,
  );
  const sweep = new PeriodicJob(
    {
      name: 'sweep of accounts',
      pauseMs: SWEEP_PAUSE_MS,
      run: async () => {
        const rows = await accounts.sweep();
        if (rows > 0) {
          logger.debug({ rows }, 'old sessions and links were deleted');
        }
      },
    },
    logger,
  );
  const jobs = [rollUp, sweep];
  for (const job of jobs) {
    job.start();
  }
  return {
    stop: async () => {
      await Promise.all(jobs.map((job) => job.stop(STOP_GRACE_MS)));
    },
  };
}
