import { invalidQuery } from '@aegisguard/model';
import { compileTemplate } from '../template/compile-template.ts';
import { TemplateError } from '../template/template-error.ts';
import type { Token } from './token.ts';

const PROBLEM_LENGTH_MAX = 300;

/** Throws `invalid-query` at the literal's position, in Loki's words, unless its text is a template. `name` is what the template makes. */
export function checkTemplate({ text, position }: Token, name: 'line' | 'label', before: string): void {
  try {
    compileTemplate(text, name);
  } catch (error) {
    throw error instanceof TemplateError
      ? invalidQuery(position, `${before}: ${error.message.slice(0, PROBLEM_LENGTH_MAX).toWellFormed()}`)
      : error;
  }
}
