import { memo, type ReactNode } from 'react';
import { seriesColor } from '../../../charts/metrics/theme-color.ts';
import { durationWords } from '../duration-words.ts';
import { type BarPlace, barPlace, criticalPlaces } from '../model/bar-place.ts';
import { isError, nameOf, serviceOf } from '../model/trace-model.ts';
import { SpanMarks, spanMarks } from './span-marks.tsx';
import { indentOf, NARROW_ROW_PX, ROW_PX, type WaterfallSetting } from './waterfall-setting.ts';

// A wheel turn draws some sixty rows in one frame: few elements, no handlers (the table takes the clicks), `align-top` as in the table of logs.

const ROW =
  'group/row absolute top-0 left-0 w-full cursor-default align-top border-line/60 border-b hover:bg-hover aria-selected:bg-selected group-focus-visible/grid:aria-selected:shadow-[inset_0_0_0_1px_var(--focus)]';
const MATCH = 'bg-mark/50';
const NAME_CELL = 'relative flex min-w-0 items-center gap-1.5 overflow-clip whitespace-nowrap p-0 pr-2 align-top';
const TIME_CELL = 'relative block min-w-0 overflow-clip p-0 align-top';
const BAR = 'absolute left-0 rounded-[2px]';

/** Room that a label needs beside its bar. */
const LABEL_PX = 76;

/** Lines that lead from a row to those above it. */
function guides(indentPx: number, stepPx: number): { backgroundImage: string; backgroundSize: string } | undefined {
  return indentPx < 1 || stepPx < 5
    ? undefined
    : {
        backgroundImage: `repeating-linear-gradient(to right, transparent 0 ${stepPx - 1}px, var(--line) ${stepPx - 1}px ${stepPx}px)`,
        backgroundSize: `${indentPx + 6}px 100%`,
      };
}

function Toggle({ count, isCollapsed }: { readonly count: number; readonly isCollapsed: boolean }): ReactNode {
  return (
    <span
      data-toggle=""
      aria-hidden
      className={`flex h-[18px] min-w-[26px] shrink-0 cursor-pointer items-center justify-center gap-0.5 rounded border px-1 text-2xs tabular-nums hover:border-line-input hover:text-text ${
        isCollapsed ? 'border-line-input bg-raised font-semibold text-text' : 'border-line bg-surface text-subtle'
      }`}
    >
      <svg aria-hidden="true" viewBox="0 0 8 8" className={`size-2 fill-current ${isCollapsed ? '' : 'rotate-90'}`}>
        <path d="M2 0.5 6.5 4 2 7.5Z" />
      </svg>
      {count}
    </span>
  );
}

function Name({
  row,
  isCollapsed,
  setting,
}: {
  readonly row: number;
  readonly isCollapsed: boolean;
  readonly setting: WaterfallSetting;
}): ReactNode {
  const { model, stepPx } = setting;
  const indentPx = indentOf(model.depth[row] ?? 0, setting);
  const children = model.children[row] ?? 0;
  const hidden = (model.end[row] ?? 0) - row - 1;
  const name = nameOf(model, row);
  const service = serviceOf(model, row);
  const errorsBelow = isCollapsed ? (model.errorsBelow[row] ?? 0) : 0;
  return (
    <td
      className={`${NAME_CELL} bg-no-repeat ${setting.isNarrow ? 'h-[24px]' : 'h-full'}`}
      style={{ paddingLeft: indentPx + 6, ...guides(indentPx, stepPx) }}
      title={`${name}\n${service}`}
    >
      {children > 0 ? (
        <Toggle count={isCollapsed ? hidden : children} isCollapsed={isCollapsed} />
      ) : (
        <span className="w-[6px] shrink-0" />
      )}
      <span
        className="h-[14px] w-[4px] shrink-0 rounded-[1px]"
        style={{ background: seriesColor(model.palette[model.service[row] ?? 0] ?? 0) }}
      />
      <SpanMarks marks={spanMarks(model, row)} />
      {errorsBelow > 0 ? (
        <span className="shrink-0 rounded bg-danger-surface px-1 text-2xs text-danger">{errorsBelow} failed below</span>
      ) : null}
      <span className="min-w-0 truncate">
        {name} <span className="pl-1 text-2xs text-subtle">{service}</span>
      </span>
    </td>
  );
}

