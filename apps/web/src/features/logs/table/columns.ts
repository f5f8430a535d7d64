import type { OptionalColumn } from '../view/logs-view.ts';

/** A column of the table, with its track of the CSS grid. */
export interface LogColumn {
  readonly name: 'time' | OptionalColumn | 'message';
  readonly title: string;
  readonly track: string;
}

const ALL: readonly LogColumn[] = [
  { name: 'time', title: 'Time', track: '154px' },
  { name: 'level', title: 'Level', track: '58px' },
  { name: 'service', title: 'Service', track: 'minmax(96px, 148px)' },
  { name: 'host', title: 'Host', track: 'minmax(96px, 148px)' },
  { name: 'message', title: 'Message', track: 'minmax(0, 1fr)' },
];

/** The columns that a view shows, in their order. */
export function shownColumns(optional: readonly OptionalColumn[]): readonly LogColumn[] {
  return ALL.filter(({ name }) => name === 'time' || name === 'message' || optional.includes(name));
}

/** `grid-template-columns` for a set of columns. */
export function gridTemplate(columns: readonly LogColumn[]): string {
  return columns.map((column) => column.track).join(' ');
}
