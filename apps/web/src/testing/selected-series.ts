import type { LabelMatcher } from '@aegisguard/model';
import { childrenOf, type Expression, type VectorSelector } from '@aegisguard/promql';
import { RE2JS } from 're2js';

/** What a query needs of one metric: a selector, and the labels that are named around it. */
export interface NeededSeries {
  readonly name: string;
  readonly matchers: readonly LabelMatcher[];
  readonly labels: ReadonlySet<string>;
  /** It goes through `rate()` or the like. */
  readonly isCounter: boolean;
  /** A comparison keeps nothing but this value: `x == 1`. */
  readonly equals: number | undefined;
  /** Metrics that are matched with this one by all labels: `x / y`. */
  readonly alike: readonly string[];
}

/** What surrounds an expression. */
type Surroundings = Omit<NeededSeries, 'name' | 'matchers' | 'labels'> & { readonly labels: readonly string[] };

const OF_COUNTERS: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'resets']);

/** Everything that an expression selects; `labels` are those that whoever shows its result names. */
export function neededSeries(expression: Expression, labels: readonly string[] = []): readonly NeededSeries[] {
  return collect(expression, { labels, isCounter: false, equals: undefined, alike: [] });
}

function collect(expression: Expression, around: Surroundings): readonly NeededSeries[] {
  switch (expression.kind) {
    case 'vector-selector':
      return [needed(expression, around)];
    case 'aggregation': {
      const grouping = expression.isWithout ? [] : expression.grouping;
      return collect(expression.expression, { ...around, labels: [...around.labels, ...grouping], alike: [] });
    }
    case 'binary': {
      const { left, right, op, matching } = expression;
      const joined = matching?.isOn === true ? matching.labels : [];
      const labels = [...around.labels, ...joined, ...(matching?.include ?? [])];
      const equals = op === '==' && right.kind === 'number' ? right.value : around.equals;
      const alike = matching?.isOn === false ? [...around.alike, ...[left, right].flatMap(comparedNames)] : [];
      return [left, right].flatMap((side) => collect(side, { ...around, labels, equals, alike }));
    }
    case 'call': {
      const inside = { ...around, isCounter: around.isCounter || OF_COUNTERS.has(expression.name) };
      return expression.arguments.flatMap((argument) => collect(argument, inside));
    }
    default:
      return childrenOf(expression).flatMap((child) => collect(child, around));
  }
}

/** The metrics whose labels an expression's elements have. */
function comparedNames(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'vector-selector':
      return [nameOf(expression) ?? ''];
    case 'aggregation':
      return [];
    default:
      return childrenOf(expression).flatMap(comparedNames);
  }
}

function nameOf({ matchers }: VectorSelector): string | undefined {
  return matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=')?.value;
}

function needed(selector: VectorSelector, { labels, ...around }: Surroundings): NeededSeries {
  const name = nameOf(selector);
  if (name === undefined) {
    throw new Error('No series can be made for a selector that names no metric.');
  }
  const matchers = selector.matchers.filter((matcher) => matcher.name !== '__name__');
  return { ...around, name, matchers, labels: new Set([...labels, ...matchers.map((each) => each.name)]) };
}

/** A value of a label that all matchers on it take: of the `usual` ones and those that they name, by a place. */
export function takenValue(matchers: readonly LabelMatcher[], usual: readonly string[], place: number): string {
  const taken = [...new Set([...usual, ...matchers.flatMap(named)])].filter((value) =>
    matchers.every((matcher) => takes(matcher, value)),
  );
  const value = taken[place % Math.max(taken.length, 1)];
  if (value === undefined) {
    throw new Error(`No value is known that these take: ${JSON.stringify(matchers)}.`);
  }
  return value;
}

function takes({ op, value }: LabelMatcher, candidate: string): boolean {
  switch (op) {
    case '=':
      return candidate === value;
    case '!=':
      return candidate !== value;
    case '=~':
      return RE2JS.matches(value, candidate);
    case '!~':
      return !RE2JS.matches(value, candidate);
  }
}

/** Values that a matcher names: its text, or the alternatives of its regex, with a letter for what may be anything. */
function named({ op, value }: LabelMatcher): readonly string[] {
  switch (op) {
    case '=':
      return [value];
    case '=~':
      return value.split('|').map((part) =>
        part
          .replaceAll(/^\(|\)$|\\/g, '')
          .replaceAll(/\.[*+]/g, 'x')
          .replaceAll('.', '0'),
      );
    default:
      return [];
  }
}
