import type { MetricReader, OrgId, QueryBounds, SelectedSamples } from '@aegisguard/model';
import type { Expression } from '../syntax/ast/expression.ts';
import type { Annotations } from './annotations.ts';
import type { ReadCost } from './read-cost.ts';
import type { SampleCount } from './sample-count.ts';
import type { SeriesSink } from './series-sink.ts';
import type { QueryWindow } from './time-grid.ts';
import type { TurnTaking } from './turn-taking.ts';
import type { Value } from './value.ts';

/** Samples as they are read. */
export type SelectedSeries = SelectedSamples['series'];

/** One query being evaluated. */
export interface Evaluation {
  readonly reader: MetricReader;
  readonly orgId: OrgId;
  readonly bounds: QueryBounds;
  /** The query's own times; the step of an instant query is 0. */
  readonly window: QueryWindow;
  readonly lookbackMs: number;
  readonly subqueryStepMs: number;
  readonly annotations: Annotations;
  readonly samples: SampleCount;
  readonly cost: ReadCost;
  readonly turns: TurnTaking;
  /** An expression at points in time, of which there is at least one; they ascend in equal steps. */
  evaluate(expression: Expression, pointsMs: Float64Array): Promise<Value>;
  /** The same of a vector, whose series are given one after the other. */
  giveSeries(expression: Expression, pointsMs: Float64Array, sink: SeriesSink): Promise<void>;
}
