import type { Engines } from '../platform/engines.ts';
import { PeriodicJob } from './periodic-job.ts';

const ROLL_UP_PAUSE_MS = 60_000;
/** How long a stop waits for a job; the process has 25 s to end in all. */
const STOP_GRACE_MS = 5_000;

/** Starts what the role `scheduler` does by the clock. Every job may run in several processes at once. */
export function startJobs({ logger, storage }: Engines): { stop(): Promise<void> } {
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
  rollUp.start();
  return { stop: () => rollUp.stop(STOP_GRACE_MS) };
}
