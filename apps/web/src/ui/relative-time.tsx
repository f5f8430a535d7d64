import { type ReactNode, useSyncExternalStore } from 'react';
import { relativeWords } from '../lib/relative-time.ts';
import { serverNow } from '../lib/server-clock.ts';
import { formatLocal, localZone, timestampMs } from '../lib/timestamp.ts';

/** Words change by the minute; all of a page change together, by one timer. */
const TICK_MS = 30_000;
const listeners = new Set<() => void>();
let tickedAtMs = 0;
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tickedAtMs = serverNow();
    for (const each of listeners) {
      each();
    }
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
      tickedAtMs = 0;
    }
  };
}

// The first reader after nobody was there sees the present, those after it the same moment.
function lastTick(): number {
  if (tickedAtMs === 0) {
    tickedAtMs = serverNow();
  }
  return tickedAtMs;
}

/** How long ago a time of an answer is, or how far ahead; the time itself in the tooltip. */
export function RelativeTime({ time }: { readonly time: string }): ReactNode {
  const tickMs = useSyncExternalStore(subscribe, lastTick);
  const ms = timestampMs(time);
  // What happened since the last tick is not ahead.
  const nowMs = ms > tickMs && ms - tickMs < TICK_MS ? ms : tickMs;
  return (
    <time dateTime={time} title={`${formatLocal(ms)} ${localZone(ms)}`} className="whitespace-nowrap">
      {relativeWords(ms, nowMs)}
    </time>
  );
}
