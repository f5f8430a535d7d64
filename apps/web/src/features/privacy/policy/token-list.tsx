import { X } from 'lucide-react';
import type { ReactNode } from 'react';

/** Short texts of which each can be taken away. */
export function TokenList({
  label,
  tokens,
  isReadOnly,
  isMono = false,
  onRemove,
}: {
  readonly label: string;
  readonly tokens: readonly { readonly id: string; readonly words: string }[];
  readonly isReadOnly: boolean;
  readonly isMono?: boolean;
  readonly onRemove: (id: string) => void;
}): ReactNode {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1.5">
      {tokens.map(({ id, words }) => (
        <li
          key={id}
          className={`flex min-h-7 items-center rounded-md border border-line-strong bg-canvas pl-2 text-xs ${isReadOnly ? 'pr-2' : ''} ${isMono ? 'font-mono' : ''}`}
        >
          <span className="min-w-0 break-words [overflow-wrap:anywhere]">{words}</span>
          {isReadOnly ? null : (
            <button
              type="button"
              aria-label={`Remove ${words}`}
              className="flex size-7 shrink-0 items-center justify-center rounded-md text-subtle hover:text-text"
              onClick={() => onRemove(id)}
            >
              <X aria-hidden className="size-3.5" />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
