import type { LogRuleStep, StepOf } from '@aegisguard/model';
import type { LogMetric } from './metrics/log-metric.ts';
import type { RuleRegex } from './rule-regex.ts';
import type { CompiledStep } from './rule-run.ts';
import type { TextTemplate } from './rule-template.ts';
import type { WorkingEntry } from './working-entry.ts';

/** What steps are made of. Every method throws `RuleFault` for the member that it is given. */
export interface RuleCompiler {
  regex(expression: string, member: string): RuleRegex;
  template(text: string, member: string): TextTemplate;
  selector(text: string, member: string): (entry: WorkingEntry) => boolean;
  /** The metric of a step, which is that of others of its name. */
  metric(step: StepOf<'metric'>): LogMetric;
  /** Of steps within a step; faults are told under `member`. */
  steps(steps: readonly LogRuleStep[], member: string): readonly CompiledStep[];
}
