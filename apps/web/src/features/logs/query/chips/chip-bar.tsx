import { type ReactNode, useMemo } from 'react';
import type { ResolvedRange } from '../../../../lib/time-range.ts';
import { addPart, removePart, replacePart } from '../edit-parts.ts';
import { matchersOf } from '../edit-query.ts';
import { logNames } from '../log-names.ts';
import { keyedParts, type QueryPart } from '../query-parts.ts';
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
  /** Runs what is made of the query as it is by now: it may have changed since it was drawn. */
  readonly onEdit: (edit: (query: string) => string) => void;
}

/** A query that selects everything is no query. */
function withoutBraces(query: string): string {
  return query.trim() === '{}' ? '' : query;
}

/** The parts of the query as chips: each can be changed, negated and taken out, and others added. What they do is written in the query. */
export function ChipBar({ orgId, range, query, parsed, onEdit }: ChipBarProps): ReactNode {
  const source: PartFormSource = useMemo(
    () => ({
      orgId,
      names: logNames(orgId, () => range),
      matchers: matchersOf(query).map(({ name, op, value }) => ({ name, op, value })),
      parsed,
    }),
    [orgId, range, query, parsed],
  );
  const parts = keyedParts(query);
  if (parts === undefined) {
    return <p className="py-1 text-2xs text-subtle">This query has no one selector whose parts could be chips.</p>;
  }
  const editPart = (key: string, edit: (now: string, part: QueryPart) => string): void =>
    onEdit((now) => {
      const part = keyedParts(now)?.find((each) => each.key === key)?.part;
      return part === undefined ? now : withoutBraces(edit(now, part));
    });
  return (
    <ul aria-label="Parts of the query" className="flex min-w-0 flex-wrap items-center gap-1">
      {parts.map(({ key, part }) => (
        <li key={key} className="min-w-0 max-w-full">
          <QueryChip
            part={part}
            source={source}
            onReplace={(changed) => editPart(key, (now, found) => replacePart(now, found, changed))}
            onRemove={() => editPart(key, removePart)}
          />
        </li>
      ))}
      <li>
        <AddChip source={source} onAdd={(part) => onEdit((now) => addPart(now, part))} />
      </li>
    </ul>
  );
}
