/** `$__all` in a list of chosen values is All. */
export const ALL = '$__all';

/** What a variable stands for. */
export interface VariableValue {
  /** All of them when All is chosen. */
  readonly values: readonly string[];
  /** Stands for the values as it is, e.g. `.*`; empty: the values themselves. */
  readonly allValue: string;
  readonly isAll: boolean;
  /** Somebody wrote its one value, which may be a regex: inside of one it is taken as it is. */
  readonly isPattern?: boolean;
}

/** What can be named by `$name`: the dashboard's variables and Grafana's built-in ones. */
export type VariableScope = ReadonlyMap<string, VariableValue>;

/** A variable that has one value. */
export function single(value: string): VariableValue {
  return { values: [value], allValue: '', isAll: false };
}
