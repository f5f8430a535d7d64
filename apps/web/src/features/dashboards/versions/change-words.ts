import type { DashboardContent } from '@aegisguard/model';

function count(many: number, word: string): string {
  return `${many} ${word}${many === 1 ? '' : 's'}`;
}

/** What of two lists of named things differs, in words. */
function listWords<T>(before: readonly T[], after: readonly T[], nameOf: (item: T) => string, word: string): string[] {
  const old = new Map(before.map((item) => [nameOf(item), JSON.stringify(item)]));
  const now = new Map(after.map((item) => [nameOf(item), JSON.stringify(item)]));
  const added = [...now.keys()].filter((name) => !old.has(name)).length;
  const gone = [...old.keys()].filter((name) => !now.has(name)).length;
  const changed = [...now].filter(([name, text]) => old.has(name) && old.get(name) !== text).length;
  return [
    ...(added === 0 ? [] : [`${count(added, word)} added`]),
    ...(gone === 0 ? [] : [`${count(gone, word)} removed`]),
    ...(changed === 0 ? [] : [`${count(changed, word)} changed`]),
  ];
}

const SETTINGS = ['title', 'description', 'tags', 'from', 'to', 'refreshSeconds'] as const;

/** What is different in a later state of a dashboard, in a sentence. */
export function changeWords(before: DashboardContent, after: DashboardContent): string {
  const parts = [
    ...listWords(before.panels, after.panels, ({ id }) => id, 'panel'),
    ...listWords(before.variables, after.variables, ({ name }) => name, 'variable'),
    ...listWords(before.annotations, after.annotations, ({ name }) => name, 'annotation'),
    ...(SETTINGS.some((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
      ? ['settings changed']
      : []),
  ];
  const [first = '', ...rest] = parts;
  return parts.length === 0
    ? 'Nothing is different.'
    : `${[first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(', ')}.`;
}
