// https://grafana.com/docs/loki/latest/send-data/promtail/stages/match/
import type { StepOf } from '@aegisguard/model';
import type { RuleCompiler } from '../rule-compiler.ts';
import { RuleFault } from '../rule-error.ts';
import type { CompiledStep } from '../rule-run.ts';
import { runSteps } from '../run-steps.ts';

/** Runs steps over the logs that a selector finds, or drops these. */
export function matchStep({ selector, action, steps }: StepOf<'match'>, compiler: RuleCompiler): CompiledStep {
  const matches = compiler.selector(selector, 'selector');
  if (action === 'drop') {
    if (steps.length > 0) {
      throw new RuleFault('steps', 'What is dropped goes through no steps.');
    }
    return (entry) => {
      if (matches(entry)) {
        entry.dropped = 'rule';
      }
    };
  }
  if (steps.length === 0) {
    throw new RuleFault('steps', 'Add a step.');
  }
  const inner = compiler.steps(steps, 'steps');
  return (entry, run) => {
    if (matches(entry)) {
      runSteps(inner, entry, run);
    }
  };
}
