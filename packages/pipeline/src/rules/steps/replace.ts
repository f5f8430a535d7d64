// https://grafana.com/docs/loki/latest/send-data/promtail/stages/replace/
import type { StepOf } from '@aegisguard/model';
import type { RuleCompiler } from '../rule-compiler.ts';
import type { RuleRegex } from '../rule-regex.ts';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';
import { templateData } from '../template-data.ts';

/** A part of the text that a group, or the whole match, is. */
interface Part {
  readonly name: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Replaces what groups match by a template's result; of groups within groups the outer one. Named groups become values, replaced. */
export function replaceStep(
  { source, expression, replacement }: StepOf<'replace'>,
  compiler: RuleCompiler,
): CompiledStep {
  const regex = compiler.regex(expression, 'expression');
  const template = compiler.template(replacement, 'replacement');
  return (entry, run) => {
    const text = entry.text(source);
    if (text === undefined) {
      return;
    }
    const data = templateData(entry);
    const named = new Map<string, string>();
    let result = '';
    let from = 0;
    for (const { name, start, end } of partsOf(regex, text)) {
      const replaced = template(data, text.slice(start, end));
      run.budget.spend(replaced.length);
      run.budget.check();
      if (start >= from) {
        result += text.slice(from, start) + replaced;
        from = end;
      }
      if (name !== undefined && replaced !== '') {
        named.set(name, replaced);
      }
    }
    for (const [name, value] of named) {
      keepValue(entry, run, name, value, false);
    }
    if (from === 0) {
      return;
    }
    if (source === undefined) {
      entry.setMessage(result + text.slice(from));
    } else {
      keepValue(entry, run, source, result + text.slice(from), false);
    }
  };
}

function* partsOf(regex: RuleRegex, text: string): Generator<Part> {
  for (const match of regex.matches(text)) {
    if (regex.groupNames.length === 0) {
      yield { name: undefined, start: match.start(), end: match.end() };
    }
    for (const [at, name] of regex.groupNames.entries()) {
      const part = { name, start: match.start(at + 1), end: match.end(at + 1) };
      if (part.start >= 0 && part.start < part.end) {
        yield part;
      }
    }
  }
}
