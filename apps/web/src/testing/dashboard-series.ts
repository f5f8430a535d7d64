import type { DashboardContent, DashboardVariable, PanelOptions } from '@aegisguard/model';
import { parseQuery } from '@aegisguard/promql';
import type { RemoteSeries } from '@aegisguard/testkit';
import { builtInVariables } from '../features/dashboards/variables/built-in-variables.ts';
import { substituteQuery } from '../features/dashboards/variables/substitute.ts';
import { parseVariableQuery } from '../features/dashboards/variables/variable-query.ts';
import type { VariableScope } from '../features/dashboards/variables/variable-scope.ts';
import { courseOf } from './metric-course.ts';
import { type NeededSeries, neededSeries, takenValue } from './selected-series.ts';

/** Series of a kind are made for so many places in the world: pods, devices and the like. */
const PLACES = 4;
const BOUNDS: readonly string[] = ['0.005', '0.025', '0.1', '0.5', '2.5', '10', '100', '1000', '+Inf'];

/** Values of labels that belong together: place by place, a node has its instance. Others have a few of their own name. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  cluster: ['east'],
  job: ['metrics'],
  node: ['node-1', 'node-2'],
  nodename: ['node-1', 'node-2'],
  instance: ['10.0.0.1:9100', '10.0.0.2:9100'],
  namespace: ['default', 'shop'],
  pod: ['api-7d9f-1', 'api-7d9f-2', 'cache-0', 'cache-1'],
  created_by_name: ['api-7d9f', 'api-7d9f', 'cache', 'cache'],
  created_by_kind: ['ReplicaSet', 'ReplicaSet', 'StatefulSet', 'StatefulSet'],
  container: ['app', 'sidecar'],
  code: ['200', '500'],
  device: ['eth0', 'lo'],
  mode: ['idle', 'user', 'system', 'iowait'],
  phase: ['Pending', 'Running'],
  proto: ['tcp', 'udp'],
  severity: ['Critical', 'High', 'Medium', 'Low'],
  version: ['v3.5.0'],
};

function usual(label: string): readonly string[] {
  return USUAL[label] ?? [`${label}-1`, `${label}-2`];
}

/** What a variable would be chosen to be at a place; the values of its label are known before there is any series. */
function variableValues(variable: DashboardVariable, place: number): readonly string[] {
  const { type, query, options, current, isMulti, hasAll } = variable;
  const asked = type === 'query' ? parseVariableQuery(query) : undefined;
  if (asked?.kind !== 'label-values') {
    return [current[0] ?? options[0] ?? ''];
  }
  const values = usual(asked.label);
  return isMulti || hasAll ? [...new Set(values)] : [values[place % values.length] ?? ''];
}

function scopeAt({ variables }: DashboardContent, place: number): VariableScope {
  return new Map([
    ...builtInVariables({ startMs: 0, endMs: 3_600_000 }, 30),
    ...variables.map((each) => {
      const value = { values: variableValues(each, place), allValue: each.allValue, isAll: false };
      return [each.name, value] as const;
    }),
  ]);
}

/** The labels that a legend names. */
function legendLabels(legend: string): readonly string[] {
  return [...legend.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label = '']) => label);
}

/** The labels that a table names as its columns. */
function columnLabels({ columns }: PanelOptions): readonly string[] {
  const shown = columns.filter(({ field, isHidden }) => !isHidden && !/^(?:Value\b|__name__$)/.test(field));
  return shown.map(({ field }) => field);
}

/** Everything that a dashboard's panels and variables select, when its variables have the values of a place. */
function neededBy(content: DashboardContent, place: number): readonly NeededSeries[] {
  const scope = scopeAt(content, place);
  const needs = (query: string, labels: readonly string[]): readonly NeededSeries[] =>
    neededSeries(parseQuery(substituteQuery(query, scope)), labels);
  const ofPanels = content.panels.flatMap(({ queries, options }) =>
    queries
      .filter(({ language }) => language === 'promql')
      .flatMap(({ query, legend }) => needs(query, [...legendLabels(legend), ...columnLabels(options)])),
  );
  const ofVariables = content.variables.flatMap(({ type, query }) => {
    const asked = type === 'query' ? parseVariableQuery(query) : undefined;
    switch (asked?.kind) {
      case 'label-values':
        return asked.selector === undefined ? [] : needs(asked.selector, [asked.label]);
      case 'query-result':
        return needs(asked.query, []);
      default:
        return [];
    }
  });
  return [...ofPanels, ...ofVariables];
}

/** What dashboards together need of one metric. */
interface NeededMetric {
  readonly labels: Set<string>;
  readonly alike: Set<string>;
  readonly selections: { readonly need: NeededSeries; readonly place: number }[];
  isCounter: boolean;
  equals: number | undefined;
}

function metricsOf(dashboards: readonly DashboardContent[]): ReadonlyMap<string, NeededMetric> {
  const metrics = new Map<string, NeededMetric>();
  for (const content of dashboards) {
    for (let place = 0; place < PLACES; place++) {
      for (const need of neededBy(content, place)) {
        const metric = metrics.get(need.name) ?? {
          labels: new Set(),
          alike: new Set(),
          selections: [],
          isCounter: false,
          equals: undefined,
        };
        metrics.set(need.name, metric);
        metric.selections.push({ need, place });
        metric.isCounter ||= need.isCounter;
        metric.equals ??= need.equals;
        for (const label of need.labels) {
          metric.labels.add(label);
        }
        for (const name of need.alike) {
          metric.alike.add(name);
        }
      }
    }
  }
  shareLabels(metrics);
  return metrics;
}

/** Gives metrics that are matched by all labels the same ones, until nothing is missing. */
function shareLabels(metrics: ReadonlyMap<string, NeededMetric>): void {
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (const { labels, alike } of metrics.values()) {
      const missing = [...alike].flatMap((name) => [...(metrics.get(name)?.labels ?? [])]);
      for (const label of missing.filter((each) => !labels.has(each))) {
        labels.add(label);
        isChanged = true;
      }
    }
  }
}

function labelSets(name: string, { labels, selections }: NeededMetric): readonly Readonly<Record<string, string>>[] {
  const sets = new Map<string, Readonly<Record<string, string>>>();
  for (const { need, place } of selections) {
    const set = Object.fromEntries(
      [...labels]
        .filter((label) => label !== 'le')
        .sort()
        .map((label) => {
          const own = need.matchers.filter((matcher) => matcher.name === label);
          return [label, takenValue(own, usual(label), place)];
        }),
    );
    sets.set(JSON.stringify(set), { __name__: name, ...set });
  }
  const found = [...sets.values()];
  return name.endsWith('_bucket') ? found.flatMap((set) => BOUNDS.map((le) => ({ ...set, le }))) : found;
}

/** Series over the given times for which the panels and variables of these dashboards have something to show. */
export function dashboardSeries(
  dashboards: readonly DashboardContent[],
  times: readonly number[],
): readonly RemoteSeries[] {
  return [...metricsOf(dashboards)].flatMap(([name, metric]) =>
    labelSets(name, metric).map((labels, index) => {
      const bucket = BOUNDS.indexOf(labels.le ?? '');
      const place = bucket < 0 ? index : Math.floor(index / BOUNDS.length);
      const course = courseOf(labels, metric, place, bucket < 0 ? 1 : (bucket + 1) / BOUNDS.length);
      return { labels, samples: times.map((timeMs, step) => [timeMs, course(timeMs, step)] as const) };
    }),
  );
}
