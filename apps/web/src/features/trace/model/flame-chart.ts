import type { TraceModel } from './trace-model.ts';

/** Lanes that the children of one span may need; what runs beside more than that is drawn over others. */
const LANES_MAX = 400;

/** Spans by time, each below its parent, in lanes in which none stands over another. */
export interface FlameChart {
  readonly lanes: number;
  /** The lane of every row. */
  readonly lane: Int32Array;
  /** Rows by lane and start: those of lane l are `[offsets[l], offsets[l + 1])`. */
  readonly rows: Int32Array;
  readonly offsets: Int32Array;
  /** True when more ran at once than there is room for. */
  readonly overlaps: boolean;
}

/** The first run of `height` lanes that are free at a time; the lanes that are free first when there is none. */
function freeLane(busyUntil: number[], height: number, at: number): number {
  let run = 0;
  for (let lane = 0; lane < busyUntil.length; lane++) {
    run = (busyUntil[lane] ?? 0) <= at ? run + 1 : 0;
    if (run === height) {
      return lane - height + 1;
    }
  }
  const next = busyUntil.length - run;
  return next < LANES_MAX ? next : 0;
}

/** Lays out what is directly below one place. */
class Siblings {
  readonly #busyUntil: number[] = [];
  height = 0;
  overlaps = false;

  place(start: number, end: number, height: number): number {
    // Only so many lanes are looked at: a trace may be as deep as it is long.
    const looked = Math.min(height, LANES_MAX);
    const lane = freeLane(this.#busyUntil, looked, start);
    if ((this.#busyUntil[lane] ?? 0) > start || (looked < height && this.height > 0)) {
      this.overlaps = true;
    }
    for (let each = lane; each < lane + looked; each++) {
      // A moment takes some room, too, or all of them would stand over each other.
      this.#busyUntil[each] = Math.max(this.#busyUntil[each] ?? 0, end, start + 1);
    }
    this.height = Math.max(this.height, lane + height);
    return lane;
  }
}

function byLane(model: TraceModel, lane: Int32Array, lanes: number) {
  const offsets = new Int32Array(lanes + 1);
  for (const each of lane) {
    offsets[each + 1] = (offsets[each + 1] ?? 0) + 1;
  }
  for (let each = 0; each < lanes; each++) {
    offsets[each + 1] = (offsets[each + 1] ?? 0) + (offsets[each] ?? 0);
  }
  const rows = new Int32Array(model.count);
  const next = offsets.slice();
  for (let row = 0; row < model.count; row++) {
    const each = lane[row] ?? 0;
    rows[next[each] ?? 0] = row;
    next[each] = (next[each] ?? 0) + 1;
  }
  for (let each = 0; each < lanes; each++) {
    rows
      .subarray(offsets[each] ?? 0, offsets[each + 1] ?? 0)
      .sort((a, b) => (model.start[a] ?? 0) - (model.start[b] ?? 0) || a - b);
  }
  return { rows, offsets };
}

/** Puts the spans of a trace into lanes. */
export function flameChart(model: TraceModel): FlameChart {
  const { count, parent, end, start, duration } = model;
  const height = new Int32Array(count);
  // From the first to the last moment of a span and all below it: a child may begin before its parent, and end after it.
  const since = new Float64Array(count);
  const until = new Float64Array(count);
  const offset = new Int32Array(count);
  let overlaps = false;
  const layOut = (first: number, after: number): Siblings => {
    const siblings = new Siblings();
    const order: number[] = [];
    for (let row = first; row < after; row = end[row] ?? after) {
      order.push(row);
    }
    order.sort((a, b) => (since[a] ?? 0) - (since[b] ?? 0) || a - b);
    for (const row of order) {
      offset[row] = siblings.place(since[row] ?? 0, until[row] ?? 0, height[row] ?? 1);
    }
    overlaps ||= siblings.overlaps;
    return siblings;
  };
  for (let row = count - 1; row >= 0; row--) {
    const after = end[row] ?? row + 1;
    let first = start[row] ?? 0;
    let last = first + (duration[row] ?? 0);
    for (let child = row + 1; child < after; child = end[child] ?? after) {
      first = Math.min(first, since[child] ?? 0);
      last = Math.max(last, until[child] ?? 0);
    }
    since[row] = first;
    until[row] = last;
    height[row] = 1 + (after > row + 1 ? layOut(row + 1, after).height : 0);
  }
  const lanes = layOut(0, count).height;
  const lane = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const above = parent[row] ?? -1;
    lane[row] = (above < 0 ? 0 : (lane[above] ?? 0) + 1) + (offset[row] ?? 0);
  }
  return { lanes, lane, overlaps, ...byLane(model, lane, lanes) };
}
