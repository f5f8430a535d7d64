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
}

/** What surrounds an expression. */
type Surroundings = Pick<NeededSeries, 'isCounter' | 'equals'> & { readonly labels: readonly string[] };

const OF_COUNTERS: ReadonlySet<string> = new Set(['rate', 'irate', 'increase', 'resets']);

/** Everything that an expression selects; `labels` are those that whoever shows its result names. */
export function neededSeries(expression: Expression, labels: readonly string[] = []): readonly NeededSeries[] {
  return collect(expression, { labels, isCounter: false, equals: undefined });
}

function collect(expression: Expression, around: Surroundings): readonly NeededSeries[] {
  switch (expression.kind) {
    case 'vector-selector':
      return [needed(expression, around)];
    case 'aggregation': {
      const grouping = expression.isWithout ? [] : expression.grouping;
      return collect(expression.expression, { ...around, labels: [...around.labels, ...grouping] });
    }
    case 'binary': {
      const { left, right, op, matching } = expression;
      const joined = matching?.isOn === true ? matching.labels : [];
      const labels = [...around.labels, ...joined, ...(matching?.include ?? [])];
      const equals = op === '==' && right.kind === 'number' ? right.value : around.equals;
      return [left, right].flatMap((side) => collect(side, { ...around, labels, equals }));
    }
    case 'call': {
      const inside = { ...around, isCounter: around.isCounter || OF_COUNTERS.has(expression.name) };
      return expression.arguments.flatMap((argument) => collect(argument, inside));
    }
    default:
      return childrenOf(expression).flatMap((child) => collect(child, around));
  }
}

function needed({ matchers }: VectorSelector, { labels, isCounter, equals }: Surroundings): NeededSeries {
  const name = matchers.find((matcher) => matcher.name === '__name__' && matcher.op === '=')?.value;
  if (name === undefined) {
    throw new Error('No series can be made for a selector that names no metric.');
  }
  const others = matchers.filter((matcher) => matcher.name !== '__name__');
  return {
    name,
    matchers: others,
    labels: new Set([...labels, ...others.map((each) => each.name)]),
    isCounter,
    equals,
  };
}

/** A value of a label that all matchers on it take: of those that they name and of the `usual` ones, by a place. */
export function takenValue(matchers: readonly LabelMatcher[], usual: readonly string[], place: number): string {
  const taken = [...new Set([...matchers.flatMap(named), ...usual])].filter((value) =>
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
