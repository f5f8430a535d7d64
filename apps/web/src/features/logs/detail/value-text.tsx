import type { ReactNode } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { cutText } from '../table/row-text.ts';
import type { JsonKind } from './json-tree.ts';
import type { ValueRow } from './value-tree.tsx';

/** Characters of a value that are drawn; copying gives all of it. */
const VALUE_CHARACTERS_MAX = 4000;

const COLORS: Readonly<Record<JsonKind, string>> = {
  object: 'text-subtle',
  array: 'text-subtle',
  string: 'text-syntax-string',
  number: 'text-syntax-number',
  boolean: 'text-syntax-keyword',
  null: 'text-subtle italic',
};

function textOf({ value, kind, size, isOpen }: ValueRow, isJson: boolean): string {
  if (isJson && (kind === 'object' || kind === 'array')) {
    const [open, close] = kind === 'object' ? ['{', '}'] : ['[', ']'];
    const what = kind === 'object' ? (size === 1 ? 'member' : 'members') : size === 1 ? 'item' : 'items';
    return size === 0 ? `${open}${close}` : isOpen ? open : `${open} ${size} ${what} ${close}`;
  }
  return typeof value === 'string' && !isJson ? value : JSON.stringify(value);
}

/** A value in the colour of its kind; texts are quoted only where it reads as JSON. */
export function ValueText({ row, isJson }: { readonly row: ValueRow; readonly isJson: boolean }): ReactNode {
  const isPlainText = row.kind === 'string' && !isJson;
  return (
    <span
      className={classNames(
        'min-w-0 whitespace-pre-wrap break-words [overflow-wrap:anywhere]',
        isPlainText ? 'text-text' : COLORS[row.kind],
      )}
    >
      {cutText(textOf(row, isJson), VALUE_CHARACTERS_MAX)}
    </span>
  );
}
