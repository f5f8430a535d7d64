/** The columns that attributes, resource and details are sent as (`attribute-columns.ts`). */
export const ATTRIBUTE_COLUMNS = [
  ['attribute_shape', 'String'],
  ['facets', 'Array(String)'],
  ['labels', 'Map(String, String)'],
] as const;

/** The columns that every record of a batch ends with: what names it, and how long it is kept. */
export const BATCH_COLUMNS = [
  ['truncated', 'Bool'],
  ['batch_id', 'FixedString(16)'],
  ['batch_index', 'UInt32'],
  ['received_at', "DateTime64(3, 'UTC')"],
  ['retention_days', 'UInt16'],
] as const;

/** An Enum8 of names with the given numbers. */
export function enumType(numbers: Readonly<Record<string, number>>): string {
  return `Enum8(${Object.entries(numbers)
    .map(([name, number]) => `'${name}' = ${number}`)
    .join(', ')})`;
}

/** Names numbered as they stand in their list. */
export function numbered<Name extends string>(names: readonly Name[], first: number): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, index) => [name, index + first])) as Record<Name, number>;
}
