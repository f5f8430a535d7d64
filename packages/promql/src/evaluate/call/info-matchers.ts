// https://prometheus.io/docs/prometheus/latest/querying/functions/#info
import type { LabelMatcher, Labels } from '@aegisguard/model';
import { RE2JS } from 're2js';
import type { FunctionCall } from '../../syntax/ast/function-call.ts';
import { labelOf } from '../label-order.ts';

/** By these labels an info series says whom it is about. */
export const IDENTIFYING_LABELS = ['instance', 'job'] as const;

const NAME = '__name__';
const DEFAULT_METRIC: LabelMatcher = { name: NAME, op: '=', value: 'target_info' };
/** What is only said not to be some metric is one of these. */
const ANY_METRIC: LabelMatcher = { name: NAME, op: '=~', value: '.+_info' };
/** More values than that are not asked for one by one. */
const VALUES_MAX = 100;

/** What the second argument of `info` says. */
export interface InfoMatchers {
  /** Which metrics carry the information. */
  readonly ofName: readonly LabelMatcher[];
  /** Which of their labels are wanted; of none are all. */
  readonly ofData: readonly LabelMatcher[];
  /** Whether a metric is one of those that carry the information, so that its own series stay as they are. Not known where labels are wanted of a metric that is not named. */
  isInfo(metric: string): boolean;
}

/** The matchers of the call, `target_info` where it names no metric. */
export function infoMatchers({ arguments: [, selector] }: FunctionCall): InfoMatchers {
  const matchers = selector?.kind === 'vector-selector' ? selector.matchers : [];
  const named = matchers.filter(({ name }) => name === NAME);
  const ofName = metricMatchers(named);
  const tests = ofName.map(matcherTest);
  const isKnown = selector === undefined || named.length > 0;
  return {
    ofName,
    ofData: matchers.filter(({ name }) => name !== NAME),
    isInfo: (metric) => isKnown && tests.every((test) => test(metric)),
  };
}

function metricMatchers(named: readonly LabelMatcher[]): readonly LabelMatcher[] {
  if (named.length === 0) {
    return [DEFAULT_METRIC];
  }
  return named.every(({ op }) => op === '!=' || op === '!~') ? [ANY_METRIC, ...named] : named;
}

/** Whether a value satisfies a matcher. */
export function matcherTest({ op, value }: LabelMatcher): (found: string) => boolean {
  if (op === '=' || op === '!=') {
    return (found) => (found === value) === (op === '=');
  }
  const regex = RE2JS.compile(value, RE2JS.DOTALL);
  return (found) => regex.matches(found) === (op === '=~');
}

/** Matchers of the identifying labels that series have; empty when they have none. */
export function identityMatchers(series: readonly Labels[]): LabelMatcher[] {
  return IDENTIFYING_LABELS.flatMap((name): LabelMatcher[] => {
    const values = new Set(series.map((labels) => labelOf(labels, name)).filter((value) => value !== ''));
    if (values.size === 0) {
      return [];
    }
    const alternatives = values.size > VALUES_MAX ? '.+' : [...values].sort().map(RE2JS.quote).join('|');
    return [{ name, op: '=~', value: alternatives }];
  });
}
