import type { FetchedSpan } from '@aegisguard/model';

/** The spans that a trace passes steps with, found in the plainest way; given are its spans of each step. */
export function plainFunnelPath(steps: readonly (readonly FetchedSpan[])[]): readonly FetchedSpan[] {
  const path: FetchedSpan[] = [];
  for (const spans of steps) {
    const from = path.at(-1)?.startTime;
    const [next] = spans
      .filter((span) => from === undefined || span.startTime >= from)
      .filter(({ spanId }) => path.every((passed) => passed.spanId !== spanId))
      .sort((a, b) => Number(a.startTime - b.startTime) || (a.spanId < b.spanId ? -1 : 1));
    if (next === undefined) {
      break;
    }
    path.push(next);
  }
  return path;
}
