import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { type Bar, type BarsFrame, barAt } from '../prepare/stacked-bars.ts';

/** A run of bars, both ends included, in either order. */
export interface BarSelection {
  readonly anchor: number;
  readonly head: number;
}

/** The lower and the upper end of a selection. */
export function selectionEnds({ anchor, head }: BarSelection): readonly [number, number] {
  return [Math.min(anchor, head), Math.max(anchor, head)];
}

function Highlight({
  bars,
  selection,
  frame,
}: {
  bars: readonly Bar[];
  selection: BarSelection;
  frame: BarsFrame;
}): ReactNode {
  const [from, to] = selectionEnds(selection);
  const first = bars[from];
  const last = bars[to];
  if (first === undefined || last === undefined) {
    return null;
  }
  return (
    <svg aria-hidden="true" width={frame.width} height={frame.height} className="pointer-events-none absolute inset-0">
      <rect x={first.x} y={0} width={last.x + last.width - first.x} height={frame.height} className="fill-brush" />
    </svg>
  );
}

/** Where the arrow keys and their like lead from a bar; undefined for other keys. */
function keyTarget(key: string, at: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'ArrowRight':
      return Math.min(last, at + 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'PageUp':
      return Math.max(0, at - 10);
    case 'PageDown':
      return Math.min(last, at + 10);
    default:
      return undefined;
  }
}

/**
 * The part of a bar chart that pointer and keyboard work on: hovering or the arrow keys read a bar out, dragging or shift with the arrow keys selects a span, letting
 * go or Enter takes it (both say whether Shift was held), Escape gives it up.
 */
export function BarBrush({
  label,
  bars,
  frame,
  selection,
  describe,
  onSelect,
  onTake,
  children,
}: {
  readonly label: string;
  readonly bars: readonly Bar[];
  readonly frame: BarsFrame;
  readonly selection: BarSelection | undefined;
  readonly describe: (selection: BarSelection) => string;
  readonly onSelect: (selection: BarSelection | undefined) => void;
  readonly onTake: (selection: BarSelection, withShift: boolean) => void;
  readonly children: ReactNode;
}): ReactNode {
  const surface = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);
  const last = bars.length - 1;
  const barUnder = (event: PointerEvent): number => {
    const left = surface.current?.getBoundingClientRect().left ?? 0;
    return barAt(bars, event.clientX - left, frame.width);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = keyTarget(event.key, selection?.head ?? last + 1, last);
    if (target !== undefined && last >= 0) {
      onSelect({ anchor: event.shiftKey && selection !== undefined ? selection.anchor : target, head: target });
    } else if (event.key === 'Enter' && selection !== undefined) {
      onTake(selection, event.shiftKey);
    } else if (event.key === 'Escape' && selection !== undefined) {
      onSelect(undefined);
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <div
      ref={surface}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={selection?.head ?? Math.max(0, last)}
      aria-valuetext={selection === undefined ? 'no bar selected' : describe(selection)}
      className="relative cursor-crosshair touch-pan-y select-none"
      onKeyDown={onKeyDown}
      onBlur={() => onSelect(undefined)}
      onPointerDown={(event) => {
        const at = barUnder(event);
        if (event.button === 0 && at >= 0) {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          onSelect({ anchor: at, head: at });
        }
      }}
      onPointerMove={(event) => {
        const at = barUnder(event);
        if (at >= 0) {
          onSelect({ anchor: dragging && selection !== undefined ? selection.anchor : at, head: at });
        }
      }}
      onPointerUp={(event) => {
        const at = barUnder(event);
        if (dragging && selection !== undefined) {
          setDragging(false);
          // Where it is let go: the last part of a quick drag is not drawn yet.
          onTake(at < 0 ? selection : { ...selection, head: at }, event.shiftKey);
        }
      }}
      onPointerCancel={() => {
        setDragging(false);
        onSelect(undefined);
      }}
      onPointerLeave={() => {
        if (!dragging) {
          onSelect(undefined);
        }
      }}
    >
      {children}
      {selection === undefined ? null : <Highlight bars={bars} selection={selection} frame={frame} />}
    </div>
  );
}
