// https://github.com/google/re2/wiki/Syntax
import { type CustomRule, type PrivacyPolicy, regexSizeBound } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';
import { cpuMs } from './cpu-ms.ts';
import type { ReportFinding } from './detector.ts';
import { RULE_PROBES } from './rule-probes.ts';

/** A rule of an organization that is ready to run. */
export interface CustomMatcher {
  /** Of the rule; findings are told as `custom:<name>`. */
  readonly name: string;
  readonly strategy: CustomRule['strategy'];
  /**
   * Reports what is to go, in ascending order, not overlapping. False when the time for this text was spent before its end was reached: what was reported does not count then, the whole text must go, as
   * `[REDACTED:timeout]`.
   */
  find(text: string, report: ReportFinding): boolean;
}

/** Instructions of the compiled program. What people write has some dozens; a repetition of a hundred times has hundreds and runs at some 7 MB/s. */
const PROGRAM_SIZE_MAX = 1000;
/** Ms of the processor that the probes may take: a usual rule takes 2 to 60, a pattern that matches each character 200, and this is 0.8 seconds per million UTF-16 units. */
const PROBES_MS_MAX = 150;
/** Ms of the processor that a text may take however short it is: finding the first match warms the engine up. */
const TEXT_MS_BASE = 20;
/** Ms of the processor that a text may take per million UTF-16 units: more than the slowest rule that is let in takes. */
const TEXT_MS_PER_MILLION = 1000;
const MILLION = 1e6;

/** The rules of a policy. Throws for one that cannot be compiled: `validateCustomRule` lets none such in, but another version of this program may have, and without the rule something could be kept that is not to be kept. */
export function createCustomRules(policy: PrivacyPolicy): readonly CustomMatcher[] {
  return policy.customRules.map((rule) => {
    const pattern = compile(rule.pattern);
    if (!(pattern instanceof RE2JS)) {
      throw new RangeError(`the rule ${rule.name} cannot be used: ${pattern}`);
    }
    return matcherOf(rule, pattern);
  });
}

/** Why a rule cannot be used, as a sentence for whoever wrote it; undefined for one that can. Takes up to a second for a rule that is too slow. */
export function validateCustomRule(rule: CustomRule): string | undefined {
  const pattern = compile(rule.pattern);
  if (!(pattern instanceof RE2JS)) {
    return pattern;
  }
  const endMs = cpuMs() + PROBES_MS_MAX;
  for (const probe of RULE_PROBES) {
    const matcher = pattern.matcher(probe);
    while (cpuMs() < endMs && matcher.find()) {
      if (matcher.start() === matcher.end()) {
        return 'The pattern matches where there is nothing, as "a*" does in "bbb"; a rule must match at least one character.';
      }
    }
    if (cpuMs() >= endMs) {
      return 'The pattern is too slow: write it with a fixed word to look for, and with fewer alternatives and repetitions.';
    }
  }
  return undefined;
}

/** The compiled pattern, or what is wrong with it. */
function compile(pattern: string): RE2JS | string {
  const tooLarge = `The pattern is too large: its repetitions multiply to more than ${PROGRAM_SIZE_MAX} steps.`;
  if (regexSizeBound(pattern) > PROGRAM_SIZE_MAX) {
    return tooLarge;
  }
  try {
    const compiled = RE2JS.compile(pattern);
    return compiled.programSize() > PROGRAM_SIZE_MAX ? tooLarge : compiled;
  } catch (error) {
    if (error instanceof RE2JSException) {
      return `The pattern is no RE2 expression: ${error.message.slice(0, 200)}.`;
    }
    throw error;
  }
}

/**
 * RE2 takes time linear in the text for one match, but not for all: a pattern may look to the text's end for each. So the time is looked at after each match. It is the thread's own processor time, for a
 * machine that is busy otherwise must not make texts vanish.
 */
function matcherOf({ name, strategy }: CustomRule, pattern: RE2JS): CustomMatcher {
  const group = pattern.groupCount() > 0 ? 1 : 0;
  return {
    name,
    strategy,
    find(text, report) {
      // Proves for nearly every text that there is no match, ten times as fast as looking for one.
      if (!pattern.test(text)) {
        return true;
      }
      const endMs = cpuMs() + TEXT_MS_BASE + (text.length / MILLION) * TEXT_MS_PER_MILLION;
      const matcher = pattern.matcher(text);
      while (matcher.find()) {
        const part = group === 1 && matcher.start(1) >= 0 ? 1 : 0;
        if (matcher.start(part) < matcher.end(part)) {
          report(matcher.start(part), matcher.end(part));
        }
        if (cpuMs() > endMs) {
          return false;
        }
      }
      return true;
    },
  };
}
