const FIRST_MS = 1000;
const MOST_MS = 30_000;

/** How long to wait before another try: twice as long with each that failed, and not the same for all who lost the server at one moment. `random` is from 0 to 1. */
export function reconnectDelay(failures: number, random: number): number {
  const most = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.round(most * (0.5 + random / 2));
}
