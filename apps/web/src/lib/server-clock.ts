/** Beyond this, the two clocks disagree; below, it is the header's whole seconds and the journey. */
const TOLERANCE_MS = 3000;

let offsetMs = 0;

/** How far the server's clock is ahead of this one, 0 within the tolerance of what a `Date` header can tell. */
export function clockOffset(dateHeader: unknown, nowMs: number): number | undefined {
  const serverMs = typeof dateHeader === 'string' ? Date.parse(dateHeader) : Number.NaN;
  if (Number.isNaN(serverMs)) {
    return undefined;
  }
  const offset = serverMs + 500 - nowMs;
  return Math.abs(offset) <= TOLERANCE_MS ? 0 : offset;
}

/** Learns the server's time from an answer, so that "the last hour" ends now even on a machine whose clock is wrong. */
export function noteServerDate(dateHeader: unknown, nowMs: number): void {
  offsetMs = clockOffset(dateHeader, nowMs) ?? offsetMs;
}

/** Unix ms by the server's clock. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
