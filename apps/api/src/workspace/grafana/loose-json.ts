/** An object of JSON whose members may be anything. */
export type LooseObject = Readonly<Record<string, unknown>>;

/** The object; an empty one for anything else. */
export function objectOf(value: unknown): LooseObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LooseObject) : {};
}

/** The list; an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The objects of a list. */
export function objectsOf(value: unknown): readonly LooseObject[] {
  return listOf(value).filter(
    (item): item is LooseObject => typeof item === 'object' && item !== null && !Array.isArray(item),
  );
}

/** The text as PostgreSQL can keep it, without NUL and halves of surrogate pairs; an empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : '';
}

/** No more than so many UTF-16 units, and no half of a pair at the end. */
export function cut(text: string, charsMax: number): string {
  return text.slice(0, charsMax).replace(/[\ud800-\udbff]$/, '');
}

/** A finite number, also one written as a text, as old dashboards have them. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A whole number within bounds; `otherwise` for what is no number. */
export function wholeOf(value: unknown, least: number, most: number, otherwise: number): number {
  const number = numberOf(value);
  return number === undefined ? otherwise : Math.min(most, Math.max(least, Math.trunc(number)));
}
