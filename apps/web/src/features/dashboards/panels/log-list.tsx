import type { LogView } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { levelText } from '../../../charts/render/level-class.ts';
import { formatClockMs, formatDay, formatLocal, timestampMs } from '../../../lib/timestamp.ts';

/** Characters of a message that a line shows. */
const SHOWN_CHARACTERS = 2000;

/** Logs of a panel, the latest first; a click shows all of a message. */
export function LogList({ logs }: { readonly logs: readonly LogView[] }): ReactNode {
  const [open, setOpen] = useState<string>();
  if (logs.length === 0) {
    return <p className="flex h-full items-center justify-center text-muted">No logs</p>;
  }
  return (
    <ul aria-label="Logs" className="scrollbar-slim h-full overflow-y-auto font-mono text-xs">
      {logs.map(({ id, timestamp, level, service, message }) => {
        const ms = timestampMs(timestamp);
        const isOpen = open === id;
        return (
          <li key={id}>
            <button
              type="button"
              aria-expanded={isOpen}
              className="flex w-full gap-2 px-1 py-0.5 text-left hover:bg-hover"
              onClick={() => setOpen(isOpen ? undefined : id)}
            >
              <span title={`${formatDay(ms)} ${formatLocal(ms)}`} className="shrink-0 text-subtle tabular-nums">
                {formatClockMs(ms)}
              </span>
              <span className={`w-10 shrink-0 ${levelText(level)}`}>{level}</span>
              <span className="max-w-24 shrink-0 truncate text-muted max-sm:hidden">{service}</span>
              <span className={isOpen ? 'min-w-0 whitespace-pre-wrap break-words' : 'min-w-0 truncate'}>
                {message.slice(0, SHOWN_CHARACTERS)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
