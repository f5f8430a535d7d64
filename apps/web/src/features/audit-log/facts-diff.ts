/** What is known of a thing at one time, as an entry keeps it. */
export type Facts = Readonly<Record<string, unknown>>;

/** One fact before and after. A list has its items, anything else is one text; absent is none. */
export interface FactChange {
  /** Names from the outside in: `retentionDays.logs`. */
  readonly name: string;
  readonly isList: boolean;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

interface Leaf {
  readonly name: string;
  readonly isList: boolean;
  readonly texts: readonly string[];
}

function leavesOf(facts: Facts, prefix = ''): readonly Leaf[] {
  return Object.entries(facts).flatMap(([key, value]) => {
    const name = prefix + key;
    if (isFacts(value) && Object.keys(value).length > 0) {
      return leavesOf(value, `${name}.`);
    }
    return Array.isArray(value)
      ? [{ name, isList: true, texts: value.map(valueText) }]
      : [{ name, isList: false, texts: value === undefined ? [] : [valueText(value)] }];
  });
}

/** The facts of both times side by side, in the order in which they are first named. */
export function factChanges(before: Facts | null, after: Facts | null): readonly FactChange[] {
  const old = new Map(leavesOf(before ?? {}).map((leaf) => [leaf.name, leaf]));
  const now = new Map(leavesOf(after ?? {}).map((leaf) => [leaf.name, leaf]));
  return [...new Set([...old.keys(), ...now.keys()])].map((name) => ({
    name,
    isList: (old.get(name) ?? now.get(name))?.isList === true,
    before: old.get(name)?.texts ?? [],
    after: now.get(name)?.texts ?? [],
  }));
}
