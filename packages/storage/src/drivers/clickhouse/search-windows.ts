import type { LogDirection, UnixNanos } from '@aegisguard/model';

/** How many logs there are from a time on, up to the next slot's. */
export interface DensitySlot {
  readonly start: UnixNanos;
  readonly count: number;
}

/** Part of a search's time range: start inclusive, end exclusive. */
export interface SearchWindow {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
}

/** Each window holds this many times the logs of the one before: the work that a search for something rare repeats stays a third of the whole. */
const GROWTH = 4;

/**
 * Cuts a range into windows to be searched one after the other until a page is full: the first holds about `target` logs, later ones more. The table is ordered by service, so
 * without them the newest logs of all services would be found by looking at every log in range. Windows always cover the range, whatever the density says.
 */
export function searchWindows(
  range: SearchWindow,
  direction: LogDirection,
  slots: readonly DensitySlot[],
  target: number,
): readonly SearchWindow[] {
  const ascending = slots.filter(({ start }) => start < range.end).sort((a, b) => (a.start < b.start ? -1 : 1));
  return direction === 'forward'
    ? cutForward(range, ascending, target)
    : cutBackward(range, ascending.reverse(), target);
}

function cutBackward(range: SearchWindow, slots: readonly DensitySlot[], firstTarget: number): SearchWindow[] {
  const windows: SearchWindow[] = [];
  let { end } = range;
  let target = firstTarget;
  let held = 0;
  for (const { start, count } of slots) {
    held += count;
    if (held >= target && start > range.start && start < end) {
      windows.push({ start, end });
      end = start;
      target *= GROWTH;
      held = 0;
    }
  }
  windows.push({ start: range.start, end });
  return windows;
}

function cutForward(range: SearchWindow, slots: readonly DensitySlot[], firstTarget: number): SearchWindow[] {
  const windows: SearchWindow[] = [];
  let { start } = range;
  let target = firstTarget;
  let held = 0;
  for (const [index, slot] of slots.entries()) {
    held += slot.count;
    const slotEnd = slots[index + 1]?.start;
    if (held >= target && slotEnd !== undefined && slotEnd > start && slotEnd < range.end) {
      windows.push({ start, end: slotEnd });
      start = slotEnd;
      target *= GROWTH;
      held = 0;
    }
  }
  windows.push({ start, end: range.end });
  return windows;
}
