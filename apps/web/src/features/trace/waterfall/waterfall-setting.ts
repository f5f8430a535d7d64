import type { TimeWindow, TraceModel } from '../model/trace-model.ts';

/** Heights of a row; a narrow one has its bar below the name. */
export const ROW_PX = 26;
export const NARROW_ROW_PX = 44;

/** What rows of a waterfall have in common; the same object from one drawing to the next unless something in it changed. */
export interface WaterfallSetting {
  readonly model: TraceModel;
  readonly window: TimeWindow;
  readonly namePx: number;
  readonly timelinePx: number;
  /** By which a row stands further right than the one above it. */
  readonly stepPx: number;
  readonly isNarrow: boolean;
}

const STEP_PX = 12;
const STEP_MIN_PX = 2;

/** The share of the name's column that depth may take. */
const INDENT_SHARE = 0.4;

/** A step for a trace that is so deep: the deeper, the smaller. */
export function indentStep(maxDepth: number, namePx: number): number {
  return Math.max(STEP_MIN_PX, Math.min(STEP_PX, (namePx * INDENT_SHARE) / Math.max(1, maxDepth)));
}

/** How far a row's name stands to the right. */
export function indentOf(depth: number, { stepPx, namePx }: WaterfallSetting): number {
  return Math.min(depth * stepPx, namePx * INDENT_SHARE);
}
