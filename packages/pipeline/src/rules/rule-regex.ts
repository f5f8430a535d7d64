// https://github.com/google/re2/wiki/Syntax
import { regexSizeBound } from '@aegisguard/model';
import { type Matcher, RE2JS, RE2JSException } from 're2js';
import { RuleError, RuleFault } from './rule-error.ts';

/** Instructions of one compiled program; an expression for the lines of a web server has some hundreds. */
const PROGRAM_SIZE_MAX = 5_000;
/** UTF-16 units of a text that an expression looks through. */
const TEXT_LENGTH_MAX = 128 * 1024;
/** Units times instructions: RE2 takes time linear in both at worst, some tenths of a second for so many, and cannot be interrupted. */
const WORK_MAX = 16_000_000;

/** What the expressions of one organization's rules may come to together: each thread compiles them. */
export class RegexAllowance {
  private left = 40_000;

  /** Throws `RuleFault` when there is no room for it. */
  take(size: number, member: string): void {
    this.left -= size;
    if (this.left < 0) {
      throw new RuleFault(member, 'The expressions of all rules are too large together.');
    }
  }
}

/** Throws `RuleError` when an expression of that size would take too long over a text. */
export function demandShort(text: string, programSize: number): void {
  if (text.length > TEXT_LENGTH_MAX || text.length * programSize > WORK_MAX) {
    throw new RuleError('met a text that is too long for an expression');
  }
}

/** An organization's RE2 expression. Every method throws `RuleError` for a text that is too long. */
export class RuleRegex {
  private readonly pattern: RE2JS;
  private readonly programSize: number;
  /** By the index of the group less one; undefined for groups without a name. */
  readonly groupNames: readonly (string | undefined)[];

  /** Throws `RuleFault` for `member` when it cannot be used. */
  constructor(expression: string, member: string, allowance: RegexAllowance) {
    this.pattern = compile(expression, member);
    this.programSize = this.pattern.programSize();
    allowance.take(this.programSize, member);
    const names = new Map(Object.entries(this.pattern.namedGroups()).map(([name, index]) => [index, name]));
    this.groupNames = Array.from({ length: this.pattern.groupCount() }, (_, at) => names.get(at + 1));
  }

  test(text: string): boolean {
    demandShort(text, this.programSize);
    return this.pattern.test(text);
  }

  /** The groups of the first match; '' for one that took no part, as in Go. */
  groups(text: string): readonly string[] | undefined {
    demandShort(text, this.programSize);
    const matcher = this.pattern.matcher(text);
    // A match at the beginning is the first one, and found in a quarter of the time: elsewhere one could begin at every character. That there is none is told quickly, too.
    const isFound = matcher.lookingAt() || (this.pattern.test(text) && matcher.reset().find());
    return isFound ? this.groupNames.map((_, at) => matcher.group(at + 1) ?? '') : undefined;
  }

  /** All matches, one after the other. */
  *matches(text: string): Generator<Matcher> {
    demandShort(text, this.programSize);
    if (!this.pattern.test(text)) {
      return;
    }
    const matcher = this.pattern.matcher(text);
    while (matcher.find()) {
      yield matcher;
    }
  }
}

function compile(expression: string, member: string): RE2JS {
  if (regexSizeBound(expression) > PROGRAM_SIZE_MAX) {
    throw new RuleFault(member, 'The expression is too large.');
  }
  try {
    const pattern = RE2JS.compile(expression);
    if (pattern.programSize() > PROGRAM_SIZE_MAX) {
      throw new RuleFault(member, 'The expression is too large.');
    }
    return pattern;
  } catch (error) {
    if (error instanceof RE2JSException) {
      throw new RuleFault(member, `This is no RE2 expression: ${error.message.slice(0, 200)}.`);
    }
    throw error;
  }
}
