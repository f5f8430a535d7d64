import { NUMBER_WORDS } from '../token.ts';
import { quote } from './quote.ts';

const PLAIN = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A label's name in braces, quoted unless it is a plain word. */
export function printLabelName(name: string): string {
  return PLAIN.test(name) ? name : quote(name);
}

/** Labels behind `by`, `on` and the like, where `inf` and `nan` would be numbers. */
export function printLabels(names: readonly string[]): string {
  const labels = names.map((name) => (NUMBER_WORDS.has(name.toLowerCase()) ? quote(name) : printLabelName(name)));
  return `(${labels.join(', ')})`;
}
