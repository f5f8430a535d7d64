import type { DashboardVariable } from '@aegisguard/model';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Run } from '../../../lib/use-run.ts';
import { type ResolvedVariable, scopeOf } from './resolved-variable.ts';
import type { VariableScope } from './variable-scope.ts';

/** Values found for a question are taken as good for so long. */
const FRESH_MS = 60_000;

const NONE: readonly ResolvedVariable[] = [];

/** What a dashboard's variables stand for. They are found anew when the range or a choice changes, not when time goes on. */
export function useVariables(
  orgId: string,
  variables: readonly DashboardVariable[],
  wanted: ReadonlyMap<string, readonly string[]>,
  run: Run,
): { readonly resolved: readonly ResolvedVariable[]; readonly scope: VariableScope | undefined } {
  const { data } = useQuery({
    queryKey: ['variables', orgId, run.question, JSON.stringify(variables), JSON.stringify([...wanted])],
    queryFn: async ({ signal }) => {
      // With it comes RE2.
      const { findVariables } = await import('./find-variables.ts');
      return findVariables({ orgId, variables, wanted, range: run.range }, signal);
    },
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
  });
  const scope = useMemo(() => (data === undefined ? undefined : scopeOf(data)), [data]);
  return variables.length === 0 ? { resolved: NONE, scope: NO_SCOPE } : { resolved: data ?? NONE, scope };
}

const NO_SCOPE: VariableScope = new Map();
