import { setImmediate as turn } from 'node:timers/promises';
import { AegisError, type CustomRule, regexSizeBound } from '@aegisguard/model';
import { validateCustomRule } from '@aegisguard/pipeline';

/** Instructions of all patterns together: compiling them takes a thread, or this process, some 30 ms. */
const PROGRAM_SIZE_MAX = 20_000;

/** Throws `invalid-request` naming every rule that cannot be used. Others get their turn while patterns are compiled. */
export async function checkCustomRules(rules: readonly CustomRule[]): Promise<void> {
  const names = new Set<string>();
  const errors = [];
  let size = 0;
  for (const [at, rule] of rules.entries()) {
    if (names.has(rule.name)) {
      errors.push({ path: `/policy/customRules/${at}/name`, message: 'another rule has this name' });
    }
    names.add(rule.name);
    size += regexSizeBound(rule.pattern);
    const fault = size > PROGRAM_SIZE_MAX ? 'the patterns are too large together' : validateCustomRule(rule);
    if (fault !== undefined) {
      errors.push({ path: `/policy/customRules/${at}/pattern`, message: fault });
    }
    await turn();
  }
  if (errors.length > 0) {
    throw new AegisError('invalid-request', {
      detail: errors.map(({ path, message }) => `${path}: ${message}`).join('; '),
      members: { errors },
    });
  }
}
