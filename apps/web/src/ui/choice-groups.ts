/** One of many that can be chosen. */
interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
  /** Why it cannot be taken; one that was taken before can be left. */
  readonly disabledReason?: string | undefined;
}

/** Choices that belong together. */
export interface ChoiceGroup<Value extends string> {
  readonly label: string;
  readonly choices: readonly Choice<Value>[];
}

/** How much of a group is chosen. */
export function groupState<Value extends string>(
  { choices }: ChoiceGroup<Value>,
  chosen: readonly Value[],
): 'none' | 'some' | 'all' {
  const count = choices.filter(({ value }) => chosen.includes(value)).length;
  return count === 0 ? 'none' : count === choices.length ? 'all' : 'some';
}

// In the order of the groups, so that equal choices are equal lists; what no group has is kept, it is not ours to take away.
function inOrder<Value extends string>(groups: readonly ChoiceGroup<Value>[], chosen: ReadonlySet<Value>): Value[] {
  const known = groups.flatMap(({ choices }) => choices.map(({ value }) => value));
  return [...known.filter((value) => chosen.has(value)), ...[...chosen].filter((value) => !known.includes(value))];
}

/** The choices with one of them changed. */
export function withChoice<Value extends string>(
  groups: readonly ChoiceGroup<Value>[],
  value: Value,
  chosen: readonly Value[],
): Value[] {
  const others = chosen.filter((each) => each !== value);
  return inOrder(groups, new Set(others.length === chosen.length ? [...chosen, value] : others));
}

/** The choices with a whole group taken as far as it can be, or left when all of that was. */
export function withGroup<Value extends string>(
  groups: readonly ChoiceGroup<Value>[],
  group: ChoiceGroup<Value>,
  chosen: readonly Value[],
): Value[] {
  const members = group.choices.map(({ value }) => value);
  const others = chosen.filter((value) => !members.includes(value));
  const taken = group.choices.flatMap(({ value, disabledReason }) =>
    disabledReason === undefined || chosen.includes(value) ? [value] : [],
  );
  return inOrder(groups, new Set(taken.every((value) => chosen.includes(value)) ? others : [...others, ...taken]));
}
