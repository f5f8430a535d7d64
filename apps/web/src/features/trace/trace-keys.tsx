import type { ReactNode } from 'react';
import { type KeyList, KeysHelp } from '../../ui/keys-help.tsx';

const KEYS: KeyList = [
  [['j', '↓'], 'Next span'],
  [['k', '↑'], 'Previous span'],
  [['h', '←'], 'Fold up, or go to the parent'],
  [['l', '→'], 'Unfold, or go to the first child'],
  [['Enter'], 'Open the span, or go into it'],
  [['/'], 'Search in the trace'],
  [['n'], 'Next match'],
  [['N'], 'Previous match'],
  [['z'], 'Look closer at the span’s time'],
  [['+', '-'], 'Look closer, or from further away'],
  [['[', ']'], 'Earlier, later'],
  [['0'], 'The whole trace'],
  [['Esc'], 'Close the span, the search, the zoom'],
  [['r'], 'Read the trace again'],
  [['?'], 'This list'],
];

/** The keys of a trace's page. */
export function TraceKeys({ onClose }: { readonly onClose: () => void }): ReactNode {
  return <KeysHelp keys={KEYS} onClose={onClose} />;
}
