import type { SecurityEventView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/number-format.ts';
import { Badge } from '../../ui/badge.tsx';
import type { DataColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { platformTitle, SEVERITY_TONES, severityBackground } from './severity.ts';

function Nothing(): ReactNode {
  return <span className="text-subtle">–</span>;
}

/** What an event is called. */
export function eventTitle({ title, type }: SecurityEventView): string {
  return title ?? platformTitle(type) ?? type;
}

/** How bad an event is. */
export function SeverityBadge({ severity }: Pick<SecurityEventView, 'severity'>): ReactNode {
  return (
    <Badge tone={SEVERITY_TONES[severity]} className="w-[4.75rem]">
      <span aria-hidden className={`size-2 shrink-0 rounded-[2px] ${severityBackground(severity)}`} />
      {severity}
    </Badge>
  );
}

/** The columns of the table of events. */
export function eventColumns(onOpen: (event: SecurityEventView) => void): readonly DataColumn<SecurityEventView>[] {
  return [
    {
      header: 'Event',
      className: 'max-w-80',
      cell: (event) => {
        const title = eventTitle(event);
        return (
          <div className="flex items-start gap-2">
            <SeverityBadge severity={event.severity} />
            <div className="min-w-0">
              <button
                type="button"
                className="break-words rounded text-left font-medium hover:underline"
                onClick={() => onOpen(event)}
              >
                {title}
              </button>
              {title === event.type ? null : (
                <code className="block break-all font-mono text-2xs text-subtle">{event.type}</code>
              )}
            </div>
          </div>
        );
      },
    },
    { header: 'Actor', className: 'max-w-48', cell: ({ actor }) => actor ?? <Nothing /> },
    {
      header: 'From',
      cell: ({ ip, country }) =>
        ip === undefined ? (
          <Nothing />
        ) : (
          <>
            <span className="font-mono text-xs">{ip}</span>
            {country === undefined ? null : <span className="ml-1.5 text-subtle text-xs">{country}</span>}
          </>
        ),
    },
    {
      header: 'What',
      className: 'max-w-72',
      cell: ({ target, message }) => (
        <div className="line-clamp-2">
          {target === undefined ? null : <span className="mr-1.5 text-muted">{target}</span>}
          {message ?? (target === undefined ? <Nothing /> : null)}
        </div>
      ),
    },
    {
      header: 'Times',
      isNumber: true,
      cell: ({ occurrences }) =>
        occurrences === 1 ? <span className="text-subtle">1</span> : formatCount(occurrences),
    },
    { header: 'When', cell: ({ timestamp }) => <RelativeTime time={timestamp} /> },
  ];
}
