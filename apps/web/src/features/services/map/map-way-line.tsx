import type { ReactNode } from 'react';
import { type Health, healthOf } from '../service-words.ts';
import { type MapPoint, wayPath } from './layout-map.ts';
import { type MapWay, wayWidth } from './map-edges.ts';

const ARROW_PX = 7;
/** How near to a line a click must be, in pixels of the drawing. */
const REACH_PX = 14;
const STROKE: Readonly<Record<Health, string>> = {
  ok: 'stroke-line-strong',
  warn: 'stroke-warn',
  danger: 'stroke-danger',
};
const FILL: Readonly<Record<Health, string>> = { ok: 'fill-line-strong', warn: 'fill-warn', danger: 'fill-danger' };

/** The tip of an arrow at the end of a way. */
function arrowPoints(points: readonly MapPoint[]): string {
  const [before, end] = points.slice(-2);
  if (before === undefined || end === undefined) {
    return '';
  }
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const corner = (turn: number) =>
    `${end.x - ARROW_PX * Math.cos(angle + turn)},${end.y - ARROW_PX * Math.sin(angle + turn)}`;
  return `${end.x},${end.y} ${corner(0.45)} ${corner(-0.45)}`;
}

/** The way at a place of the document, by its id. */
export function wayAt(target: EventTarget): string | undefined {
  return target instanceof Element ? (target.closest('[data-way]')?.getAttribute('data-way') ?? undefined) : undefined;
}

/** The calls from one node to another: thick where there are many, coloured where they fail. Who has no pointer finds them in the table, and beside a node that is chosen. */
export function MapWayLine({
  way,
  points,
  most,
  isChosen,
  isFaded,
}: {
  readonly way: MapWay;
  readonly points: readonly MapPoint[];
  readonly most: number;
  readonly isChosen: boolean;
  readonly isFaded: boolean;
}): ReactNode {
  const health = healthOf(way.errorRatio);
  const path = wayPath(points);
  return (
    <g className={isFaded ? 'opacity-25' : ''}>
      <path
        d={path}
        className={`fill-none ${isChosen ? 'stroke-accent' : STROKE[health]}`}
        strokeWidth={wayWidth(way.calls, most)}
        strokeDasharray={way.isMessaging ? '6 5' : undefined}
      />
      <polygon points={arrowPoints(points)} className={isChosen ? 'fill-accent' : FILL[health]} />
      <path
        d={path}
        data-way={way.id}
        className="pointer-events-auto cursor-pointer fill-none stroke-transparent"
        strokeWidth={REACH_PX}
      />
    </g>
  );
}
