// RE2's syntax: https://github.com/google/re2/wiki/Syntax
import { AegisError, checkRegexSize, invalidQuery, regexSizeBound } from '@aegisguard/model';
import { RE2JS, RE2JSException } from 're2js';
import type { Work } from './work.ts';

/** Characters times instructions for one text, which RE2 needs at worst: half a second. */
const WORK_MAX = 2_000_000;
/** What of it is one step of work. */
const WORK_OF_STEP = 50;
/** Values of attributes repeat. */
const REMEMBERED_MAX = 2_000;
const REMEMBERED_LENGTH_MAX = 1_000;
const PROBLEM_LENGTH_MAX = 200;

/** A regular expression that must match a whole value. */
export class BoundedRegex {
  readonly #expression: RE2JS;
  readonly #programSize: number;
  readonly #remembered = new Map<string, boolean>();

  /** Throws `invalid-query` at the position. */
  constructor(pattern: string, position: number) {
    checkRegexSize(pattern, position);
    try {
      this.#expression = RE2JS.compile(pattern);
    } catch (error) {
      throw error instanceof RE2JSException
        ? invalidQuery(position, error.message.slice(0, PROBLEM_LENGTH_MAX).toWellFormed())
        : error;
    }
    this.#programSize = Math.max(1, this.#expression.programSize());
  }

  /** Whether the whole text matches; one that is too long to be looked at does not. */
  matches(text: string, work: Work): boolean {
    const known = this.#remembered.get(text);
    if (known !== undefined) {
      return known;
    }
    const cost = text.length * this.#programSize;
    if (cost > WORK_MAX) {
      return false;
    }
    work.spend(Math.ceil(cost / WORK_OF_STEP));
    const does = this.#expression.matches(text);
    if (text.length <= REMEMBERED_LENGTH_MAX && this.#remembered.size < REMEMBERED_MAX) {
      this.#remembered.set(text, does);
    }
    return does;
  }
}

/** Expressions of one query that stand in spans are many, maybe. */
const PATTERNS_MAX = 100;

/** Expressions that are values of spans; what RE2 does not understand is none. */
export class ReadRegexes {
  readonly #known = new Map<string, BoundedRegex | undefined>();

  get(pattern: string, work: Work): BoundedRegex | undefined {
    if (this.#known.has(pattern)) {
      return this.#known.get(pattern);
    }
    if (this.#known.size === PATTERNS_MAX) {
      this.#known.clear();
    }
    work.spend(regexSizeBound(pattern));
    const expression = compiled(pattern);
    this.#known.set(pattern, expression);
    return expression;
  }
}

function compiled(pattern: string): BoundedRegex | undefined {
  try {
    return new BoundedRegex(pattern, 0);
  } catch (error) {
    if (error instanceof AegisError) {
      return undefined;
    }
    throw error;
  }
}
