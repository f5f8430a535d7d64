import type { LogLevel, LogView } from '@aegisguard/model';
import { memo, type ReactNode, type Ref } from 'react';
import { levelText } from '../../../charts/render/level-class.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import type { OnFilter } from '../detail/value-tree.tsx';
import type { LogColumn } from './columns.ts';
import { lineOf } from './line-of.ts';
import { isParsedLabel, logLabel } from './log-label.ts';
import { cutText, LINE_CHARACTERS_MAX, markText, WRAPPED_CHARACTERS_MAX } from './row-text.ts';

// A wheel turn draws some sixty rows in one frame, and the browser's time for that goes by the element and by the declaration: so few of both, inherited ones on
// the table's body, lengths without arithmetic, no handlers; the table takes the clicks and the mouse. Cells clip, which needs no scroll box as hiding does.
// `align-top` is for speed, too: a browser's own style sheet lets cells inherit vertical-align, which makes Chromium compute every cell anew whenever its row
// moves.

/** What the rows of a table have in common; must be the same object from one drawing to the next unless something in it changed. */
export interface RowSetting {
  readonly columns: readonly LogColumn[];
  /** `grid-template-columns`, which rows inherit. */
  readonly template: string;
  /** Rows are at least so wide. */
  readonly minWidthPx: number;
  readonly wrap: boolean;
  /** Rows have two lines: the message has its own. */
  readonly isNarrow: boolean;
  readonly searched: readonly string[];
  readonly onFilter: OnFilter;
}

/** Characters of a value that a cell draws, and that its tooltip does. */
const CELL_CHARACTERS_MAX = 300;
const TITLE_CHARACTERS_MAX = 1000;

const EDGE: Readonly<Record<LogLevel, string>> = {
  trace: 'border-l-level-trace',
  debug: 'border-l-level-debug',
  info: 'border-l-level-info',
  warn: 'border-l-level-warn',
  error: 'border-l-level-error',
  fatal: 'border-l-level-fatal',
};
const ROW =
  'absolute top-0 left-0 w-full align-top border-line/70 border-b border-l-[3px] pr-[12px] pl-[10px] hover:bg-hover aria-selected:bg-selected group-focus-visible/grid:aria-selected:shadow-[inset_0_0_0_1px_var(--focus)]';
const WIDE_ROW = `${ROW} grid grid-cols-[inherit] items-start gap-x-[12px] py-[3px]`;
const NARROW_ROW = `${ROW} flex flex-wrap content-center gap-x-[8px] py-[4px]`;
const CELL = 'block min-w-0 align-top p-0';
const CLIPPED_CELL = `${CELL} overflow-clip text-ellipsis whitespace-nowrap`;
const FILTER_CELL = `${CLIPPED_CELL} hover:underline`;
const MESSAGE_WRAPPED = `${CELL} whitespace-pre-wrap break-words [overflow-wrap:anywhere]`;

function Message({ log, setting }: { readonly log: LogView; readonly setting: RowSetting }): ReactNode {
  const text = cutText(lineOf(log), setting.wrap ? WRAPPED_CHARACTERS_MAX : LINE_CHARACTERS_MAX);
  if (setting.searched.length === 0) {
    return text;
  }
  return markText(text, setting.searched).map((piece) =>
    piece.isMarked ? (
      <mark key={piece.start} className="rounded-[2px] bg-mark text-mark-text">
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}

/** A value that narrows the query when it is clicked; `data-label` says which label it is of. */
function LabelCell({ name, log }: { readonly name: string; readonly log: LogView }): ReactNode {
  const value = logLabel(log, name);
  const isLevel = name === 'level' && !isParsedLabel(log, name);
  const look = isLevel ? `font-medium uppercase ${levelText(log.level)}` : 'text-muted';
  return value === '' ? (
    <td className={CLIPPED_CELL} />
  ) : (
    <td
      data-label={name}
      title={`${cutText(value, TITLE_CHARACTERS_MAX)}\nClick to filter, Alt-click to exclude`}
      className={`${FILTER_CELL} ${look}`}
    >
      {cutText(value, CELL_CHARACTERS_MAX)}
    </td>
  );
}

function Cell({
  column,
  log,
  setting,
}: {
  readonly column: LogColumn;
  readonly log: LogView;
  readonly setting: RowSetting;
}): ReactNode {
  switch (column.kind) {
    case 'time': {
      const ms = timestampMs(log.timestamp);
      return (
        <td title={log.timestamp} className={CLIPPED_CELL}>
          <span className="text-subtle">{formatDay(ms)}</span>
          {` ${formatClockMs(ms)}`}
        </td>
      );
    }
    case 'label':
      return <LabelCell name={column.name} log={log} />;
    case 'message':
      return (
        <td className={classNames(setting.wrap ? MESSAGE_WRAPPED : CLIPPED_CELL, setting.isNarrow && 'w-full')}>
          <Message log={log} setting={setting} />
        </td>
      );
  }
}

/** One log. */
export const LogRow = memo(function LogRow({
  ref,
  id,
  index,
  log,
  top,
  height,
  isSelected,
  setting,
}: {
  /** Measures a row that wraps. */
  readonly ref: Ref<HTMLTableRowElement>;
  readonly id: string;
  readonly index: number;
  readonly log: LogView;
  readonly top: number;
  /** Undefined where the text decides. */
  readonly height: number | undefined;
  readonly isSelected: boolean;
  readonly setting: RowSetting;
}): ReactNode {
  const { columns, isNarrow } = setting;
  return (
    <tr
      ref={ref}
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={`${isNarrow ? NARROW_ROW : WIDE_ROW} ${EDGE[log.level]}`}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {columns.map((column) => (
        <Cell key={`${column.kind} ${column.name}`} column={column} log={log} setting={setting} />
      ))}
    </tr>
  );
});
