import type { JsonValue, StepOf } from '@aegisguard/model';
import { expandGrok, type GrokField } from '../grok/expand-grok.ts';
import type { RuleCompiler } from '../rule-compiler.ts';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';

/** The fields of the first pattern that matches become values; of a field that stands twice, the last one that took part. */
export function grokStep(
  { source, patterns, definitions, store }: StepOf<'grok'>,
  compiler: RuleCompiler,
): CompiledStep {
  const compiled = patterns.map((pattern, at) => {
    const { expression, fields } = expandGrok(pattern, definitions, `patterns/${at}`);
    const regex = compiler.regex(expression, `patterns/${at}`);
    return { regex, fields: regex.groupNames.map((name) => fields.get(name ?? '')) };
  });
  return (entry, run) => {
    const text = entry.text(source);
    for (const { regex, fields } of text === undefined ? [] : compiled) {
      const groups = regex.groups(text ?? '');
      if (groups === undefined) {
        continue;
      }
      for (const [at, field] of fields.entries()) {
        const value = groups[at] ?? '';
        if (field !== undefined && value !== '') {
          keepValue(entry, run, field.name, typed(value, field.type), store);
        }
      }
      return;
    }
  };
}

function typed(value: string, type: GrokField['type']): JsonValue {
  if (type === 'text') {
    return value;
  }
  if (type === 'boolean') {
    return value.toLowerCase() === 'true';
  }
  const number = Number(value);
  if (!Number.isFinite(number)) {
    return value;
  }
  return type === 'int' ? Math.trunc(number) : number;
}
