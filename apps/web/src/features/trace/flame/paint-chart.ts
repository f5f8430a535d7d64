import { barPlace } from '../model/bar-place.ts';
import type { FlameChart } from '../model/flame-chart.ts';
import { isError, nameOf, serviceOf, type TimeWindow, type TraceModel } from '../model/trace-model.ts';
import { type FrameColors, LANE_PX, outlineFrame, paintFrame, prepareFrames } from './paint-frame.ts';

/** What of a flame chart is in sight. */
export interface ChartSight {
  readonly window: TimeWindow;
  readonly width: number;
  readonly height: number;
  readonly topPx: number;
}

/** What stands out in a flame chart. */
export interface ChartMarks {
  readonly selected: number | undefined;
  readonly hovered: number | undefined;
  /** Undefined where nothing is searched for. */
  readonly matches: ReadonlySet<number> | undefined;
}

/** The first place in a lane that may reach into a time: whatever stands before it has ended. */
function firstFrom(model: TraceModel, lane: Int32Array, from: number): number {
  let low = 0;
  let high = lane.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((model.start[lane[middle] ?? 0] ?? 0) < from) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return Math.max(0, low - 1);
}

/** The rows of a lane that a window shows. */
function inSight({ rows, offsets, overlaps }: FlameChart, model: TraceModel, lane: number, window: TimeWindow) {
  const all = rows.subarray(offsets[lane] ?? 0, offsets[lane + 1] ?? 0);
  return all.subarray(overlaps ? 0 : firstFrom(model, all, window.from));
}

function paintLane(
  context: CanvasRenderingContext2D,
  model: TraceModel,
  lane: Int32Array,
  y: number,
  { window, width }: ChartSight,
  { selected, hovered, matches }: ChartMarks,
  colors: FrameColors,
): void {
  let paintedTo = -1;
  for (const row of lane) {
    const start = model.start[row] ?? 0;
    if (start > window.until) {
      break;
    }
    const place = barPlace(start, start + (model.duration[row] ?? 0), window, width);
    const stands = row === selected || row === hovered;
    // What lies in a pixel that is painted already could not be seen.
    if (place === undefined || (place.leftPx + place.widthPx <= paintedTo + 0.5 && !stands)) {
      continue;
    }
    paintedTo = Math.max(paintedTo, Math.floor(place.leftPx + place.widthPx));
    const frame = { x: place.leftPx, y, width: place.widthPx };
    paintFrame(
      context,
      {
        ...frame,
        place: model.palette[model.service[row] ?? 0] ?? 0,
        text: nameOf(model, row),
        service: serviceOf(model, row),
        failed: isError(model, row),
        look: matches === undefined ? 'usual' : matches.has(row) ? 'found' : 'pale',
      },
      colors,
    );
    if (stands) {
      outlineFrame(context, frame, colors);
    }
  }
}

/** Draws the lanes of a flame chart that are in sight. */
export function paintChart(
  context: CanvasRenderingContext2D,
  model: TraceModel,
  chart: FlameChart,
  sight: ChartSight,
  marks: ChartMarks,
  colors: FrameColors,
): void {
  prepareFrames(context);
  const first = Math.max(0, Math.floor(sight.topPx / LANE_PX));
  const last = Math.min(chart.lanes - 1, Math.ceil((sight.topPx + sight.height) / LANE_PX));
  for (let lane = first; lane <= last; lane++) {
    const rows = inSight(chart, model, lane, sight.window);
    paintLane(context, model, rows, lane * LANE_PX - sight.topPx + 1, sight, marks, colors);
  }
}

/** The row that is drawn at a place; undefined where there is none. */
export function chartRowAt(
  model: TraceModel,
  chart: FlameChart,
  sight: ChartSight,
  x: number,
  y: number,
): number | undefined {
  const lane = Math.floor((y + sight.topPx) / LANE_PX);
  if (lane < 0 || lane >= chart.lanes) {
    return undefined;
  }
  let found: number | undefined;
  for (const row of inSight(chart, model, lane, sight.window)) {
    const start = model.start[row] ?? 0;
    if (start > sight.window.until) {
      break;
    }
    const place = barPlace(start, start + (model.duration[row] ?? 0), sight.window, sight.width);
    if (place !== undefined && x >= place.leftPx - 1 && x <= place.leftPx + place.widthPx + 1) {
      found = row;
    }
  }
  return found;
}
