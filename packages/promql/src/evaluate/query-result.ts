import type { QueryStats } from '@aegisguard/model';
import type { EvaluatedSeries } from './evaluated-series.ts';

/** The answer to a query. Times are Unix ms. */
export type QueryData =
  /** An instant query of a vector: one point a series. In order of labels, unless the query sorts. */
  | { readonly resultType: 'vector'; readonly series: readonly EvaluatedSeries[] }
  /** A range query, or an instant query of a range selector. In order of labels. */
  | { readonly resultType: 'matrix'; readonly series: readonly EvaluatedSeries[] }
  | { readonly resultType: 'scalar'; readonly timestampMs: number; readonly value: number }
  | { readonly resultType: 'string'; readonly timestampMs: number; readonly value: string };

/** What a query gives, and what it has to say about it. */
export interface QueryResult {
  readonly data: QueryData;
  /** As Prometheus writes them, with their place in the query. */
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  readonly stats: QueryStats;
  /** What Prometheus counts: samples looked at, per step those of its windows; and the most that were held at a time. */
  readonly samples: { readonly total: number; readonly peak: number };
}

/** What may be set about an evaluation. */
export interface EvaluationOptions {
  /** How a query that is given parsed was written, for the places that annotations tell; else it is printed. */
  readonly text?: string | undefined;
  /** How far back an instant selector looks; 5 minutes by default. */
  readonly lookbackMs?: number | undefined;
  /** Of subqueries without one; a minute by default. */
  readonly subqueryStepMs?: number | undefined;
  /** A range query, even if its window has one point. */
  readonly isRange?: boolean | undefined;
  /** Samples that may be held at a time; past it the query is `query-too-large`. */
  readonly samplesMax?: number | undefined;
}
