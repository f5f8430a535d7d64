import type { Page } from 'playwright-core';

/** Frames of a stretch. */
const STRETCH_FRAMES = 50;

/** An event of Chromium's trace; times in µs. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
}

function threadOf({ pid, tid }: TraceEvent): string {
  return `${pid} ${tid}`;
}

/**
 * The page's longest task of every stretch of frames, in ms and in the order of time: whatever takes long delays a frame, also an answer that comes or a collection of garbage. Processor time, so that what else runs
 * on the machine counts little.
 */
export async function longestTasks(page: Page, scrolling: () => Promise<unknown>): Promise<readonly number[]> {
  const browser = page.context().browser();
  if (browser === null) {
    throw new Error('the page has no browser');
  }
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await scrolling();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const frames = traceEvents.filter(({ name }) => name === 'FireAnimationFrame').sort((a, b) => a.ts - b.ts);
  const threads = new Set(frames.map(threadOf));
  const starts = frames.filter((_, index) => index % STRETCH_FRAMES === 0).map(({ ts }) => ts);
  // What is left over at the end is no whole stretch.
  const longest = starts.slice(1).map(() => 0);
  for (const event of traceEvents) {
    const stretch = starts.findLastIndex((ts) => ts <= event.ts);
    if (event.name.endsWith('RunTask') && event.ph === 'X' && threads.has(threadOf(event)) && stretch in longest) {
      longest[stretch] = Math.max(longest[stretch] ?? 0, (event.tdur ?? 0) / 1000);
    }
  }
  return longest;
}
