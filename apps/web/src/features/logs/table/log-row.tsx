import type { LogLevel, LogView } from '@aegisguard/model';
import { type MouseEvent, memo, type ReactNode, type Ref } from 'react';
import { levelBackground, levelText } from '../../../charts/render/level-class.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import type { LogColumn } from './columns.ts';
import { cutText, LINE_CHARACTERS_MAX, markText, WRAPPED_CHARACTERS_MAX } from './row-text.ts';

/** What the rows of a table have in common; must be the same object from one drawing to the next unless something in it changed. */
export interface RowSetting {
  readonly columns: readonly LogColumn[];
  /** `grid-template-columns`; empty in narrow windows, where a row has two lines. */
  readonly template: string;
  readonly wrap: boolean;
  readonly isNarrow: boolean;
  readonly searched: readonly string[];
  readonly onFilter: (label: string, value: string, exclude: boolean) => void;
}

function Message({ log, setting }: { readonly log: LogView; readonly setting: RowSetting }): ReactNode {
  const text = cutText(log.message, setting.wrap ? WRAPPED_CHARACTERS_MAX : LINE_CHARACTERS_MAX);
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

function Time({ timestamp }: { readonly timestamp: string }): ReactNode {
  const ms = timestampMs(timestamp);
  return (
    <time dateTime={timestamp} title={timestamp} className="tabular-nums">
      <span className="text-subtle">{formatDay(ms)}</span> {formatClockMs(ms)}
    </time>
  );
}

/** A value that narrows the query when it is clicked. Tab leads past it: the same filters are in the detail, and a screen full of rows would be a hundred stops. */
function FilterCell({
  label,
  value,
  className,
  onFilter,
}: {
  readonly label: string;
  readonly value: string;
  readonly className?: string;
  readonly onFilter: RowSetting['onFilter'];
}): ReactNode {
  if (value === '') {
    return null;
  }
  const onClick = (event: MouseEvent): void => {
    event.stopPropagation();
    onFilter(label, value, event.altKey);
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${value}\nClick to filter, Alt-click to exclude`}
      className={classNames('max-w-full truncate rounded-[3px] hover:bg-line hover:underline', className)}
      onClick={onClick}
    >
      {value}
    </button>
  );
}

function Cell({
  name,
  log,
  setting,
}: {
  readonly name: LogColumn['name'];
  readonly log: LogView;
  readonly setting: RowSetting;
}): ReactNode {
  switch (name) {
    case 'time':
      return <Time timestamp={log.timestamp} />;
    case 'level':
      return (
        <FilterCell
          label="level"
          value={log.level}
          className={classNames('font-medium uppercase', levelText(log.level))}
          onFilter={setting.onFilter}
        />
      );
    case 'service':
      return <FilterCell label="service" value={log.service} className="text-muted" onFilter={setting.onFilter} />;
    case 'host':
      return <FilterCell label="host" value={log.host ?? ''} className="text-muted" onFilter={setting.onFilter} />;
    case 'message':
      return <Message log={log} setting={setting} />;
  }
}

function LevelMark({ level }: { readonly level: LogLevel }): ReactNode {
  return (
    <span
      aria-hidden
      className={classNames('absolute inset-y-[3px] left-0.5 w-[3px] rounded-full', levelBackground(level))}
    />
  );
}

/** One log. The table that holds the rows has the focus, the keys and the clicks. */
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
  const { columns, template, wrap, isNarrow } = setting;
  return (
    <tr
      ref={ref}
      id={id}
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      className={classNames(
        'absolute top-0 left-0 w-full cursor-default border-line/60 border-b px-3 font-mono text-xs hover:bg-hover aria-selected:bg-selected',
        isNarrow ? 'flex flex-wrap content-center gap-x-2 py-1' : 'grid items-start gap-x-3 py-[3px]',
      )}
      style={{
        transform: `translateY(${top}px)`,
        height,
        ...(isNarrow ? {} : { gridTemplateColumns: template }),
      }}
    >
      {columns.map(({ name }, place) => (
        <td
          key={name}
          className={classNames(
            'block min-w-0 p-0',
            name === 'message' && wrap ? 'whitespace-pre-wrap break-words [overflow-wrap:anywhere]' : 'truncate',
            isNarrow && name === 'message' && 'w-full',
          )}
        >
          {place === 0 ? <LevelMark level={log.level} /> : null}
          <Cell name={name} log={log} setting={setting} />
        </td>
      ))}
    </tr>
  );
});
