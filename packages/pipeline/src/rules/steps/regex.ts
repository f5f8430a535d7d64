// https://grafana.com/docs/loki/latest/send-data/promtail/stages/regex/
import type { StepOf } from '@aegisguard/model';
import type { RuleCompiler } from '../rule-compiler.ts';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';

/** Named groups of the first match become values; one that took no part an empty one. */
export function regexStep({ source, expression, store }: StepOf<'regex'>, compiler: RuleCompiler): CompiledStep {
  const regex = compiler.regex(expression, 'expression');
  return (entry, run) => {
    const text = entry.text(source);
    const groups = text === undefined ? undefined : regex.groups(text);
    for (const [at, value] of groups?.entries() ?? []) {
      const name = regex.groupNames[at];
      if (name !== undefined) {
        keepValue(entry, run, name, value, store);
      }
    }
  };
}
