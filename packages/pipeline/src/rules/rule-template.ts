// https://grafana.com/docs/loki/latest/send-data/promtail/stages/template/
import { createHash } from 'node:crypto';
import { compileDataTemplate, TemplateError, type TemplateFunction } from '@aegisguard/logql';
import { type JsonObject, NANOS_PER_MS } from '@aegisguard/model';
import { RuleFault } from './rule-error.ts';

/** A template made ready: its result over named values; `value` is what it calls `.Value`. Undefined where it cannot be applied: as in Promtail, its step then does nothing. */
export type TextTemplate = (data: JsonObject, value: string, nowMs: number) => string | undefined;

function hashing(algorithm: string): TemplateFunction<unknown> {
  return {
    parameters: ['string', 'string'],
    call: ([text, salt], call) => {
      call.charge(String(text).length);
      return createHash(algorithm)
        .update(`${String(text)}${String(salt)}`)
        .digest('hex');
    },
  };
}

/** What rules have beyond LogQL: a text with a salt, hashed. */
const HASHES = new Map([
  ['Hash', hashing('sha3-256')],
  ['Sha2Hash', hashing('sha256')],
]);

/** Makes a template ready; throws `RuleFault` for what is none. */
export function compileTemplate(text: string, member: string): TextTemplate {
  if (!text.includes('{{')) {
    return () => text;
  }
  const template = told(() => compileDataTemplate(text, HASHES), member);
  return (data, value, nowMs) => {
    try {
      return template.execute({ ...data, Value: value }, BigInt(Math.trunc(nowMs)) * NANOS_PER_MS);
    } catch (error) {
      if (error instanceof TemplateError) {
        return undefined;
      }
      throw error;
    }
  };
}

function told<Result>(compile: () => Result, member: string): Result {
  try {
    return compile();
  } catch (error) {
    if (error instanceof TemplateError) {
      throw new RuleFault(member, `This is no template: ${error.message}.`);
    }
    throw error;
  }
}
