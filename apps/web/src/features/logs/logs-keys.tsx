import type { ReactNode } from 'react';
import { type KeyList, KeysHelp } from '../../ui/keys-help.tsx';

const KEYS: KeyList = [
  [['/'], 'Go to the query'],
  [['Enter'], 'Run the query'],
  [['Shift', 'Enter'], 'New line in the query'],
  [['j', '↓'], 'Next log'],
  [['k', '↑'], 'Previous log'],
  [['Esc'], 'Close the log'],
  [['b'], 'Facets or none'],
  [['w'], 'Wrap messages or not'],
  [['o'], 'Turn the order round'],
  [['v'], 'Saved views'],
  [['r'], 'Refresh'],
  [['f'], 'In a log: filter for the value'],
  [['x'], 'In a log: exclude the value'],
  [['t'], 'In a log: show its label as a column'],
  [['c'], 'In a log: copy the value'],
  [['p'], 'In a log: copy its path'],
  [['f', 'x'], 'In patterns: only these, without these'],
  [['Space'], 'Live: pause, and go on'],
  [['?'], 'This list'],
];

/** The keys of the Logs page. */
export function LogsKeys({ onClose }: { readonly onClose: () => void }): ReactNode {
  return <KeysHelp keys={KEYS} onClose={onClose} />;
}
