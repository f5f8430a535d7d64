import type { DashboardVariable } from '@aegisguard/model';
import { RE2JS } from 're2js';
import { ALL, type VariableValue } from './variable-scope.ts';

const BY_TEXT = new Intl.Collator('en', { numeric: false });

function numberOf(text: string): number {
  const found = /-?\d+(?:\.\d+)?/.exec(text);
  return found === null ? Number.POSITIVE_INFINITY : Number(found[0]);
}

const COMPARE: Readonly<Record<DashboardVariable['sort'], ((a: string, b: string) => number) | undefined>> = {
  none: undefined,
  text: (a, b) => BY_TEXT.compare(a, b),
  'text-desc': (a, b) => BY_TEXT.compare(b, a),
  number: (a, b) => numberOf(a) - numberOf(b) || BY_TEXT.compare(a, b),
  'number-desc': (a, b) => numberOf(b) - numberOf(a) || BY_TEXT.compare(a, b),
};

/** Grafana writes a regex also between slashes. */
function withoutSlashes(regex: string): string {
  return /^\/(.*)\/[gimsuy]*$/s.exec(regex)?.[1] ?? regex;
}

/** What a regex leaves of found values: those that it finds something in, and of them its first group. Throws when it is none of RE2. */
export function filterValues(values: readonly string[], regex: string): readonly string[] {
  if (regex === '') {
    return values;
  }
  const compiled = RE2JS.compile(withoutSlashes(regex));
  return values.flatMap((value) => {
    const matcher = compiled.matcher(value);
    if (!matcher.find()) {
      return [];
    }
    const group = matcher.groupCount() > 0 ? matcher.group(1) : value;
    return group === null || group === undefined ? [] : [group];
  });
}

/** The values that can be chosen, of those that were found. */
export function offeredValues(variable: DashboardVariable, found: readonly string[]): readonly string[] {
  const distinct = [...new Set(filterValues(found, variable.regex))].filter((value) => value !== '');
  const compare = COMPARE[variable.sort];
  return compare === undefined ? distinct : distinct.sort(compare);
}

/** What a variable stands for when `wanted` is chosen: of a list only what it has, else its first value or All. */
export function chooseValue(
  variable: DashboardVariable,
  offered: readonly string[],
  wanted: readonly string[] | undefined,
): VariableValue {
  const { allValue, hasAll, isMulti, type } = variable;
  const chosen = wanted ?? variable.current;
  const all: VariableValue = { values: offered, allValue, isAll: true };
  const some = (values: readonly string[]): VariableValue => ({
    values,
    allValue,
    isAll: false,
    isPattern: type !== 'query' && !isMulti && !hasAll,
  });
  if (type === 'text' || type === 'constant') {
    return some([chosen[0] ?? variable.query]);
  }
  if (hasAll && chosen.includes(ALL)) {
    return all;
  }
  const known = chosen.filter((value) => offered.includes(value));
  if (known.length > 0) {
    return some(isMulti ? known : known.slice(0, 1));
  }
  return hasAll ? all : some(offered.slice(0, 1));
}
