import type { DashboardVariable } from '@aegisguard/model';
import type { ResolvedRange } from '../../../lib/time-range.ts';
import { builtInVariables, stepSeconds } from './built-in-variables.ts';
import { readValuesOf } from './read-values.ts';
import { resolveVariables } from './resolve-variables.ts';
import type { ResolvedVariable } from './resolved-variable.ts';

/** Pixels of the width for which `$__interval` of a variable's query is made. */
const USUAL_WIDTH = 1000;

/** Asks the server for what variables can be, and says what they are. */
export function findVariables(
  {
    orgId,
    variables,
    wanted,
    range,
  }: {
    readonly orgId: string;
    readonly variables: readonly DashboardVariable[];
    /** Chosen values by the variable's name. */
    readonly wanted: ReadonlyMap<string, readonly string[]>;
    readonly range: ResolvedRange;
  },
  signal: AbortSignal,
): Promise<readonly ResolvedVariable[]> {
  const builtIn = builtInVariables(range, stepSeconds(range, USUAL_WIDTH));
  return resolveVariables(variables, wanted, builtIn, readValuesOf(orgId, range, signal));
}
