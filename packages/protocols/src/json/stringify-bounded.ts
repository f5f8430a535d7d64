import type { JsonObject, JsonValue } from '@aegisguard/model';

/** What is still to be written: a finished piece of text, or a value. */
type Pending = { readonly text: string } | { readonly value: JsonValue };

/** The pieces of a container in reverse, so that the last one is written first. */
function piecesReversed(container: JsonValue[] | JsonObject): Pending[] {
  const isArray = Array.isArray(container);
  const pieces: Pending[] = [{ text: isArray ? '[' : '{' }];
  for (const key of Object.keys(container)) {
    const separator = pieces.length > 1 ? ',' : '';
    pieces.push({ text: isArray ? separator : `${separator}${JSON.stringify(key)}:` });
    pieces.push({ value: (container as JsonObject)[key] ?? null });
  }
  pieces.push({ text: isArray ? ']' : '}' });
  return pieces.reverse();
}

/**
 * A value's JSON text, written until it is longer than `lengthMax` (UTF-16 units) and then no further: the caller cuts it. Nesting costs memory, not stack:
 * `JSON.stringify` overflows the stack on a value nested some thousands deep, which `JSON.parse` readily makes.
 */
export function stringifyBounded(value: JsonValue, lengthMax: number): string {
  const pending: Pending[] = [{ value }];
  let written = '';
  for (let piece = pending.pop(); piece !== undefined && written.length <= lengthMax; piece = pending.pop()) {
    if ('text' in piece) {
      written += piece.text;
    } else if (typeof piece.value === 'object' && piece.value !== null) {
      for (const part of piecesReversed(piece.value)) {
        pending.push(part);
      }
    } else {
      // A number beyond the doubles has become infinite, which JSON cannot say.
      const scalar =
        typeof piece.value === 'number' && !Number.isFinite(piece.value) ? String(piece.value) : piece.value;
      written += JSON.stringify(scalar);
    }
  }
  return written;
}
