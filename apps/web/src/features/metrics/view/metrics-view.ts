import { parseRefresh, type RefreshSeconds } from '../../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../../lib/time-range.ts';

/** How the answers are shown. */
export const DISPLAYS = ['line', 'area', 'bar', 'stacked', 'percent', 'heatmap', 'table', 'stat'] as const;

/** One of them. */
export type Display = (typeof DISPLAYS)[number];

/** What the legend shows. */
export const LEGENDS = ['table', 'list', 'hidden'] as const;

/** A query of the page, or a formula over others. */
export interface ViewQuery {
  /** A, B, C … */
  readonly ref: string;
  readonly isFormula: boolean;
  readonly text: string;
  /** `{{label}}` stands for a label's value; empty: all labels. */
  readonly legend: string;
  readonly isHidden: boolean;
}

/** Everything that a link to the page reproduces. */
export interface MetricsView {
  readonly queries: readonly ViewQuery[];
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
  readonly display: Display;
  /** Of UNITS; undefined: that of the first metric, where it is known. */
  readonly unit: string | undefined;
  readonly isLogScale: boolean;
  readonly legend: (typeof LEGENDS)[number];
  /** The span before is drawn, too, dashed. */
  readonly compares: boolean;
  readonly showsExemplars: boolean;
  /** Seconds; 0: by the span. */
  readonly stepSeconds: number;
}

/** Queries that a page may have. */
export const QUERIES_MAX = 12;

/** One empty query over the last hour. */
export const DEFAULT_METRICS_VIEW: MetricsView = {
  queries: [{ ref: 'A', isFormula: false, text: '', legend: '', isHidden: false }],
  range: DEFAULT_RANGE,
  refresh: 0,
  display: 'line',
  unit: undefined,
  isLogScale: false,
  legend: 'table',
  compares: false,
  showsExemplars: false,
  stepSeconds: 0,
};

const REF = /^(?<kind>[qf])\.(?<ref>[A-Z])$/;

function parseQueries(parameters: URLSearchParams): readonly ViewQuery[] {
  const hidden = new Set((parameters.get('hide') ?? '').split(','));
  const queries = new Map<string, ViewQuery>();
  for (const [name, text] of parameters) {
    const { kind, ref } = REF.exec(name)?.groups ?? {};
    if (ref !== undefined && !queries.has(ref) && queries.size < QUERIES_MAX) {
      const legend = parameters.get(`legend.${ref}`) ?? '';
      queries.set(ref, { ref, isFormula: kind === 'f', text, legend, isHidden: hidden.has(ref) });
    }
  }
  return queries.size === 0
    ? DEFAULT_METRICS_VIEW.queries
    : [...queries.values()].sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseMetricsView(parameters: URLSearchParams): MetricsView {
  const display = parameters.get('show');
  const legend = parameters.get('legend');
  const step = parameters.get('step') ?? '';
  return {
    queries: parseQueries(parameters),
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
    display: DISPLAYS.find((each) => each === display) ?? DEFAULT_METRICS_VIEW.display,
    unit: parameters.get('unit') ?? undefined,
    isLogScale: parameters.get('scale') === 'log',
    legend: LEGENDS.find((each) => each === legend) ?? DEFAULT_METRICS_VIEW.legend,
    compares: parameters.get('compare') === 'previous',
    showsExemplars: parameters.get('exemplars') === 'true',
    stepSeconds: /^[1-9]\d{0,6}$/.test(step) ? Number(step) : 0,
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printMetricsView(view: MetricsView): URLSearchParams {
  const { queries, range, refresh, display, unit, isLogScale, legend, compares, showsExemplars, stepSeconds } = view;
  const hidden = queries.filter(({ isHidden }) => isHidden).map(({ ref }) => ref);
  const [only] = queries;
  const isUnsaid = queries.length === 1 && only?.ref === 'A' && only.text === '' && !only.isFormula;
  return new URLSearchParams([
    ...(isUnsaid ? [] : queries.map(({ ref, isFormula, text }) => [`${isFormula ? 'f' : 'q'}.${ref}`, text])),
    ...queries.filter((each) => each.legend !== '' && !isUnsaid).map((each) => [`legend.${each.ref}`, each.legend]),
    ...(hidden.length === 0 || isUnsaid ? [] : [['hide', hidden.join(',')]]),
    ...(range.from === DEFAULT_RANGE.from ? [] : [['from', range.from]]),
    ...(range.to === DEFAULT_RANGE.to ? [] : [['to', range.to]]),
    ...(refresh === 0 ? [] : [['refresh', String(refresh)]]),
    ...(display === DEFAULT_METRICS_VIEW.display ? [] : [['show', display]]),
    ...(unit === undefined ? [] : [['unit', unit]]),
    ...(isLogScale ? [['scale', 'log']] : []),
    ...(legend === DEFAULT_METRICS_VIEW.legend ? [] : [['legend', legend]]),
    ...(compares ? [['compare', 'previous']] : []),
    ...(showsExemplars ? [['exemplars', 'true']] : []),
    ...(stepSeconds === 0 ? [] : [['step', String(stepSeconds)]]),
  ]);
}

/** The next letter that no query has. */
export function freeRef(queries: readonly ViewQuery[]): string {
  const used = new Set(queries.map(({ ref }) => ref));
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !used.has(letter)) ?? 'Z';
}
