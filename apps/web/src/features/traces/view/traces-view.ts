import { parseRefresh, type RefreshSeconds } from '../../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../../lib/time-range.ts';

/** What stands above the list; the first is shown without a word about it. */
export const TRACE_CHARTS = ['time', 'durations', 'scatter'] as const;

/** One of them. */
export type TraceChartKind = (typeof TRACE_CHARTS)[number];

/** Which traces come first. */
export const TRACE_SORTS = ['newest', 'slowest'] as const;

/** One of them. */
export type TraceSort = (typeof TRACE_SORTS)[number];

/** Everything that a link to the Traces page reproduces. */
export interface TracesView {
  /** TraceQL; empty means all traces. */
  readonly query: string;
  readonly range: TimeRange;
  readonly sort: TraceSort;
  readonly chart: TraceChartKind;
  readonly refresh: RefreshSeconds;
  /** Whether the query is shown as a form; undefined: as the person likes it. */
  readonly form: boolean | undefined;
  /** The same for the facets. */
  readonly facets: boolean | undefined;
  /** The same for fields that are facets besides the usual ones, as TraceQL has them. */
  readonly fields: readonly string[] | undefined;
}

/** Fields that can be facets besides the usual ones. */
export const FIELDS_MAX = 20;

/** The view without any parameter. */
export const DEFAULT_TRACES_VIEW: TracesView = {
  query: '',
  range: DEFAULT_RANGE,
  sort: 'newest',
  chart: 'time',
  refresh: 0,
  form: undefined,
  facets: undefined,
  fields: undefined,
};

function parseSwitch(text: string | null): boolean | undefined {
  return text === '1' ? true : text === '0' ? false : undefined;
}

function printSwitch(isOn: boolean | undefined): string {
  return isOn === true ? '1' : '0';
}

/** A parameter for each; a single empty one for none. */
function parseFields(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : [...new Set(texts)].filter((text) => text !== '').slice(0, FIELDS_MAX);
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseTracesView(parameters: URLSearchParams): TracesView {
  return {
    query: parameters.get('q') ?? '',
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    sort: TRACE_SORTS.find((sort) => sort === parameters.get('sort')) ?? DEFAULT_TRACES_VIEW.sort,
    chart: TRACE_CHARTS.find((chart) => chart === parameters.get('chart')) ?? DEFAULT_TRACES_VIEW.chart,
    refresh: parseRefresh(parameters.get('refresh')),
    form: parseSwitch(parameters.get('form')),
    facets: parseSwitch(parameters.get('facets')),
    fields: parseFields(parameters.getAll('facet')),
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printTracesView(view: TracesView): URLSearchParams {
  const entries: readonly (readonly [string, string, boolean])[] = [
    ['q', view.query, view.query !== ''],
    ['from', view.range.from, view.range.from !== DEFAULT_RANGE.from],
    ['to', view.range.to, view.range.to !== DEFAULT_RANGE.to],
    ['sort', view.sort, view.sort !== DEFAULT_TRACES_VIEW.sort],
    ['chart', view.chart, view.chart !== DEFAULT_TRACES_VIEW.chart],
    ['refresh', String(view.refresh), view.refresh !== 0],
    ['form', printSwitch(view.form), view.form !== undefined],
    ['facets', printSwitch(view.facets), view.facets !== undefined],
    ...(view.fields?.length === 0 ? [''] : (view.fields ?? [])).map((field) => ['facet', field, true] as const),
  ];
  return new URLSearchParams(entries.flatMap(([key, value, present]) => (present ? [[key, value]] : [])));
}
