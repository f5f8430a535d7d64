import type { TimeWindow } from '../model/trace-model.ts';

/** The ways to look at a trace; the first is shown without a word about it. */
export const TRACE_TABS = ['waterfall', 'chart', 'flame', 'spans', 'services'] as const;

/** One of them. */
export type TraceTab = (typeof TRACE_TABS)[number];

/** Which spans the waterfall shows, with those above them. */
export const ROW_CHOICES = ['all', 'critical', 'errors', 'matches'] as const;

/** One of them. */
export type RowChoice = (typeof ROW_CHOICES)[number];

/** Everything that a link to a trace reproduces. */
export interface TraceView {
  readonly tab: TraceTab;
  /** The open span. */
  readonly span: string | undefined;
  /** The part of the trace's time that is drawn. */
  readonly zoom: TimeWindow | undefined;
  readonly find: string;
  readonly only: RowChoice;
  /** The service that the table of spans is narrowed to, which may have no name. */
  readonly service: string | undefined;
}

/** The view without any parameter. */
export const DEFAULT_TRACE_VIEW: TraceView = {
  tab: 'waterfall',
  span: undefined,
  zoom: undefined,
  find: '',
  only: 'all',
  service: undefined,
};

const ZOOM = /^(\d{1,19})-(\d{1,19})$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

function parseZoom(text: string | null): TimeWindow | undefined {
  const match = ZOOM.exec(text ?? '');
  const [from, until] = [Number(match?.[1]), Number(match?.[2])];
  return from < until ? { from, until } : undefined;
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseTraceView(parameters: URLSearchParams): TraceView {
  const span = parameters.get('span') ?? '';
  return {
    tab: TRACE_TABS.find((tab) => tab === parameters.get('view')) ?? DEFAULT_TRACE_VIEW.tab,
    span: SPAN_ID.test(span) ? span : undefined,
    zoom: parseZoom(parameters.get('zoom')),
    find: parameters.get('find') ?? '',
    only: ROW_CHOICES.find((only) => only === parameters.get('only')) ?? DEFAULT_TRACE_VIEW.only,
    service: parameters.get('service') ?? undefined,
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printTraceView({ tab, span, zoom, find, only, service }: TraceView): URLSearchParams {
  return new URLSearchParams([
    ...(tab === DEFAULT_TRACE_VIEW.tab ? [] : [['view', tab]]),
    ...(span === undefined ? [] : [['span', span]]),
    ...(zoom === undefined ? [] : [['zoom', `${Math.round(zoom.from)}-${Math.round(zoom.until)}`]]),
    ...(find === '' ? [] : [['find', find]]),
    ...(only === DEFAULT_TRACE_VIEW.only ? [] : [['only', only]]),
    ...(service === undefined ? [] : [['service', service]]),
  ]);
}
