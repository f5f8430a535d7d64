import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatClock, formatDay } from '../lib/timestamp.ts';

/** What a save bar says of a document: that there are changes, or when it was last saved, or `never` where it never was. */
export function SaveState({
  isDirty,
  isSaved,
  updatedAt,
  never,
}: {
  readonly isDirty: boolean;
  /** Just now, from here. */
  readonly isSaved: boolean;
  readonly updatedAt: string | null;
  readonly never: string;
}): ReactNode {
  if (isDirty) {
    return <strong className="font-semibold">There are changes that are not saved.</strong>;
  }
  const changedMs = updatedAt === null ? undefined : Date.parse(updatedAt);
  return (
    <span className="flex items-center gap-1.5">
      {isSaved ? <CircleCheck aria-hidden className="size-4 shrink-0 text-accent" /> : null}
      {isSaved ? 'Saved. ' : null}
      {changedMs === undefined ? never : `Last changed ${formatDay(changedMs)} ${formatClock(changedMs).slice(0, 5)}.`}
    </span>
  );
}
