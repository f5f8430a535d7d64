// The rules of https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/, in promtool's words where it has some.
import { AegisError, problemOfQuery, type RecordingRule } from '@aegisguard/model';
import { parseQuery, type RegexBudget, typeOf } from '@aegisguard/promql';

/** What is wrong with a rule's field. */
export interface RuleProblem {
  readonly field: 'record' | 'expr' | 'labels';
  readonly message: string;
}

const METRIC_NAME = '__name__';

/** Everything that is wrong with a rule. Rules of one request share their `regexes`. */
export function ruleProblems({ record, expr, labels }: RecordingRule, regexes: RegexBudget): readonly RuleProblem[] {
  const problems: RuleProblem[] = [];
  const refuse = (field: RuleProblem['field'], message: string | undefined): void => {
    if (message !== undefined) {
      problems.push({ field, message });
    }
  };
  refuse('record', recordProblem(record));
  refuse('expr', expressionProblem(expr, ['vector', 'scalar'], regexes));
  for (const [name, value] of Object.entries(labels)) {
    if (name === METRIC_NAME || name === '' || !isStorable(name)) {
      refuse('labels', `invalid label name: ${name}`);
    }
    if (!isStorable(value)) {
      refuse('labels', `invalid label value: ${value}`);
    }
  }
  return problems;
}

/** What is wrong with an expression, which must be of one of the types. */
export function expressionProblem(expr: string, types: readonly string[], regexes: RegexBudget): string | undefined {
  if (!isStorable(expr)) {
    return 'the expression has characters that cannot be stored';
  }
  try {
    const type = typeOf(parseQuery(expr, regexes));
    return types.includes(type) ? undefined : `the expression is a ${type}; a rule needs an instant vector or a scalar`;
  } catch (error) {
    const problem = problemOfQuery(error);
    if (problem !== undefined) {
      return `could not parse expression: at position ${problem.position}: ${problem.problem}`;
    }
    if (error instanceof AegisError) {
      return `could not parse expression: ${error.detail ?? error.message}`;
    }
    throw error;
  }
}

function recordProblem(record: string): string | undefined {
  if (!isStorable(record)) {
    return `invalid recording rule name: ${record}`;
  }
  return /[{}]/.test(record)
    ? `braces present in the recording rule name; should it be in expr?: ${record}`
    : undefined;
}

/** PostgreSQL has neither NUL nor halves of surrogate pairs. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
