import { type LogQuery, planSelection } from '@aegisguard/logql';
import {
  type LogCompareAnswer,
  type LogFacets,
  type LogOverview,
  type LogReader,
  type OrgId,
  type QueryBounds,
  totalStats,
  type UnixNanos,
} from '@aegisguard/model';
import { oneDeadline } from '../one-deadline.ts';
import { rankDifferences, type ValueCounts } from './rank-differences.ts';

/** Values of each label that are compared. */
const VALUES_MAX = 100;
/** Counts of more logs are those of a sample of about so many: chance is judged by them. */
const SAMPLE_LOGS = 300_000;

/** A span of time, and the part of it that is looked at. */
export interface ComparedSpans {
  readonly start: UnixNanos;
  readonly end: UnixNanos;
  readonly from: UnixNanos;
  readonly to: UnixNanos;
}

/** Which values are more frequent, or less, in a part of a span of time than in the rest of it. What a query's pipeline drops counts as well: labels of parsers are not compared. */
export async function compareLogs(
  logs: LogReader & LogOverview,
  orgId: OrgId,
  query: LogQuery,
  { start, end, from, to }: ComparedSpans,
  limit: number,
  bounds: QueryBounds,
): Promise<LogCompareAnswer> {
  const { matchers, lineFilters } = planSelection(query);
  const whole = { matchers, lineFilters, start, end };
  const part = { matchers, lineFilters, start: from, end: to };
  const boundsLeft = oneDeadline(bounds);
  const allTotal = await logs.logTotals(orgId, whole, boundsLeft());
  const insideTotal = await logs.logTotals(orgId, part, boundsLeft());
  const all = await logs.logFacets(orgId, { ...whole, limit: VALUES_MAX }, boundsLeft());
  const names = all.facets.map(({ name }) => name);
  const inside = await logs.logFacets(orgId, { ...part, names, limit: VALUES_MAX }, boundsLeft());
  const outsideLogs = Math.max(0, allTotal.logs - insideTotal.logs);
  const scale = Math.min(1, SAMPLE_LOGS / Math.max(1, allTotal.logs));
  const values = valuesOf(all, inside).map((counts) => ({
    ...counts,
    inside: counts.inside * scale,
    outside: counts.outside * scale,
  }));
  const ranked = rankDifferences(values, insideTotal.logs * scale, outsideLogs * scale, limit);
  return {
    inside: insideTotal.logs,
    outside: outsideLogs,
    values: ranked.map((value) => ({
      ...value,
      inside: Math.round(value.inside / scale),
      outside: Math.round(value.outside / scale),
    })),
    stats: totalStats([allTotal, insideTotal, all, inside].map(({ stats }) => stats)),
  };
}

function valuesOf(all: LogFacets, inside: LogFacets): ValueCounts[] {
  const insides = new Map(
    inside.facets.map(({ name, values }) => [name, new Map(values.map(({ value, logs }) => [value, logs]))]),
  );
  return all.facets.flatMap(({ name, values }) => {
    const here = insides.get(name) ?? new Map<string, number>();
    const everywhere = new Map(values.map(({ value, logs }) => [value, logs]));
    // A value that a full list does not have may have any count below its last one: nothing can be said of it.
    const isKnown = (value: string): boolean =>
      (here.has(value) || here.size < VALUES_MAX) && (everywhere.has(value) || everywhere.size < VALUES_MAX);
    return [...new Set([...here.keys(), ...everywhere.keys()])].filter(isKnown).map((value) => {
      const count = here.get(value) ?? 0;
      return { label: name, value, inside: count, outside: Math.max(0, (everywhere.get(value) ?? count) - count) };
    });
  });
}
