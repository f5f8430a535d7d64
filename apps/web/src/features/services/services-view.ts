import { GRAPH_NODE_TYPES, type GraphNodeType, ServicesRequest } from '@aegisguard/model';
import { parseRefresh, type RefreshSeconds } from '../../lib/refresh-seconds.ts';
import { DEFAULT_RANGE, parseRangeParameters, type TimeRange } from '../../lib/time-range.ts';

const SORTS = ServicesRequest.shape.sort.unwrap();

/** How services are ordered. */
export type ServiceSort = ServicesRequest['sort'];

/** What all pages about services have in their addresses. */
export interface TimedView {
  readonly range: TimeRange;
  readonly refresh: RefreshSeconds;
  /** Only what runs in this environment, which may have no name; undefined: in all of them. */
  readonly env: string | undefined;
}

/** Everything that a link to the list reproduces. */
export interface ServicesView extends TimedView {
  readonly search: string | undefined;
  readonly sort: ServiceSort;
}

/** Reads range, refresh and environment; what is missing or makes no sense is as in the default view. */
function parseTimedView(parameters: URLSearchParams): TimedView {
  return {
    range: parseRangeParameters(parameters.get('from'), parameters.get('to')),
    refresh: parseRefresh(parameters.get('refresh')),
    env: parameters.get('env') ?? undefined,
  };
}

/** Writes them as parameters; what is as in the default view is left out. */
export function timedParameters({
  range,
  refresh,
  env,
}: TimedView): readonly (readonly [string, string | undefined])[] {
  return [
    ['from', range.from === DEFAULT_RANGE.from ? undefined : range.from],
    ['to', range.to === DEFAULT_RANGE.to ? undefined : range.to],
    ['refresh', refresh === 0 ? undefined : String(refresh)],
    ['env', env],
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
  /** Only this operation in the charts; it may have no name. */
  readonly operation: string | undefined;
  /** A line for each version. */
  readonly isByVersion: boolean;
}

/** Reads the view of one service. */
export function parseServiceView(parameters: URLSearchParams): ServiceView {
  return {
    ...parseTimedView(parameters),
    service: parameters.get('service') ?? '',
    operation: parameters.get('operation') ?? undefined,
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
  /** The ids of the ends of the edge that is looked at. */
  readonly edge: MapEnds | undefined;
  /** Types of nodes that are left out. */
  readonly hidden: readonly GraphNodeType[];
  /** Only what fails at least so much, with what it is connected to. */
  readonly health: MapHealth;
  readonly shown: MapForm;
}

/** Who calls, and who is called. */
export interface MapEnds {
  readonly client: string;
  readonly server: string;
}

/** How much must fail for something to be shown; the first is shown without a word about it. */
export const MAP_HEALTHS = ['all', 'warn', 'danger'] as const;
export type MapHealth = (typeof MAP_HEALTHS)[number];

/** A drawing, or its edges as a table. */
export const MAP_FORMS = ['map', 'table'] as const;
export type MapForm = (typeof MAP_FORMS)[number];

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
    edge: parseEnds(parameters),
    hidden: GRAPH_NODE_TYPES.filter((type) => parameters.get('hide')?.split(',').includes(type)),
    health: MAP_HEALTHS.find((health) => health === parameters.get('health')) ?? 'all',
    shown: MAP_FORMS.find((shown) => shown === parameters.get('view')) ?? 'map',
  };
}

function parseEnds(parameters: URLSearchParams): MapEnds | undefined {
  const [client, server] = [textParameter(parameters, 'client'), textParameter(parameters, 'server')];
  return client === undefined || server === undefined ? undefined : { client, server };
}

/** Writes it. */
export function printMapView(view: MapView): URLSearchParams {
  return presentParameters([
    ...timedParameters(view),
    ['service', view.service],
    ['hops', view.hops === HOPS_DEFAULT ? undefined : String(view.hops)],
    ['node', view.node],
    ['client', view.edge?.client],
    ['server', view.edge?.server],
    ['hide', view.hidden.length === 0 ? undefined : view.hidden.join(',')],
    ['health', view.health === 'all' ? undefined : view.health],
    ['view', view.shown === 'map' ? undefined : view.shown],
  ]);
}
