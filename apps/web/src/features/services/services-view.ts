import { ServicesRequest } from '@aegisguard/model';
import { parseRefresh, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

const SORTS = ServicesRequest.shape.sort.unwrap();

/** How services are ordered. */
export type ServiceSort = ServicesRequest['sort'];

/** What all pages about services have in their addresses. */
export interface TimedView {
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
}

/** Everything that a link to the list reproduces. */
export interface ServicesView extends TimedView {
  readonly search: string | undefined;
  readonly sort: ServiceSort;
}

/** Reads range and refresh; what is missing or makes no sense is as in the default view. */
function parseTimedView(parameters: URLSearchParams): TimedView {
  return {
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
  };
}

/** Writes them as parameters; what is as in the default view is left out. */
export function timedParameters({ range, refresh }: TimedView): readonly (readonly [string, string | undefined])[] {
  return [
    ['from', range.from === DEFAULT_RANGE.from ? undefined : range.from],
    ['to', range.to === DEFAULT_RANGE.to ? undefined : range.to],
    ['refresh', refresh === 0 ? undefined : String(refresh)],
  ];
}

/** Parameters of an address without those that are not set. */
export function presentParameters(entries: readonly (readonly [string, string | undefined])[]): URLSearchParams {
  return new URLSearchParams(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A text of the address; undefined for an empty one. */
function textParameter(parameters: URLSearchParams, name: string): string | undefined {
  const text = parameters.get(name);
  return text === null || text === '' ? undefined : text;
}

/** Reads the view of the list. */
export function parseServicesView(parameters: URLSearchParams): ServicesView {
  const sort = SORTS.safeParse(parameters.get('sort'));
  return {
    ...parseTimedView(parameters),
    search: textParameter(parameters, 'search'),
    sort: sort.success ? sort.data : 'calls',
  };
}

/** Writes it. */
export function printServicesView(view: ServicesView): URLSearchParams {
  return presentParameters([
    ...timedParameters(view),
    ['search', view.search],
    ['sort', view.sort === 'calls' ? undefined : view.sort],
  ]);
}

/** Everything that a link to one service reproduces. */
export interface ServiceView extends TimedView {
  readonly service: string;
  /** Only this operation in the charts. */
  readonly operation: string | undefined;
  /** A line for each version. */
  readonly isByVersion: boolean;
}

/** Reads the view of one service. */
export function parseServiceView(parameters: URLSearchParams): ServiceView {
  return {
    ...parseTimedView(parameters),
    service: parameters.get('service') ?? '',
    operation: textParameter(parameters, 'operation'),
    isByVersion: parameters.get('by') === 'version',
  };
}

/** Writes it. */
export function printServiceView(view: ServiceView): URLSearchParams {
  return presentParameters([
    ['service', view.service],
    ...timedParameters(view),
    ['operation', view.operation],
    ['by', view.isByVersion ? 'version' : undefined],
  ]);
}

/** Everything that a link to the map reproduces. */
export interface MapView extends TimedView {
  /** Only what lies around this service. */
  readonly service: string | undefined;
  readonly hops: number;
  /** The id of the node that is looked at. */
  readonly node: string | undefined;
}

/** Calls away from a service that can be asked for. */
export const HOPS = [1, 2, 3, 5] as const;
const HOPS_DEFAULT = 2;

/** Reads the view of the map. */
export function parseMapView(parameters: URLSearchParams): MapView {
  return {
    ...parseTimedView(parameters),
    service: textParameter(parameters, 'service'),
    hops: HOPS.find((hops) => String(hops) === parameters.get('hops')) ?? HOPS_DEFAULT,
    node: textParameter(parameters, 'node'),
  };
}

/** Writes it. */
export function printMapView(view: MapView): URLSearchParams {
  return presentParameters([
    ...timedParameters(view),
    ['service', view.service],
    ['hops', view.hops === HOPS_DEFAULT ? undefined : String(view.hops)],
    ['node', view.node],
  ]);
}
