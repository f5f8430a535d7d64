import { DASHBOARD_ROUTES, type DashboardImportAnswer } from '@aegisguard/model';
import { useMutation } from '@tanstack/react-query';
import { FileJson } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { ImportResult } from './import-result.tsx';

/** The object that a text is; undefined when it is none. */
function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

/** Takes a dashboard of Grafana, or one that was exported here, and says what could not be carried over. */
export function ImportDialog({
  orgId,
  onImported,
  onOpen,
  onClose,
}: {
  readonly orgId: string;
  readonly onImported: () => void;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [fileProblem, setFileProblem] = useState<string>();
  const importing = useMutation<DashboardImportAnswer, Error, Record<string, unknown>>({
    mutationFn: (body) => callRoute(DASHBOARD_ROUTES.importDashboard, { body, orgId }),
    onSuccess: onImported,
  });
  if (importing.data !== undefined) {
    return <ImportResult answer={importing.data} onOpen={onOpen} onClose={onClose} />;
  }
  const error = importing.error === null ? undefined : asApiError(importing.error);
  const submit = (): void => {
    const body = parseObject(text);
    setFileProblem(body === undefined ? 'This is not a JSON object.' : undefined);
    if (body !== undefined && !importing.isPending) {
      importing.mutate(body);
    }
  };
  return (
    <Dialog
      size="wide"
      title="Import a dashboard"
      description="Grafana’s JSON, as its dashboards export it, or a dashboard that was exported here."
      onClose={onClose}
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={text.trim() === '' || importing.isPending}>
            {importing.isPending ? 'Importing…' : 'Import'}
          </Button>
        </>
      }
    >
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        aria-label="JSON file"
        className="sr-only"
        tabIndex={-1}
        onChange={async (event) => {
          const [chosen] = event.target.files ?? [];
          if (chosen !== undefined) {
            setFileProblem(undefined);
            setText(await chosen.text());
          }
        }}
      />
      <Button className="w-fit" onClick={() => file.current?.click()}>
        <FileJson aria-hidden />
        Choose a file…
      </Button>
      <Field label="JSON" error={fileProblem}>
        {(control) => (
          <Textarea
            {...control}
            data-autofocus=""
            rows={10}
            spellCheck={false}
            placeholder='{ "title": "…", "panels": [ … ] }'
            className="max-h-72 font-mono text-xs"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      {error === undefined ? null : (
        <Notice kind="error">
          {error.title}. {error.detail}
        </Notice>
      )}
    </Dialog>
  );
}
