import { NATIVE_LOG_LABELS } from '@aegisguard/model';
import type { ColumnSetting } from '../view/view-columns.ts';

/** A column of the table, with its track of the CSS grid. */
export interface LogColumn {
  /** `time` and `message`, and between them labels; a label may be called so, too. */
  readonly kind: 'time' | 'label' | 'message';
  readonly name: string;
  readonly title: string;
  readonly track: string;
  /** The least that it takes. */
  readonly minPx: number;
}

const TIME: LogColumn = { kind: 'time', name: 'time', title: 'Time', track: '154px', minPx: 154 };
const MESSAGE_MIN_PX = 220;
const MESSAGE: LogColumn = {
  kind: 'message',
  name: 'message',
  title: 'Message',
  track: `minmax(${MESSAGE_MIN_PX}px, 1fr)`,
  minPx: MESSAGE_MIN_PX,
};

/** Between two columns, and what a row has at its sides. */
const GAP_PX = 12;
const SIDES_PX = 25;

const LEAST_PX = 96;
const MOST_PX: Readonly<Record<string, number>> = { trace_id: 240, span_id: 130 };

/** What people call a label that is a column of its own; any other is called as it is. */
const TITLES: Readonly<Record<string, string>> = Object.fromEntries(
  NATIVE_LOG_LABELS.map((name) => [name, name.charAt(0).toUpperCase() + name.slice(1).replace('_', ' ')]),
);

/** The title of a label's column. */
export function columnTitle(name: string): string {
  return TITLES[name] ?? name;
}

function labelColumn({ name, widthPx }: ColumnSetting): LogColumn {
  const least = widthPx ?? (name === 'level' ? 58 : LEAST_PX);
  const most = widthPx ?? (name === 'level' ? 58 : (MOST_PX[name] ?? 148));
  const track = least === most ? `${least}px` : `minmax(${least}px, ${most}px)`;
  return { kind: 'label', name, title: columnTitle(name), track, minPx: least };
}

/** The columns that a view shows, in their order. */
export function shownColumns(labels: readonly ColumnSetting[]): readonly LogColumn[] {
  return [TIME, ...labels.map(labelColumn), MESSAGE];
}

/** `grid-template-columns` for a set of columns. */
export function gridTemplate(columns: readonly LogColumn[]): string {
  return columns.map((column) => column.track).join(' ');
}

/** How wide rows are at least; where there is less room, they scroll sideways. */
export function leastWidth(columns: readonly LogColumn[]): number {
  return columns.reduce((sum, { minPx }) => sum + minPx + GAP_PX, SIDES_PX - GAP_PX);
}
