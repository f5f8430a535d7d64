import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { printSendDataView, type SendDataView } from './send-data-view.ts';
import { SEND_WAYS } from './snippets/send-ways.ts';

/** The ways to choose from. A key is kept only where its kind fits, which the page decides. */
export function WayList({ view }: { readonly view: SendDataView }): ReactNode {
  return (
    <nav
      aria-label="Ways to send data"
      className="scrollbar-slim shrink-0 border-line bg-surface p-2 max-md:border-b md:border-r md:w-56 md:overflow-y-auto"
    >
      <ul className="flex gap-0.5 max-md:flex-wrap md:flex-col">
        {SEND_WAYS.map((way) => (
          <li key={way.id}>
            <Link
              to={{ search: printSendDataView({ ...view, way }).toString() }}
              aria-current={way.id === view.way.id ? 'page' : undefined}
              className="block rounded-md px-2.5 py-1.5 text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-selected aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              {way.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
