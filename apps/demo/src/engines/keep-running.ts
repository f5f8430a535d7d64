import { setTimeout as delay } from 'node:timers/promises';
import { restartDelayMs } from '@aegisguard/supervision';

/** A server that runs beside the shop. */
export interface Engine {
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** An engine that is started again when it ends. */
export interface KeptEngine<Running extends Engine> {
  /** The one that runs now, or ran last. */
  readonly current: Running;
  stop(): Promise<void>;
}

/** Starts an engine and keeps it running; throws when it cannot be started at all. Each start must find the place of the one before, since its clients look there. */
export async function keepRunning<Running extends Engine>(
  name: string,
  start: () => Promise<Running>,
  say: (line: string) => void,
): Promise<KeptEngine<Running>> {
  const stopping = new AbortController();
  let current = await start();
  const keep = async (): Promise<void> => {
    for (let attempt = 1; ; attempt++) {
      await current.exited.catch(() => undefined);
      if (stopping.signal.aborted) return;
      const pauseMs = restartDelayMs(attempt);
      say(`${name} of the shop has ended; starting it again in ${pauseMs} ms`);
      try {
        await delay(pauseMs, undefined, { signal: stopping.signal });
        current = await start();
        attempt = 0;
      } catch (error) {
        if (stopping.signal.aborted) return;
        say(`${name} of the shop does not start: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  };
  const kept = keep();
  return {
    get current() {
      return current;
    },
    stop: async () => {
      stopping.abort();
      await current.stop();
      await kept;
    },
  };
}
