import { memo, type ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { type BarPlace, barPlace, criticalPlaces } from '../model/bar-place.ts';
import { isError, nameOf, serviceOf } from '../model/trace-model.ts';
import { serviceEdge, serviceFill } from '../service-class.ts';
import { SpanMarks, spanMarks } from './span-marks.tsx';
import { type GUIDED_STEPS_PX, indentOf, NARROW_ROW_PX, ROW_PX, type WaterfallSetting } from './waterfall-setting.ts';

// A wheel turn draws some sixty rows in one frame: few elements, no handlers (the table takes the clicks), `align-top` as in the table of logs.

const ROW =
  'absolute top-0 left-0 w-full cursor-default [contain:strict] align-top border-line/60 border-b hover:bg-hover aria-selected:bg-selected group-focus-visible/grid:aria-selected:shadow-[inset_0_0_0_1px_var(--focus)]';
const MATCH = 'bg-mark/50';
const NAME_CELL =
  'relative block min-w-0 overflow-clip text-ellipsis whitespace-nowrap bg-no-repeat p-0 pr-2 align-top';
const TIME_CELL = 'relative block min-w-0 overflow-clip p-0 align-top';
const BAR = 'absolute left-0 rounded-[2px]';

/** Room that a label needs beside its bar. */
const LABEL_PX = 76;

/** Lines that lead from a row to those above it, by the step; from the style sheet, since to read a gradient anew for each row takes longer than all else of it. */
const GUIDES: Readonly<Record<number, string>> = {
  12: 'bg-[image:repeating-linear-gradient(to_right,transparent_0_11px,var(--line)_11px_12px)]',
  10: 'bg-[image:repeating-linear-gradient(to_right,transparent_0_9px,var(--line)_9px_10px)]',
  8: 'bg-[image:repeating-linear-gradient(to_right,transparent_0_7px,var(--line)_7px_8px)]',
  6: 'bg-[image:repeating-linear-gradient(to_right,transparent_0_5px,var(--line)_5px_6px)]',
} satisfies Record<(typeof GUIDED_STEPS_PX)[number], string>;

const TOGGLE =
  'mr-[6px] inline-block min-w-[26px] cursor-pointer rounded border px-[4px] text-center align-middle text-2xs leading-[16px] tabular-nums hover:border-line-input hover:text-text';
// A leaf has the element, too: to take it away and make it again as rows lend theirs to others takes longer than to hide it.
const FOLDED = `${TOGGLE} border-line-input bg-raised font-semibold text-text`;
const UNFOLDED = `${TOGGLE} border-line bg-surface text-subtle`;
const NAME = 'border-l-[4px] pl-[6px] align-middle leading-[14px]';
const SERVICE = 'pl-[7px] align-middle text-2xs text-subtle';

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
  const marks = spanMarks(model, row);
  const errorsBelow = isCollapsed ? (model.errorsBelow[row] ?? 0) : 0;
  return (
    <td
      className={`${NAME_CELL} ${setting.isNarrow ? 'leading-[24px]' : 'leading-[25px]'} ${GUIDES[stepPx] ?? ''}`}
      style={{ paddingLeft: indentPx + (children > 0 ? 6 : 12), backgroundSize: `${indentPx}px 100%` }}
    >
      <span data-toggle="" aria-hidden className={children === 0 ? 'hidden' : isCollapsed ? FOLDED : UNFOLDED}>
        {isCollapsed ? `▸ ${hidden}` : `▾ ${children}`}
      </span>
      {marks.length > 0 ? <SpanMarks marks={marks} /> : null}
      {errorsBelow > 0 ? (
        <span className="mr-[6px] rounded bg-danger-surface px-1 text-2xs text-danger">{errorsBelow} failed below</span>
      ) : null}
      <span className={`${NAME} ${serviceEdge(model.palette[model.service[row] ?? 0] ?? 0)}`}>
        {nameOf(model, row)}
      </span>
      <span className={SERVICE}>{serviceOf(model, row)}</span>
    </td>
  );
}

const LABEL = 'absolute whitespace-nowrap text-2xs tabular-nums';

/** Where the duration is written: after the bar, before it, or on it where neither has room. */
function labelPlace({ leftPx, widthPx }: BarPlace, timelinePx: number): { className: string; style: object } {
  if (leftPx + widthPx + LABEL_PX <= timelinePx) {
    return { className: `${LABEL} top-[4px] left-0`, style: { transform: `translateX(${leftPx + widthPx + 6}px)` } };
  }
  return leftPx >= LABEL_PX
    ? { className: `${LABEL} top-[4px] right-full`, style: { transform: `translateX(${leftPx - 6}px)` } }
    : { className: `${LABEL} top-[4px] right-1 rounded bg-surface px-1`, style: {} };
}

function Timeline({ row, setting }: { readonly row: number; readonly setting: WaterfallSetting }): ReactNode {
  const { model, window, timelinePx, isNarrow } = setting;
  const start = model.start[row] ?? 0;
  const duration = model.duration[row] ?? 0;
  const bar = barPlace(start, start + duration, window, timelinePx);
  const failed = isError(model, row);
  const height = isNarrow ? '-mt-[4px] h-[23px]' : 'h-full';
  if (bar === undefined) {
    const isEarlier = start + duration < window.from;
    return (
      <td className={`${TIME_CELL} ${height}`}>
        <span className={`absolute top-[4px] text-2xs text-subtle ${isEarlier ? 'left-1' : 'right-1'}`}>
          {isEarlier ? '◂ earlier' : 'later ▸'}
        </span>
      </td>
    );
  }
  const label = labelPlace(bar, timelinePx);
  return (
    <td className={`${TIME_CELL} ${height}`}>
      <div
        className={`${BAR} top-[6px] h-[11px] ${serviceFill(model.palette[model.service[row] ?? 0] ?? 0)} ${failed ? 'shadow-[0_0_0_1.5px_var(--surface),0_0_0_3px_var(--danger)]' : ''}`}
        style={{ transform: `translateX(${bar.leftPx}px)`, width: bar.widthPx }}
      />
      {criticalPlaces(model, row, window, timelinePx).map(({ leftPx, widthPx }) => (
        <div
          key={leftPx}
          title="On the critical path: sooner done, the whole trace would be sooner done"
          className={`${BAR} top-[19px] h-[3px] bg-text`}
          style={{ transform: `translateX(${leftPx}px)`, width: widthPx }}
        />
      ))}
      <span className={`${label.className} ${failed ? 'text-danger' : 'text-muted'}`} style={label.style}>
        {nanosWords(duration)}
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
  /** Undefined for rows that the cursor is not at. */
  readonly id: string | undefined;
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
