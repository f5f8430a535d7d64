import { type CustomRule, checkRegexSize } from '@aegisguard/model';
import { RE2JS } from 're2js';

/** Why a rule cannot be used, in words for its author; undefined when it can. */
export function validateCustomRule({ pattern }: CustomRule): string | undefined {
  try {
    checkRegexSize(pattern, 0);
    RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'the pattern is not valid';
  }
}
