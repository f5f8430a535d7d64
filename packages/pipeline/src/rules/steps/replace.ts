// https://grafana.com/docs/loki/latest/send-data/promtail/stages/replace/
import type { StepOf } from '@aegisguard/model';
import type { RuleCompiler } from '../rule-compiler.ts';
import type { RuleRegex } from '../rule-regex.ts';
import type { CompiledStep, RuleRun } from '../rule-run.ts';
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
    const data = templateData(entry);
    const replaced =
      text === undefined
        ? undefined
        : replaceParts(text, partsOf(regex, text), run, (part) => template(data, part, run.receivedAtMs));
    if (replaced === undefined) {
      return;
    }
    for (const [name, value] of replaced.named) {
      keepValue(entry, run, name, value, false);
    }
    if (source === undefined) {
      entry.setMessage(replaced.text);
    } else {
      keepValue(entry, run, source, replaced.text, false);
    }
  };
}

/** The text with its parts replaced, and what became of those with a name; undefined where there is no part or one cannot be replaced. */
function replaceParts(
  text: string,
  parts: Iterable<Part>,
  { budget }: RuleRun,
  replace: (part: string) => string | undefined,
): { readonly text: string; readonly named: ReadonlyMap<string, string> } | undefined {
  const named = new Map<string, string>();
  let result = '';
  let from = 0;
  for (const { name, start, end } of parts) {
    const replaced = replace(text.slice(start, end));
    if (replaced === undefined) {
      return undefined;
    }
    budget.spend(replaced.length);
    budget.check();
    if (start >= from) {
      result += text.slice(from, start) + replaced;
      from = end;
    }
    if (name !== undefined && replaced !== '') {
      named.set(name, replaced);
    }
  }
  return from === 0 ? undefined : { text: result + text.slice(from), named };
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
