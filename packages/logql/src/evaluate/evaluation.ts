import type { LogReader, OrgId } from '@aegisguard/model';
import type { MetricExpression } from '../syntax/ast/metric-expression.ts';
import type { CellBudget } from './cell-budget.ts';
import type { ReadCost } from './read-cost.ts';
import type { TimeGrid } from './time-grid.ts';
import type { Turns } from './turns.ts';
import type { Value } from './value.ts';

/** One metric query being evaluated. */
export interface Evaluation {
  readonly reader: LogReader;
  readonly orgId: OrgId;
  readonly grid: TimeGrid;
  readonly turns: Turns;
  readonly cost: ReadCost;
  readonly cells: CellBudget;
  /** Whether the store does what it can; else all that can be is left to the pipeline, to compare with. */
  readonly pushesDown: boolean;
  /** An expression at every point of the grid. */
  evaluate(expression: MetricExpression): Promise<Value>;
}
