import { CircleAlert, Link2, type LucideIcon, TimerReset, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { hasFlag, isError, type TraceModel } from '../model/trace-model.ts';

/** Something remarkable about a span, in a sign and in words. */
export interface SpanMark {
  readonly id: 'error' | 'orphan' | 'skewed' | 'links';
  readonly icon: LucideIcon;
  readonly words: string;
  readonly color: string;
}

const EXCEPTION: SpanMark = {
  id: 'error',
  icon: CircleAlert,
  words: 'Failed, with an exception',
  color: 'text-danger',
};
const FAILED: SpanMark = { id: 'error', icon: CircleAlert, words: 'Failed', color: 'text-danger' };
const CAUGHT: SpanMark = { id: 'error', icon: CircleAlert, words: 'An exception was recorded', color: 'text-warn' };
const ORPHAN: SpanMark = {
  id: 'orphan',
  icon: Unlink,
  words: 'Its parent was not received, so it is shown as a root',
  color: 'text-warn',
};
const SKEWED: SpanMark = {
  id: 'skewed',
  icon: TimerReset,
  words: 'Moved in time: its clock differs from that of its parent',
  color: 'text-warn',
};
const LINKED: SpanMark = { id: 'links', icon: Link2, words: 'Has links to other spans', color: 'text-subtle' };

/** What is remarkable about a span. */
export function spanMarks(model: TraceModel, row: number): readonly SpanMark[] {
  const hasException = hasFlag(model, row, 'exception');
  return [
    ...(isError(model, row) ? [hasException ? EXCEPTION : FAILED] : hasException ? [CAUGHT] : []),
    ...(hasFlag(model, row, 'orphan') ? [ORPHAN] : []),
    ...(hasFlag(model, row, 'skewed') ? [SKEWED] : []),
    ...(hasFlag(model, row, 'links') ? [LINKED] : []),
  ];
}

/** The signs of a row, with words for those who do not see them. */
export function SpanMarks({ marks }: { readonly marks: readonly SpanMark[] }): ReactNode {
  return marks.map(({ id, icon: Icon, words, color }) => (
    <span key={id} title={words} className={`shrink-0 ${color}`}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{words}</span>
    </span>
  ));
}
