import type { LogView } from '@aegisguard/model';
import { ChevronDown, ChevronUp, Link2, ScrollText, Waypoints, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { logsPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { levelBackground, levelText } from '../../../charts/render/level-class.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { useCopied } from '../../../ui/use-copied.ts';
import { pastedTraceId, spanPath } from '../../traces/list/trace-links.ts';
import { traceLogs } from '../query/trace-logs.ts';
import { logAsJson } from './log-fields.ts';

/** The ways from one log to the next and back to the list. */
export interface DetailMoves {
  readonly onMove: (by: 1 | -1) => void;
  readonly onClose: () => void;
  readonly hasPrevious: boolean;
  readonly hasNext: boolean;
}

function CopyLink(): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <IconButton label={copied ? 'Link copied' : 'Copy link to this log'} onClick={() => copy(location.href)}>
      <Link2 aria-hidden className={classNames(copied && 'text-accent')} />
    </IconButton>
  );
}

/** The ways from a log to its trace: what happened, and what all services said of it. */
function TraceWays({
  traceId,
  spanId = '',
  timestamp,
}: {
  readonly traceId: string;
  readonly spanId: string | undefined;
  readonly timestamp: string;
}): ReactNode {
  const orgId = useOrgId();
  const navigate = useNavigate();
  // Applications write what they like; only what is an id can be that of a stored trace.
  const storedId = pastedTraceId(traceId);
  return (
    <>
      {storedId === undefined ? null : (
        <IconButton label="Open its trace" onClick={() => void navigate(spanPath(orgId, storedId, spanId))}>
          <Waypoints aria-hidden />
        </IconButton>
      )}
      <IconButton
        label="All logs of this trace"
        onClick={() => void navigate(`${logsPath(orgId)}?${traceLogs(traceId, timestampMs(timestamp))}`)}
      >
        <ScrollText aria-hidden />
      </IconButton>
    </>
  );
}

function Heading({ log }: { readonly log: LogView }): ReactNode {
  const ms = timestampMs(log.timestamp);
  return (
    <div className="min-w-0 flex-1">
      <h2 className="flex items-center gap-2 text-sm">
        <span aria-hidden className={classNames('size-2 shrink-0 rounded-[2px]', levelBackground(log.level))} />
        <span className={classNames('font-semibold', levelText(log.level))}>{log.level}</span>
        <span className="truncate font-medium">{log.service}</span>
      </h2>
      <p className="truncate text-subtle text-xs tabular-nums" title={log.timestamp}>
        {formatDay(ms)} {formatClockMs(ms)} <span className="max-lg:hidden">· {log.timestamp}</span>
      </p>
    </div>
  );
}

/** Which log is shown, and what can be done with it as a whole. */
export function DetailHeader({
  log,
  moves,
}: {
  readonly log: LogView | undefined;
  readonly moves: DetailMoves;
}): ReactNode {
  return (
    <header className="flex h-12 shrink-0 items-center gap-0.5 border-line border-b pr-1.5 pl-3">
      {log === undefined ? <div className="flex-1" /> : <Heading log={log} />}
      <IconButton label="Previous log" shortcut="k" disabled={!moves.hasPrevious} onClick={() => moves.onMove(-1)}>
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton label="Next log" shortcut="j" disabled={!moves.hasNext} onClick={() => moves.onMove(1)}>
        <ChevronDown aria-hidden />
      </IconButton>
      {log === undefined ? null : (
        <>
          {log.traceId === undefined ? null : (
            <TraceWays traceId={log.traceId} spanId={log.spanId} timestamp={log.timestamp} />
          )}
          <CopyLink />
          <CopyButton label="Copy as JSON" text={() => JSON.stringify(logAsJson(log), null, 2)} />
        </>
      )}
      <IconButton label="Close" shortcut="esc" onClick={moves.onClose}>
        <X aria-hidden />
      </IconButton>
    </header>
  );
}
