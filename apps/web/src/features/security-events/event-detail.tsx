import type { SecurityEventView } from '@aegisguard/model';
import { ScrollText, Shield, X } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { Link } from 'react-router';
import { logsPath, securityPath } from '../../app/paths.ts';
import { useMay } from '../../app/use-may.ts';
import { formatCount } from '../../lib/number-format.ts';
import { absoluteRange } from '../../lib/time-range.ts';
import { formatClockMs, formatDay, timestampMs } from '../../lib/timestamp.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { eventTitle, SeverityBadge } from './event-columns.tsx';
import type { ChangeFilters } from './event-filters.tsx';

/** Logs are looked at this far around an event. */
const AROUND_MS = 15 * 60_000;

/** Where the logs of an address are, about the time of an event. */
function logsOfAddress(orgId: string, ip: string, atMs: number): string {
  const { from, to } = absoluteRange(atMs - AROUND_MS, atMs + AROUND_MS);
  return `${logsPath(orgId)}?${new URLSearchParams({ q: `{} |= ${JSON.stringify(ip)}`, from, to })}`;
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="contents">
      <dt className="text-subtle">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

/** A value that narrows the list when it is clicked. */
function FilterValue({ text, onFilter }: { readonly text: string; readonly onFilter: () => void }): ReactNode {
  return (
    <button
      type="button"
      title="Show only these"
      className="max-w-full break-all rounded text-left underline decoration-line-input decoration-dotted underline-offset-4 hover:text-accent"
      onClick={onFilter}
    >
      {text}
    </button>
  );
}

function Facts({
  event,
  onFilter,
}: {
  readonly event: SecurityEventView;
  readonly onFilter: ChangeFilters;
}): ReactNode {
  const { type, source, actor, ip, country, target, message, occurrences, id } = event;
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-2">
      {message === undefined ? null : <Fact label="Message">{message}</Fact>}
      <Fact label="Type">
        <FilterValue text={type} onFilter={() => onFilter({ types: [type] })} />
      </Fact>
      {actor === undefined ? null : (
        <Fact label="Actor">
          <FilterValue text={actor} onFilter={() => onFilter({ actor })} />
        </Fact>
      )}
      {ip === undefined ? null : (
        <Fact label="Address">
          <FilterValue text={ip} onFilter={() => onFilter({ ip })} /> {country}
        </Fact>
      )}
      {target === undefined ? null : <Fact label="Target">{target}</Fact>}
      <Fact label="Told by">{source === 'platform' ? 'AegisGuard itself' : 'one of your systems'}</Fact>
      {occurrences === 1 ? null : (
        <Fact label="Happened">{formatCount(occurrences)} times within a minute, told as one</Fact>
      )}
      <Fact label="Id">
        <span className="inline-flex items-center gap-1">
          <code className="min-w-0 break-all font-mono text-xs">{id}</code>
          <CopyButton label="Copy the event’s id" size="icon-sm" text={() => id} />
        </span>
      </Fact>
    </dl>
  );
}

function Json({ label, value }: { readonly label: string; readonly value: object }): ReactNode {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  return (
    <section aria-label={label} className="relative rounded-md border border-line bg-canvas">
      <h3 className="border-line border-b px-3 py-1.5 font-medium text-muted text-xs">{label}</h3>
      <CopyButton label={`Copy: ${label}`} size="icon-sm" className="absolute top-1 right-1" text={() => text} />
      <pre className="whitespace-pre-wrap break-words p-3 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        {text}
      </pre>
    </section>
  );
}

/** One event in full, beside the list. */
export function EventDetail({
  orgId,
  event,
  onFilter,
  onClose,
}: {
  readonly orgId: string;
  readonly event: SecurityEventView;
  readonly onFilter: ChangeFilters;
  readonly onClose: () => void;
}): ReactNode {
  const { may } = useMay(orgId);
  const atMs = timestampMs(event.timestamp);
  const { actor, ip, attributes, details } = event;
  return (
    <Sheet label={`Event: ${eventTitle(event)}`} side="right" onClose={onClose}>
      <div className="flex flex-col gap-5 p-4">
        <header className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <h2 className="break-words font-semibold text-base">{eventTitle(event)}</h2>
            <p className="mt-1 flex items-center gap-2 text-muted text-xs tabular-nums">
              <SeverityBadge severity={event.severity} />
              {formatDay(atMs)} {formatClockMs(atMs)}
            </p>
          </div>
          <IconButton label="Close" shortcut="esc" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </header>
        <Facts event={event} onFilter={onFilter} />
        <div className="flex flex-wrap gap-2">
          {ip === undefined || !may('logs:read') ? null : (
            <Button asChild>
              <Link to={logsOfAddress(orgId, ip, atMs)}>
                <ScrollText aria-hidden />
                Logs of this address
              </Link>
            </Button>
          )}
          {actor === undefined || !may('audit:read') ? null : (
            <Button asChild>
              <Link to={`${securityPath(orgId, 'audit')}?${new URLSearchParams({ q: actor })}`}>
                <Shield aria-hidden />
                Audit of this actor
              </Link>
            </Button>
          )}
        </div>
        {Object.keys(attributes).length === 0 ? null : <Json label="Attributes" value={attributes} />}
        {details === undefined ? null : <Json label="Details" value={details} />}
      </div>
    </Sheet>
  );
}
