import type { DashboardVariable } from '@aegisguard/model';
import type { VariableScope, VariableValue } from './variable-scope.ts';

/** A variable with what can be chosen and what is. */
export interface ResolvedVariable {
  readonly variable: DashboardVariable;
  readonly offered: readonly string[];
  readonly value: VariableValue;
  /** Why its values are not known. */
  readonly problem: string | undefined;
}

/** What the queries of a dashboard may name. */
export function scopeOf(resolved: readonly ResolvedVariable[]): VariableScope {
  return new Map(resolved.map(({ variable, value }) => [variable.name, value]));
}
