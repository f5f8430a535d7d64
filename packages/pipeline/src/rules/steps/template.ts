// https://grafana.com/docs/loki/latest/send-data/promtail/stages/template/
import type { StepOf } from '@aegisguard/model';
import type { RuleCompiler } from '../rule-compiler.ts';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';
import { templateData } from '../template-data.ts';

/** Makes a value of a template; where the result is empty there is none any more. */
export function templateStep({ source, template: text }: StepOf<'template'>, compiler: RuleCompiler): CompiledStep {
  const template = compiler.template(text, 'template');
  return (entry, run) => {
    const result = template(templateData(entry), entry.text(source) ?? '', run.receivedAtMs);
    if (result === undefined) {
      return;
    }
    if (result === '') {
      entry.values.delete(source);
    } else {
      keepValue(entry, run, source, result, false);
    }
  };
}
