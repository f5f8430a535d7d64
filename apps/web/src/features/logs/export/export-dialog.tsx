import type { LogDirection } from '@aegisguard/model';
import { Download } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { asApiError } from '../../../lib/api-error.ts';
import { formatBytes, formatLogCount } from '../../../lib/number-format.ts';
import { askedRange, type ResolvedRange, spanWords } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Select } from '../../../ui/select.tsx';
import { askPartOf } from './ask-part.ts';
import { type ExportEnd, type ExportProgress, exportLogs } from './export-logs.ts';
import { GATHERED_BYTES_MAX, openFileSink, writesToFile } from './file-sink.ts';
import type { ExportFormat } from './row-splitter.ts';

/** What is exported. */
export interface ExportDialogProps {
  readonly orgId: string;
  readonly query: string;
  readonly range: ResolvedRange;
  readonly direction: LogDirection;
  /** The page's columns. */
  readonly columns: readonly string[];
  /** Logs in the whole range, where it is known. */
  readonly total: number | undefined;
  readonly onClose: () => void;
}

/** Columns that every row has. */
const ALWAYS: ReadonlySet<string> = new Set(['timestamp', 'id', 'level', 'service', 'message']);
const COLUMNS_MAX = 100;

type State =
  | { readonly is: 'asking'; readonly problem?: string }
  | { readonly is: 'running'; readonly progress: ExportProgress }
  | { readonly is: 'done'; readonly end: ExportEnd };

function columnsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== '' && !ALWAYS.has(name)))].slice(0, COLUMNS_MAX);
}

function fileName(format: ExportFormat, { startMs, endMs }: ResolvedRange): string {
  const short = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replaceAll(':', '');
  return `logs ${short(startMs)}Z to ${short(endMs)}Z.${format}`;
}

function Result({ end }: { readonly end: ExportEnd }): ReactNode {
  const what = `${formatLogCount(end.rows)}, ${formatBytes(end.bytes)}`;
  if (end.isWhole) {
    return <Notice kind="info">Saved: {what}.</Notice>;
  }
  return (
    <Notice kind="error">
      {end.error === undefined
        ? `Saved the first ${what}: this browser gathers at most ${formatBytes(GATHERED_BYTES_MAX)}. Take a shorter time for the others.`
        : `The connection broke and did not come back. Saved what came: ${what}.`}
    </Notice>
  );
}

function Progress({
  progress,
  total,
}: {
  readonly progress: ExportProgress;
  readonly total: number | undefined;
}): ReactNode {
  return (
    <div className="flex flex-col gap-1.5">
      <progress
        aria-label="Exported"
        className="h-1.5 w-full accent-accent"
        {...(total === undefined || total === 0 ? {} : { value: Math.min(progress.rows, total), max: total })}
      />
      <p role="status" className="text-muted text-sm tabular-nums">
        {formatLogCount(progress.rows)}
        {total === undefined ? '' : ` of ${formatLogCount(total)}`}, {formatBytes(progress.bytes)}
      </p>
    </div>
  );
}

function useExport({ orgId, query, range, direction }: ExportDialogProps) {
  const [state, setState] = useState<State>({ is: 'asking' });
  const control = useRef<AbortController>(undefined);
  useEffect(() => () => control.current?.abort(), []);
  const start = async (format: ExportFormat, columns: readonly string[]): Promise<void> => {
    const abort = new AbortController();
    const sink = await openFileSink(fileName(format, range));
    if (sink === undefined) {
      return;
    }
    control.current = abort;
    setState({ is: 'running', progress: { rows: 0, bytes: 0 } });
    const question = {
      query: query.trim() === '' ? '{}' : query,
      ...askedRange(range),
      direction,
      format,
      columns: [...columns],
    };
    const ask = askPartOf(orgId, question, abort.signal);
    try {
      const end = await exportLogs(format, ask, sink, abort.signal, (progress) =>
        setState({ is: 'running', progress }),
      );
      await sink.save();
      setState({ is: 'done', end });
    } catch (error) {
      await sink.discard();
      const problem = asApiError(error);
      setState(abort.signal.aborted ? { is: 'asking' } : { is: 'asking', problem: problem.detail ?? problem.title });
    }
  };
  return { state, start, cancel: () => control.current?.abort() };
}

/** Saves all logs of the query as a file, also those that are not loaded. */
export function ExportDialog(props: ExportDialogProps): ReactNode {
  const { range, columns, total, onClose } = props;
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [written, setWritten] = useState(columns.filter((name) => !ALWAYS.has(name)).join(', '));
  const { state, start, cancel } = useExport(props);
  const isRunning = state.is === 'running';
  const close = (): void => {
    cancel();
    onClose();
  };
  return (
    <Dialog
      title="Export logs"
      description={`${total === undefined ? 'All logs' : `All ${formatLogCount(total)}`} of the query, ${spanWords(range)}.`}
      onClose={close}
      onSubmit={() => {
        if (!isRunning) {
          void start(format, format === 'csv' ? columnsIn(written) : []);
        }
      }}
      footer={
        state.is === 'done' ? (
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button onClick={isRunning ? cancel : close}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={isRunning}>
              <Download aria-hidden />
              {isRunning ? 'Exporting…' : 'Export'}
            </Button>
          </>
        )
      }
    >
      {state.is === 'asking' ? (
        <>
          <Field label="Format">
            {(control) => (
              <Select
                {...control}
                data-autofocus
                value={format}
                onChange={({ target }) => setFormat(target.value === 'csv' ? 'csv' : 'ndjson')}
              >
                <option value="csv">CSV: a table</option>
                <option value="ndjson">NDJSON: every log in full, one a line</option>
              </Select>
            )}
          </Field>
          {format === 'csv' ? (
            <Field
              label="Labels as columns"
              hint="Beside timestamp, id, level, service and message; commas between them."
            >
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  spellCheck={false}
                  className="font-mono text-xs"
                  value={written}
                  onChange={({ target }) => setWritten(target.value)}
                />
              )}
            </Field>
          ) : null}
          {writesToFile() ? null : (
            <p className="text-subtle text-xs">
              This browser gathers the file before it saves it: at most {formatBytes(GATHERED_BYTES_MAX)}.
            </p>
          )}
          {state.problem === undefined ? null : <Notice kind="error">{state.problem}</Notice>}
        </>
      ) : null}
      {state.is === 'running' ? <Progress progress={state.progress} total={total} /> : null}
      {state.is === 'done' ? <Result end={state.end} /> : null}
    </Dialog>
  );
}
