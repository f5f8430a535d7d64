import type { ReactNode } from 'react';
import { type KeyList, KeysHelp } from '../../ui/keys-help.tsx';

const KEYS: KeyList = [
  [['/'], 'Go to the query'],
  [['Enter'], 'Run the query; in the list: open the trace'],
  [['Shift', 'Enter'], 'New line in the query'],
  [['j'], 'Next trace'],
  [['k'], 'Previous trace'],
  [['e'], 'Show the spans of the trace that match'],
  [['x'], 'Pick the trace to compare it'],
  [['b'], 'Facets or none'],
  [['o'], 'Newest first, or slowest'],
  [['c'], 'Next chart'],
  [['v'], 'Saved views'],
  [['r'], 'Refresh'],
  [['?'], 'This list'],
];

/** The keys of the Traces page. */
export function TracesKeys({ onClose }: { readonly onClose: () => void }): ReactNode {
  return <KeysHelp keys={KEYS} onClose={onClose} />;
}