const LABEL = 'absolute flex items-center text-2xs tabular-nums';

/** Where the duration is written: after the bar, before it, or on it where neither has room. */
function labelPlace({ leftPx, widthPx }: BarPlace, timelinePx: number): { className: string; style: object } {
  if (leftPx + widthPx + LABEL_PX <= timelinePx) {
    return { className: `${LABEL} inset-y-0 left-0`, style: { transform: `translateX(${leftPx + widthPx + 6}px)` } };
  }
  return leftPx >= LABEL_PX
    ? { className: `${LABEL} inset-y-0 right-full`, style: { transform: `translateX(${leftPx - 6}px)` } }
    : { className: `${LABEL} top-1/2 right-1 h-[16px] -translate-y-1/2 rounded bg-surface px-1`, style: {} };
}

function Timeline({ row, setting }: { readonly row: number; readonly setting: WaterfallSetting }): ReactNode {
  const { model, window, timelinePx, isNarrow } = setting;
  const start = model.start[row] ?? 0;
  const duration = model.duration[row] ?? 0;
  const bar = barPlace(start, start + duration, window, timelinePx);
  const failed = isError(model, row);
  const height = isNarrow ? 'h-[19px]' : 'h-full';
  if (bar === undefined) {
    const isEarlier = start + duration < window.from;
    return (
      <td className={`${TIME_CELL} ${height}`}>
        <span className={`absolute top-1/2 -translate-y-1/2 text-2xs text-subtle ${isEarlier ? 'left-1' : 'right-1'}`}>
          {isEarlier ? '◂ earlier' : 'later ▸'}
        </span>
      </td>
    );
  }
  const label = labelPlace(bar, timelinePx);
  return (
    <td className={`${TIME_CELL} ${height}`}>
      <div
        className={`${BAR} top-1/2 -mt-[8px] h-[11px] ${failed ? 'shadow-[0_0_0_1.5px_var(--surface),0_0_0_3px_var(--danger)]' : ''}`}
        style={{
          transform: `translateX(${bar.leftPx}px)`,
          width: bar.widthPx,
          background: seriesColor(model.palette[model.service[row] ?? 0] ?? 0),
        }}
      />
      {criticalPlaces(model, row, window, timelinePx).map(({ leftPx, widthPx }) => (
        <div
          key={leftPx}
          title="On the critical path: sooner done, the whole trace would be sooner done"
          className={`${BAR} top-1/2 mt-[5px] h-[3px] bg-text`}
          style={{ transform: `translateX(${leftPx}px)`, width: widthPx }}
        />
      ))}
      <span className={`${label.className} ${failed ? 'text-danger' : 'text-muted'}`} style={label.style}>
        {durationWords(duration)}
      </span>
    </td>
  );
}

/** One span: its name and its bar. */
export const WaterfallRow = memo(function WaterfallRow({
  id,
  place,
  row,
  top,
  isSelected,
  isCollapsed,
  isMatch,
  setting,
}: {
  readonly id: string;
  /** Among the rows that are shown. */
  readonly place: number;
  readonly row: number;
  readonly top: number;
  readonly isSelected: boolean;
  readonly isCollapsed: boolean;
  readonly isMatch: boolean;
  readonly setting: WaterfallSetting;
}): ReactNode {
  const { model, isNarrow } = setting;
  return (
    <tr
      id={id}
      data-row={row}
      aria-level={(model.depth[row] ?? 0) + 1}
      aria-rowindex={place + 2}
      aria-expanded={(model.children[row] ?? 0) > 0 ? !isCollapsed : undefined}
      aria-selected={isSelected}
      className={`${ROW} ${isMatch ? MATCH : ''} ${isNarrow ? 'block' : 'grid grid-cols-[inherit]'}`}
      style={{ transform: `translateY(${top}px)`, height: isNarrow ? NARROW_ROW_PX : ROW_PX }}
    >
      <Name row={row} isCollapsed={isCollapsed} setting={setting} />
      <Timeline row={row} setting={setting} />
    </tr>
  );
});
