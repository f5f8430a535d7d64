import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.tsx';
import { Kbd } from './kbd.tsx';
import { Sheet } from './sheet.tsx';

/** Keys, and what they do. */
export type KeyList = readonly (readonly [keys: readonly string[], what: string])[];

/** The keys of a page. */
export function KeysHelp({
  keys: listed,
  onClose,
}: {
  readonly keys: KeyList;
  readonly onClose: () => void;
}): ReactNode {
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
          {listed.map(([keys, what]) => (
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
