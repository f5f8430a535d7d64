import type { ErasureView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';

const STATUS = {
  waiting: { words: 'Waiting', tone: 'neutral' },
  running: { words: 'Being erased', tone: 'accent' },
  done: { words: 'Erased', tone: 'ok' },
  failed: { words: 'Failed', tone: 'danger' },
} as const;

/** How far an erasure is, in a word. */
export function ErasureStatus({ status }: Pick<ErasureView, 'status'>): ReactNode {
  const { words, tone } = STATUS[status];
  return <Badge tone={tone}>{words}</Badge>;
}
