import { Download, GitCompareArrows, Keyboard, Link2, RotateCw, ScrollText } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { logsPath } from '../../app/paths.ts';
import { announce } from '../../lib/announcements.ts';
import { asApiError } from '../../lib/api-error.ts';
import { classNames } from '../../lib/class-names.ts';
import { downloadBlob } from '../../lib/download-text.ts';
import { timestampMs } from '../../lib/timestamp.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useCopied } from '../../ui/use-copied.ts';
import { traceLogs } from '../logs/query/trace-logs.ts';
import { downloadTrace, type TraceRef } from './trace-api.ts';

function DownloadButton({ trace }: { readonly trace: TraceRef }): ReactNode {
  const [isRunning, setRunning] = useState(false);
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const download = async (): Promise<void> => {
    const controller = new AbortController();
    abort.current = controller;
    setRunning(true);
    try {
      downloadBlob(`trace-${trace.traceId}.json`, await downloadTrace(trace, controller.signal));
    } catch (error) {
      if (!controller.signal.aborted) {
        announce(`The trace could not be downloaded: ${asApiError(error).title}.`);
      }
    } finally {
      setRunning(false);
    }
  };
  return (
    <IconButton
      label={isRunning ? 'Downloading…' : 'Download JSON'}
      disabled={isRunning}
      onClick={() => void download()}
    >
      <Download aria-hidden className={classNames(isRunning && 'animate-pulse')} />
    </IconButton>
  );
}

/** What can be done with a trace as a whole. */
export function TraceActions({
  trace,
  startTime,
  onRefresh,
  onCompare,
  onKeys,
}: {
  readonly trace: TraceRef;
  readonly startTime: string;
  readonly onRefresh: () => void;
  readonly onCompare: () => void;
  readonly onKeys: () => void;
}): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <>
      <IconButton label="Keys" shortcut="?" className="max-md:hidden" onClick={onKeys}>
        <Keyboard aria-hidden />
      </IconButton>
      <IconButton label="Read again" shortcut="r" onClick={onRefresh}>
        <RotateCw aria-hidden />
      </IconButton>
      <IconButton label={copied ? 'Link copied' : 'Copy link'} onClick={() => copy(location.href)}>
        <Link2 aria-hidden className={classNames(copied && 'text-accent')} />
      </IconButton>
      <DownloadButton trace={trace} />
      <Button onClick={onCompare}>
        <GitCompareArrows aria-hidden />
        Compare
      </Button>
      <Button asChild>
        <Link to={`${logsPath(trace.orgId)}?${traceLogs(trace.traceId, timestampMs(startTime))}`}>
          <ScrollText aria-hidden />
          Logs
        </Link>
      </Button>
    </>
  );
}
