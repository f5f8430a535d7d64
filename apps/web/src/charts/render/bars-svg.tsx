import { memo, type ReactNode } from 'react';
import type { BarsFrame, StackedBars } from '../prepare/stacked-bars.ts';

/** Draws prepared bars; it decides nothing. */
export const BarsSvg = memo(function BarsSvg({
  prepared,
  fillOf,
  frame,
}: {
  readonly prepared: StackedBars;
  /** The class name of a kind's fill. */
  readonly fillOf: (kind: string) => string;
  readonly frame: BarsFrame;
}): ReactNode {
  const { width, height } = frame;
  return (
    <svg aria-hidden="true" width={width} height={height} className="block" shapeRendering="crispEdges">
      <line
        x1={0}
        x2={width}
        y1={prepared.topY}
        y2={prepared.topY}
        strokeDasharray="2 3"
        className="stroke-line-strong"
      />
      {prepared.ticks.map((tick) => (
        <line key={tick.ms} x1={tick.x} x2={tick.x} y1={prepared.topY} y2={height} className="stroke-line" />
      ))}
      {prepared.parts.map(({ kind, path }) => (
        <path key={kind} d={path} className={fillOf(kind)} />
      ))}
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line-strong" />
    </svg>
  );
});

/** Draws the labels of the time axis, below the bars. */
export const BarsAxis = memo(function BarsAxis({
  prepared,
  width,
}: {
  readonly prepared: StackedBars;
  readonly width: number;
}): ReactNode {
  return (
    <svg aria-hidden="true" width={width} height={16} className="block">
      {prepared.ticks.map((tick) => (
        <text
          key={tick.ms}
          x={Math.min(width - 16, Math.max(16, tick.x))}
          y={12}
          textAnchor="middle"
          className="fill-subtle text-[10px] tabular-nums"
        >
          {tick.label}
        </text>
      ))}
    </svg>
  );
});
