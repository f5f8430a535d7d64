import type { LogDirection } from '@aegisguard/model';
import { parseRefresh, type RefreshSeconds } from '../../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type ResolvedRange, type TimeRange } from '../../../lib/time-range.ts';
import { parseTimestamp } from '../../../lib/timestamp.ts';
import { type PatternOrder, parsePatternOrder } from '../patterns/pattern-order.ts';
import { type ColumnSetting, DEFAULT_COLUMNS, parseColumns, printColumns } from './view-columns.ts';
import { parsePins, printPins } from './view-pins.ts';
import { parseSpan, printSpan } from './view-span.ts';

/** What the area of results can show; the first is shown without a word about it. */
export const RESULT_KINDS = ['logs', 'patterns', 'differences', 'live'] as const;

/** One of them. */
export type ResultKind = (typeof RESULT_KINDS)[number];

/** A log that a link can point at: its id, and its time by which it is found again wherever it stands. */
export interface RowRef {
  readonly timestamp: string;
  readonly id: string;
}

/** Everything that a link to the Logs page reproduces. */
export interface LogsView {
  readonly query: string;
  readonly range: TimeRange;
  readonly direction: LogDirection;
  readonly row: RowRef | undefined;
  readonly wrap: boolean;
  readonly columns: readonly ColumnSetting[];
  readonly refresh: RefreshSeconds;
  /** Whether the query's parts are shown as chips; undefined: as the person likes it. */
  readonly chips: boolean | undefined;
  /** The same for the panel of facets. */
  readonly facets: boolean | undefined;
  /** Labels that stand first among the facets; the same. */
  readonly pins: readonly string[] | undefined;
  readonly show: ResultKind;
  /** The part of the range that is compared with the rest of it. */
  readonly span: ResolvedRange | undefined;
  readonly patternOrder: PatternOrder;
  /** The log whose neighbours are shown. */
  readonly around: RowRef | undefined;
}

/** The view without any parameter. */
export const DEFAULT_VIEW: LogsView = {
  query: '',
  range: DEFAULT_RANGE,
  direction: 'backward',
  row: undefined,
  wrap: false,
  columns: DEFAULT_COLUMNS,
  refresh: 0,
  chips: undefined,
  facets: undefined,
  pins: undefined,
  show: 'logs',
  span: undefined,
  patternOrder: 'count',
  around: undefined,
};

/** Separates the parts of a row reference; no RFC 3339 time contains it. */
const ROW_SEPARATOR = '~';

function parseRow(text: string | null): RowRef | undefined {
  const at = text?.indexOf(ROW_SEPARATOR) ?? -1;
  if (text === null || at < 0) {
    return undefined;
  }
  const timestamp = text.slice(0, at);
  const id = text.slice(at + 1);
  return id === '' || parseTimestamp(timestamp) === undefined ? undefined : { timestamp, id };
}

function printRow(row: RowRef | undefined): string {
  return row === undefined ? '' : `${row.timestamp}${ROW_SEPARATOR}${row.id}`;
}

function parseSwitch(text: string | null): boolean | undefined {
  return text === '1' ? true : text === '0' ? false : undefined;
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseLogsView(parameters: URLSearchParams): LogsView {
  return {
    query: parameters.get('q') ?? '',
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    direction: parameters.get('dir') === 'forward' ? 'forward' : 'backward',
    row: parseRow(parameters.get('row')),
    wrap: parameters.get('wrap') === '1',
    columns: parseColumns(parameters.get('cols')),
    refresh: parseRefresh(parameters.get('refresh')),
    chips: parseSwitch(parameters.get('chips')),
    facets: parseSwitch(parameters.get('facets')),
    pins: parsePins(parameters.get('pins')),
    show: RESULT_KINDS.find((kind) => kind === parameters.get('show')) ?? DEFAULT_VIEW.show,
    span: parseSpan(parameters.get('span')),
    patternOrder: parsePatternOrder(parameters.get('by')),
    around: parseRow(parameters.get('around')),
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printLogsView(view: LogsView): URLSearchParams {
  const columns = printColumns(view.columns);
  const entries: readonly (readonly [string, string, boolean])[] = [
    ['q', view.query, view.query !== ''],
    ['from', view.range.from, view.range.from !== DEFAULT_RANGE.from],
    ['to', view.range.to, view.range.to !== DEFAULT_RANGE.to],
    ['dir', view.direction, view.direction !== DEFAULT_VIEW.direction],
    ['wrap', '1', view.wrap],
    ['cols', columns, columns !== printColumns(DEFAULT_COLUMNS)],
    ['refresh', String(view.refresh), view.refresh !== 0],
    ['chips', view.chips === true ? '1' : '0', view.chips !== undefined],
    ['facets', view.facets === true ? '1' : '0', view.facets !== undefined],
    ['pins', printPins(view.pins ?? []), view.pins !== undefined],
    ['show', view.show, view.show !== DEFAULT_VIEW.show],
    ['span', printSpan(view.span), view.span !== undefined],
    ['by', view.patternOrder, view.patternOrder !== DEFAULT_VIEW.patternOrder],
    ['around', printRow(view.around), view.around !== undefined],
    ['row', printRow(view.row), view.row !== undefined],
  ];
  return new URLSearchParams(entries.flatMap(([key, value, present]) => (present ? [[key, value]] : [])));
}
