import { LogPipelines } from '@aegisguard/model';
import { formPath } from './document-place.ts';
import { documentOf, type PipelineFields } from './pipeline-fields.ts';
import { problemWords } from './problem-words.ts';
import type { Entry, StepFields } from './step-fields.ts';
import { stepMembers } from './step-forms.ts';

/** What is wrong, by place in the form; rules before retention, each from top to bottom. */
export type Problems = ReadonlyMap<string, string>;

/** A form that has been looked at. */
export interface CheckedFields {
  /** Undefined while something is wrong. */
  readonly document: LogPipelines | undefined;
  readonly problems: Problems;
}

/** Beyond the place of any rule. */
const RETENTION_FROM = 1e6;

/** Looks at the form as the server will, but for what only the server knows: expressions, templates and selectors. */
export function checkFields(fields: PipelineFields): CheckedFields {
  const { data, error } = LogPipelines.safeParse(documentOf(fields), { error: problemWords });
  const said = [
    ...fields.rules.flatMap(({ name, steps }, at) => [
      ...(fields.rules.findIndex((rule) => rule.name.trim() === name.trim()) < at
        ? [[`rules.${at}.name`, 'Another rule has this name.'] as const]
        : []),
      ...steps.flatMap((step, index) => repeatedNames(step, `rules.${at}.steps.${index}`)),
    ]),
    ...(error?.issues ?? []).map(({ path, message }) => [formPath(fields, path.join('.')), message] as const),
  ];
  const problems = new Map<string, string>();
  for (const [path, message] of said.toSorted(([a], [b]) => placeInPage(a) - placeInPage(b))) {
    // The first that is said of a place counts.
    if (!problems.has(path)) {
      problems.set(path, message);
    }
  }
  return { document: problems.size === 0 ? data : undefined, problems };
}

/** Where a rule stands among all of its kind; what is said of a whole list goes before its items. */
function placeInPage(path: string): number {
  const [list, at] = path.split('.');
  return (list === 'retention' ? RETENTION_FROM : 0) + (at === undefined ? -1 : Number(at));
}

/** Lines of maps with a name that an earlier one has: one of the two would be lost. */
function repeatedNames({ kind, members }: StepFields, path: string): readonly (readonly [string, string])[] {
  return stepMembers(kind).flatMap(([name, { type }]) => {
    const at = `${path}.members.${name}`;
    if (type === 'steps') {
      return (members[name] as readonly StepFields[]).flatMap((step, index) => repeatedNames(step, `${at}.${index}`));
    }
    const names = type === 'entries' ? (members[name] as readonly Entry[]).map((entry) => entry.name) : [];
    return names.flatMap((each, index) =>
      names.indexOf(each) < index ? [[`${at}.${index}`, 'Another line has this name.'] as const] : [],
    );
  });
}

/** What is wrong at a place or within it. */
export function countWithin(problems: Problems, path: string): number {
  return [...problems.keys()].filter((each) => each === path || each.startsWith(`${path}.`)).length;
}
