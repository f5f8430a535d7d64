import { AegisError } from '@aegisguard/model';
import { isId } from './new-id.ts';

/** Rows are ordered by so many characters of their name, so that a cursor, which holds them, is short. */
export const ORDERED_CHARS = 60;

const ID_CHARS = 36;

/** Where a page of a list by name ends; null for no row. A cursor gives nothing that its bearer could not ask for, so it needs no proof. */
export function writeNameCursor(last: { readonly id: string; readonly name: string } | undefined): string | null {
  return last === undefined
    ? null
    : Buffer.from([last.id, ...[...last.name].slice(0, ORDERED_CHARS)].join('')).toString('base64url');
}

/** Throws `invalid-cursor`. */
export function readNameCursor(cursor: string): { readonly id: string; readonly name: string } {
  const text = Buffer.from(cursor, 'base64url').toString();
  const id = text.slice(0, ID_CHARS);
  if (!isId(id) || text.includes('\0')) {
    throw new AegisError('invalid-cursor');
  }
  return { id, name: text.slice(ID_CHARS) };
}
