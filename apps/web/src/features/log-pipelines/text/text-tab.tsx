import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { documentOf, documentText, fieldsOf } from '../fields/pipeline-fields.ts';
import { useFormScope } from '../form/form-context.ts';
import type { PipelineForm } from '../form/use-pipeline-form.ts';
import { readDocument, TEXT_FORMATS, type TextFormat, type TextProblem, writeDocument } from './document-text.ts';

function Problems({
  problems,
  onForget,
}: {
  readonly problems: readonly TextProblem[];
  readonly onForget: () => void;
}): ReactNode {
  return (
    <Notice kind="error">
      <p>This cannot be read, so the rules are as they were before.</p>
      <ul className="mt-1 flex flex-col gap-1 text-xs">
        {problems.map(({ place, message }) => (
          <li key={`${place} ${message}`} className="break-words">
            {place === '' ? null : <code className="font-mono">{place}: </code>}
            {message}
          </li>
        ))}
      </ul>
      <Button size="sm" className="mt-2" onClick={onForget}>
        Write the rules as they are
      </Button>
    </Notice>
  );
}

/** The whole document as a text, to read, to copy, and to paste over. */
export function TextTab({
  pipelines: { written, write, isUnread, replaceAll },
}: {
  readonly pipelines: PipelineForm;
}): ReactNode {
  const { fields, isReadOnly } = useFormScope();
  const [format, setFormat] = useState(written?.format ?? 'yaml');
  // How it is written anew when the text that cannot be read may be thrown away.
  const [asked, setAsked] = useState<TextFormat>();
  const current = documentText(fields);
  // What is written here stays as it is written; what is changed elsewhere, e.g. by discarding, is written anew.
  const isMine = written !== undefined && (isUnread || written.for === current);
  const text = isMine ? written.text : writeDocument(documentOf(fields), format);
  const onText = (next: string): void => {
    const read = readDocument(next);
    if ('document' in read) {
      write({ text: next, format, for: documentText(fieldsOf(read.document)), problems: [] });
      replaceAll(read.document);
    } else {
      write({ text: next, format, for: current, problems: read.problems });
    }
  };
  const writeAnew = (wanted: TextFormat): void => {
    setAsked(undefined);
    setFormat(wanted);
    write(undefined);
  };
  const askFirst = isUnread ? setAsked : writeAnew;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto min-w-0 flex-1 basis-60 text-muted text-xs">
          All of it as a text. Paste another one over it; nothing holds before it is saved.
        </p>
        <fieldset className="flex gap-1">
          <legend className="sr-only">Written as</legend>
          {TEXT_FORMATS.map((each) => (
            <Button key={each} size="sm" variant="ghost" aria-pressed={format === each} onClick={() => askFirst(each)}>
              {each.toUpperCase()}
            </Button>
          ))}
        </fieldset>
        <CopyButton label="Copy the text" variant="outline" text={() => text} />
      </div>
      {isUnread ? <Problems problems={written?.problems ?? []} onForget={() => askFirst(format)} /> : null}
      <Textarea
        aria-label="Rules and retention as a text"
        aria-invalid={isUnread}
        readOnly={isReadOnly}
        spellCheck={false}
        autoCapitalize="off"
        className="max-h-none min-h-80 font-mono text-xs leading-5"
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
      {asked === undefined ? null : (
        <ConfirmDialog
          title="Throw away what you wrote?"
          action={{ label: 'Throw it away', pendingLabel: 'Throwing it away…' }}
          isPending={false}
          error={undefined}
          onConfirm={() => writeAnew(asked)}
          onClose={() => setAsked(undefined)}
        >
          It cannot be read, so nothing of it is in the rules. They are written here as they were before.
        </ConfirmDialog>
      )}
    </div>
  );
}
