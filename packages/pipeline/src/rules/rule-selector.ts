// https://grafana.com/docs/loki/latest/query/log_queries/#log-stream-selector
import { compileMatcher, compilePipeline, type LogQuery, parseLogQuery } from '@aegisguard/logql';
import { AegisError, type LogLabels, problemOfQuery, regexSizeBound } from '@aegisguard/model';
import { RuleFault } from './rule-error.ts';
import { demandShort, type RegexAllowance } from './rule-regex.ts';
import type { WorkingEntry } from './working-entry.ts';

/** Whether a log is one that a selector finds. */
export type RuleSelector = (entry: WorkingEntry) => boolean;

/** Line filters know no labels. */
const NO_LABELS: LogLabels = { stream: {}, metadata: {}, derived: {}, isPushed: false };

/** Makes a selector with line filters ready; throws `RuleFault` for what is none. */
export function compileSelector(text: string, member: string, allowance: RegexAllowance): RuleSelector {
  const { matchers, stages } = parse(text, member);
  const ofLabels = sizeOf(matchers.filter(({ op }) => op.endsWith('~')).map(({ value }) => value));
  const ofLines = sizeOf(
    stages.flatMap((stage) =>
      stage.kind === 'line-filter' && stage.op.endsWith('~') ? stage.operands.map(({ value }) => value) : [],
    ),
  );
  allowance.take(ofLabels + ofLines, member);
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: compileMatcher(matcher) }));
  const filters = stages.length === 0 ? undefined : compilePipeline(stages);
  return (entry) => {
    const isFound = tests.every(({ name, test }) => {
      const value = entry.label(name) ?? '';
      demandShort(value, ofLabels);
      return test(value);
    });
    if (!isFound) {
      return false;
    }
    if (filters === undefined) {
      return true;
    }
    const { message, timestamp } = entry.record;
    if (ofLines > 0) {
      demandShort(message, ofLines);
    }
    return filters.process({ timestamp, line: message, labels: NO_LABELS }) !== undefined;
  };
}

/** About how many instructions expressions compile to. */
function sizeOf(expressions: readonly string[]): number {
  return expressions.reduce((sum, expression) => sum + regexSizeBound(expression), 0);
}

function parse(text: string, member: string): LogQuery {
  try {
    const query = parseLogQuery(text);
    if (query.stages.some(({ kind }) => kind !== 'line-filter')) {
      throw new RuleFault(member, 'Only labels and line filters select logs here, no parsers and label filters.');
    }
    return query;
  } catch (error) {
    const problem = problemOfQuery(error);
    if (problem !== undefined) {
      throw new RuleFault(member, `At position ${problem.position}: ${problem.problem}`);
    }
    if (error instanceof AegisError) {
      throw new RuleFault(member, error.detail ?? error.message);
    }
    throw error;
  }
}
