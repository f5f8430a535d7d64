// https://grafana.com/docs/loki/latest/query/log_queries/#log-stream-selector
import { compileMatcher, compilePipeline, type LogQuery, parseLogQuery } from '@aegisguard/logql';
import { AegisError, type LogLabels, problemOfQuery } from '@aegisguard/model';
import { RuleError, RuleFault } from './rule-error.ts';
import type { WorkingEntry } from './working-entry.ts';

/** Whether a log is one that a selector finds. */
export type RuleSelector = (entry: WorkingEntry) => boolean;

/** Line filters know no labels. */
const NO_LABELS: LogLabels = { stream: {}, metadata: {}, derived: {}, isPushed: false };
/** UTF-16 units of a line that filters look through. */
const LINE_LENGTH_MAX = 1024 * 1024;

/** Makes a selector with line filters ready; throws `RuleFault` for what is none. */
export function compileSelector(text: string, member: string): RuleSelector {
  const { matchers, stages } = parse(text, member);
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: compileMatcher(matcher) }));
  const filters = stages.length === 0 ? undefined : compilePipeline(stages);
  return (entry) => {
    if (!tests.every(({ name, test }) => test(entry.label(name) ?? ''))) {
      return false;
    }
    if (filters === undefined) {
      return true;
    }
    const { message, timestamp } = entry.record;
    if (message.length > LINE_LENGTH_MAX) {
      throw new RuleError('met a text that is too long for its selector');
    }
    return filters.process({ timestamp, line: message, labels: NO_LABELS }) !== undefined;
  };
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
