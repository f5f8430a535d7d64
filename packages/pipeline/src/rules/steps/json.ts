// https://grafana.com/docs/loki/latest/send-data/promtail/stages/json/
import type { JsonObject, JsonValue, StepOf } from '@aegisguard/model';
import { compileJmesPath } from '../jmespath/compile-jmespath.ts';
import { JmesPathError } from '../jmespath/jmespath-error.ts';
import { jsonText } from '../jmespath/json-kinds.ts';
import { RuleError, RuleFault } from '../rule-error.ts';
import type { CompiledStep } from '../rule-run.ts';
import { keepValue } from '../store-values.ts';

type Query = (document: JsonValue) => JsonValue;

/** Values that an expression finds in a JSON object: texts, numbers and truths as they are, lists and objects as JSON. */
export function jsonStep({ source, expressions, dropMalformed, store }: StepOf<'json'>): CompiledStep {
  const queries = Object.entries(expressions).map(([name, expression]) => [name, compile(name, expression)] as const);
  return (entry, run) => {
    const text = entry.text(source);
    const document = text === undefined ? undefined : parseObject(text);
    if (document === undefined) {
      if (dropMalformed && text !== undefined) {
        entry.dropped = 'malformed';
      }
      return;
    }
    if (queries.length === 0) {
      for (const [name, value] of Object.entries(document)) {
        keepValue(entry, run, name, store ? value : flat(value), store);
      }
    }
    for (const [name, query] of queries) {
      keepValue(entry, run, name, ask(query, document), store);
    }
  };
}

function compile(name: string, expression: string): Query {
  if (expression === '') {
    return (document) => member(document, name);
  }
  try {
    return compileJmesPath(expression);
  } catch (error) {
    if (error instanceof JmesPathError) {
      throw new RuleFault(`expressions/${name}`, `This is no JMESPath expression: ${error.message}.`);
    }
    throw error;
  }
}

function ask(query: Query, document: JsonValue): JsonValue {
  try {
    return flat(query(document));
  } catch (error) {
    if (error instanceof JmesPathError) {
      throw new RuleError('made too much of a document');
    }
    throw error;
  }
}

function member(document: JsonValue, name: string): JsonValue {
  return typeof document === 'object' && document !== null && !Array.isArray(document) && Object.hasOwn(document, name)
    ? (document[name] ?? null)
    : null;
}

function flat(value: JsonValue): JsonValue {
  return typeof value === 'object' && value !== null ? jsonText(value) : value;
}

function parseObject(text: string): JsonObject | undefined {
  // An exception costs more than a look at the first character.
  if (text.length === 0 || !text.trimStart().startsWith('{')) {
    return undefined;
  }
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}
