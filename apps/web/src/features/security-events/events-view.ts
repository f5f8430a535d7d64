import { EVENT_SEVERITIES, EVENT_SOURCES, type EventSeverity, type EventSource } from '@aegisguard/model';
import { parseRefresh, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

/** Events are rare beside logs, so the default range is longer. */
export const EVENTS_RANGE: TimeRange = { from: 'now-7d', to: 'now' };

/** Which events are looked at. */
export interface EventFilters {
  /** Any of these; all of them when there are none. */
  readonly severities: readonly EventSeverity[];
  readonly types: readonly string[];
  readonly actor: string | undefined;
  readonly ip: string | undefined;
  readonly source: EventSource | undefined;
  readonly text: string | undefined;
}

/** Everything that a link to the page reproduces. */
export interface EventsView extends EventFilters {
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
}

/** No filter at all. */
export const NO_FILTERS: EventFilters = {
  severities: [],
  types: [],
  actor: undefined,
  ip: undefined,
  source: undefined,
  text: undefined,
};

function textOf(parameters: URLSearchParams, name: string): string | undefined {
  const text = parameters.get(name)?.trim();
  return text === '' ? undefined : text;
}

/** Types as a person writes them: commas or blanks between. The API takes no comma inside of one. */
export function readTypes(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((type) => type !== ''))];
}

/** Reads a view from the address; what is missing or makes no sense is as in the default view. */
export function parseEventsView(parameters: URLSearchParams): EventsView {
  const severities = parameters.get('severity')?.split(',') ?? [];
  const source = parameters.get('source');
  return {
    range: parseRangeParameters(parameters.get('from') ?? EVENTS_RANGE.from, parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
    severities: EVENT_SEVERITIES.filter((severity) => severities.includes(severity)),
    types: readTypes(parameters.get('type') ?? ''),
    actor: textOf(parameters, 'actor'),
    ip: textOf(parameters, 'ip'),
    source: EVENT_SOURCES.find((each) => each === source),
    text: textOf(parameters, 'q'),
  };
}

/** Writes a view as parameters of the address; what is as in the default view is left out. */
export function printEventsView(view: EventsView): URLSearchParams {
  const { range, refresh, severities, types, actor, ip, source, text } = view;
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['from', range.from === EVENTS_RANGE.from ? undefined : range.from],
    ['to', range.to === EVENTS_RANGE.to ? undefined : range.to],
    ['refresh', refresh === 0 ? undefined : String(refresh)],
    ['severity', severities.length === 0 ? undefined : severities.join(',')],
    ['type', types.length === 0 ? undefined : types.join(',')],
    ['actor', actor],
    ['ip', ip],
    ['source', source],
    ['q', text],
  ];
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Whether anything but the time is narrowed. */
export function isFiltered(view: EventFilters): boolean {
  const { severities, types, actor, ip, source, text } = view;
  return severities.length + types.length > 0 || [actor, ip, source, text].some((each) => each !== undefined);
}

/** The filters as the API asks for them. */
export function askedFilters({ severities, types, actor, ip, source, text }: EventFilters): {
  readonly severity?: string;
  readonly type?: string;
  readonly actor?: string;
  readonly ip?: string;
  readonly source?: EventSource;
  readonly text?: string;
} {
  return {
    ...(severities.length === 0 ? {} : { severity: severities.join(',') }),
    ...(types.length === 0 ? {} : { type: types.join(',') }),
    ...(actor === undefined ? {} : { actor }),
    ...(ip === undefined ? {} : { ip }),
    ...(source === undefined ? {} : { source }),
    ...(text === undefined ? {} : { text }),
  };
}
