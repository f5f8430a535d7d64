import { type ReactNode, useMemo } from 'react';
import type { ResolvedRange } from '../../../../lib/time-range.ts';
import { addPart, removePart, replacePart } from '../edit-parts.ts';
import { matchersOf } from '../edit-query.ts';
import { logNames } from '../log-names.ts';
import { partsOf } from '../query-parts.ts';
import { AddChip } from './add-chip.tsx';
import type { PartFormSource } from './part-form.tsx';
import { QueryChip } from './query-chip.tsx';

/** What the chips must know. */
export interface ChipBarProps {
  readonly orgId: string;
  readonly range: ResolvedRange;
  /** As it is written in the bar, also what has not run yet. */
  readonly query: string;
  /** Labels that the query's pipeline has made. */
  readonly parsed: ReadonlySet<string>;
  readonly onRun: (query: string) => void;
}

/** The parts of the query as chips: each can be changed, negated and taken out, and others added. What they do is written in the query. */
export function ChipBar({ orgId, range, query, parsed, onRun }: ChipBarProps): ReactNode {
  const source: PartFormSource = useMemo(
    () => ({
      orgId,
      names: logNames(orgId, () => range),
      matchers: matchersOf(query).map(({ name, op, value }) => ({ name, op, value })),
      parsed,
    }),
    [orgId, range, query, parsed],
  );
  const parted = partsOf(query);
  if (parted === undefined) {
    return <p className="py-1 text-2xs text-subtle">This query has no one selector whose parts could be chips.</p>;
  }
  // Two parts may say the same: the second is another one.
  const seen = new Map<string, number>();
  const keyed = parted.parts.map((part) => {
    const text = query.slice(part.start, part.end);
    const count = (seen.get(text) ?? 0) + 1;
    seen.set(text, count);
    return { key: `${count} ${text}`, part };
  });
  const run = (changed: string): void => onRun(changed.trim() === '{}' ? '' : changed);
  return (
    <ul aria-label="Parts of the query" className="flex min-w-0 flex-wrap items-center gap-1">
      {keyed.map(({ key, part }) => (
        <li key={key} className="min-w-0 max-w-full">
          <QueryChip
            part={part}
            source={source}
            onReplace={(changed) => run(replacePart(query, part, changed))}
            onRemove={() => run(removePart(query, part))}
          />
        </li>
      ))}
      <li>
        <AddChip source={source} onAdd={(part) => run(addPart(query, part))} />
      </li>
    </ul>
  );
}
