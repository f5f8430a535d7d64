import type { DashboardVariable } from '@aegisguard/model';
import { asApiError } from '../../../lib/api-error.ts';
import { chooseValue, offeredValues } from './choose-values.ts';
import type { ResolvedVariable } from './resolved-variable.ts';
import { referencedNames, substituteQuery } from './substitute.ts';
import { parseVariableQuery, type VariableQuery } from './variable-query.ts';
import type { VariableScope } from './variable-scope.ts';

/** Asks the server for a variable's values. */
export type ReadValues = (query: VariableQuery) => Promise<readonly string[]>;

/** Each variable after those that its query names; of a circle none comes after another. */
function inDependencyOrder(variables: readonly DashboardVariable[]): readonly DashboardVariable[] {
  const byName = new Map(variables.map((variable) => [variable.name, variable]));
  const ordered = new Set<DashboardVariable>();
  const visit = (variable: DashboardVariable, above: ReadonlySet<string>): void => {
    if (ordered.has(variable) || above.has(variable.name)) {
      return;
    }
    for (const name of variable.type === 'query' ? referencedNames(variable.query) : []) {
      const needed = byName.get(name);
      if (needed !== undefined) {
        visit(needed, new Set([...above, variable.name]));
      }
    }
    ordered.add(variable);
  };
  for (const variable of variables) {
    visit(variable, new Set());
  }
  return [...ordered];
}

async function foundValues(
  variable: DashboardVariable,
  scope: VariableScope,
  read: ReadValues,
): Promise<readonly string[]> {
  if (variable.type !== 'query') {
    return variable.options;
  }
  const query = parseVariableQuery(substituteQuery(variable.query, scope));
  if (query === undefined) {
    throw new Error('Use label_values(selector, label), label_names(), metrics(regex) or query_result(query).');
  }
  return read(query);
}

async function resolveOne(
  variable: DashboardVariable,
  wanted: readonly string[] | undefined,
  scope: VariableScope,
  read: ReadValues,
): Promise<ResolvedVariable> {
  try {
    const found = await foundValues(variable, scope, read);
    // What a person has listed stays in its order.
    const offered = variable.type === 'query' ? offeredValues(variable, found) : found;
    return { variable, offered, value: chooseValue(variable, offered, wanted), problem: undefined };
  } catch (error) {
    const { title, detail, code } = asApiError(error);
    const value = chooseValue(variable, [...(wanted ?? variable.current)], wanted);
    return {
      variable,
      offered: [],
      value,
      problem: code === 'internal' ? (detail ?? title) : `${title}. ${detail ?? ''}`,
    };
  }
}

/** Finds what every variable stands for, in the order in which they depend on one another; the answer has the dashboard's order. */
export async function resolveVariables(
  variables: readonly DashboardVariable[],
  wanted: ReadonlyMap<string, readonly string[]>,
  builtIn: VariableScope,
  read: ReadValues,
): Promise<readonly ResolvedVariable[]> {
  const scope = new Map(builtIn);
  const resolved = new Map<string, ResolvedVariable>();
  for (const variable of inDependencyOrder(variables)) {
    const one = await resolveOne(variable, wanted.get(variable.name), scope, read);
    scope.set(variable.name, one.value);
    resolved.set(variable.name, one);
  }
  return variables.flatMap(({ name }) => resolved.get(name) ?? []);
}
