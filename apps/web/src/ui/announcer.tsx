import { CircleCheck, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { dismiss, useAnnouncements } from '../lib/announcements.ts';
import { IconButton } from './icon-button.tsx';

/** Where announcements appear. It is always there, or screen readers would miss the first one. */
export function Announcer(): ReactNode {
  const announcements = useAnnouncements();
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 left-4 z-50 flex flex-col items-end gap-2"
    >
      {announcements.map(({ id, text }) => (
        <div
          key={id}
          className="fade-in-0 slide-in-from-bottom-2 pointer-events-auto flex max-w-md animate-in items-start gap-2 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-3 shadow-float duration-150"
        >
          <CircleCheck aria-hidden className="mt-1.5 size-4 shrink-0 text-ok" />
          <p className="min-w-0 break-words py-1">{text}</p>
          <IconButton label="Dismiss" size="icon-sm" className="mt-0.5" onClick={() => dismiss(id)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
