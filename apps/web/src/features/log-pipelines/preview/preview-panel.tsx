import { RotateCw, X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { fieldErrors } from '../../../lib/field-errors.ts';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { placeWords } from '../fields/document-place.ts';
import type { PipelineFields } from '../fields/pipeline-fields.ts';
import { previewWords } from './outcome-words.ts';
import type { PreviewSource } from './preview-source.ts';
import { SourceFields } from './source-fields.tsx';
import { TracedLogCard } from './traced-log-card.tsx';
import type { PipelinePreview } from './use-pipeline-preview.ts';

function Failure({ preview: { error, refused }, fields }: PanelProps): ReactNode {
  if (error === undefined) {
    return null;
  }
  const faults = [...refused].map(([path, message]) => `${placeWords(fields, path)}: ${message}`);
  // While it is being written on, the last words are of what stood there.
  const isRules = fieldErrors(error, '/pipelines').length > 0;
  if (isRules && faults.length === 0) {
    return null;
  }
  return (
    <Notice kind="error">
      {isRules ? (
        <ul className="flex flex-col gap-1 text-xs">
          {faults.map((fault) => (
            <li key={fault} className="break-words">
              {fault}
            </li>
          ))}
        </ul>
      ) : (
        `${error.title}. ${error.detail ?? ''}`
      )}
    </Notice>
  );
}

interface PanelProps {
  readonly preview: PipelinePreview;
  readonly fields: PipelineFields;
}

function Logs({ preview, source }: { readonly preview: PipelinePreview; readonly source: PreviewSource }): ReactNode {
  const { logs, error } = preview;
  if (logs === undefined) {
    return error !== undefined || source.kind === 'lines' ? null : (
      <div className="flex flex-col gap-2">
        <Skeleton className="h-24 w-full" />
        <Skeleton className="h-24 w-full" />
      </div>
    );
  }
  return logs.length === 0 ? (
    <p className="text-muted">
      {source.kind === 'lines'
        ? 'There is no line.'
        : 'No log of the last 24 hours is one of these. Try lines of your own.'}
    </p>
  ) : (
    <ol aria-label="Logs that are tried" className="flex flex-col gap-2">
      {logs.map((log) => (
        <TracedLogCard key={log.number} log={log} />
      ))}
    </ol>
  );
}

/** What the rules as they stand here make of real lines. */
export function PreviewPanel({
  orgId,
  preview,
  fields,
  source,
  onSource,
  onClose,
}: PanelProps & {
  readonly orgId: string;
  readonly source: PreviewSource;
  readonly onSource: (source: PreviewSource) => void;
  /** Where it stands over the page. */
  readonly onClose: (() => void) | undefined;
}): ReactNode {
  const id = useId();
  const { logs, isCurrent, isAsking, ask } = preview;
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 id={id} className="font-semibold text-base">
            Preview
          </h2>
          <p className="text-muted text-xs">The rules as they stand here, saved or not. Nothing is stored.</p>
        </div>
        <IconButton label="Ask again" disabled={isAsking} onClick={ask}>
          <RotateCw aria-hidden className={isAsking ? 'animate-spin' : ''} />
        </IconButton>
        {onClose === undefined ? null : (
          <IconButton label="Close" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      <SourceFields orgId={orgId} source={source} onChange={onSource} />
      <Failure preview={preview} fields={fields} />
      <p role="status" className="min-h-4 text-muted text-xs">
        {logs === undefined || logs.length === 0
          ? null
          : isCurrent
            ? previewWords(logs)
            : 'This is from before the last change.'}
      </p>
      <Logs preview={preview} source={source} />
      {source.kind === 'lines' ? null : (
        <p className="text-subtle text-xs">
          Stored logs have been through the rules of their time already, and their personal data is gone.
        </p>
      )}
    </section>
  );
}
