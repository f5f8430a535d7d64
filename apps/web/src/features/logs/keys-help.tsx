import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Sheet } from '../../ui/sheet.tsx';

const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
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
export function KeysHelp({ onClose }: { readonly onClose: () => void }): ReactNode {
  return (
    <Sheet label="Keys" side="center" onClose={onClose}>
      <div className="p-4">
        <div className="flex items-center">
          <h2 className="flex-1 font-semibold text-base">Keys</h2>
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </div>
        <dl className="mt-2 flex flex-col">
          {KEYS.map(([keys, what]) => (
            <div key={what} className="flex min-h-8 items-center border-line border-b py-1 last:border-0">
              <dt className="flex w-32 shrink-0 gap-1 max-sm:w-24">
                {keys.map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd className="text-muted">{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Sheet>
  );
}
