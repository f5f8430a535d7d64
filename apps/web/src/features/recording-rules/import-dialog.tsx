import { RULE_FILE_LENGTH_MAX, RULE_ROUTES, type RuleImportAnswer, RuleImportRequest } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { z } from 'zod';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Textarea } from '../../ui/textarea.tsx';

const LineErrors = z.array(z.object({ line: z.number(), column: z.number(), message: z.string() }));

/** What the import did. */
function Imported({ answer }: { readonly answer: RuleImportAnswer }): ReactNode {
  const { created, updated, notCarried } = answer;
  const done = [
    created.length > 0 ? `Made: ${created.join(', ')}.` : '',
    updated.length > 0 ? `Changed: ${updated.join(', ')}.` : '',
  ].filter((sentence) => sentence !== '');
  return (
    <>
      <Notice kind="info">{done.length === 0 ? 'Nothing had to be changed.' : done.join(' ')}</Notice>
      {notCarried.length === 0 ? null : (
        <section aria-labelledby="not-carried">
          <h3 id="not-carried" className="font-medium text-sm">
            Not taken over
          </h3>
          <ul className="mt-1 flex flex-col gap-1 text-sm">
            {notCarried.map(({ line, group, what, reason }) => (
              <li key={`${line} ${what}`}>
                Line {line}
                {group === null ? null : `, ${group}`}: <strong className="font-medium">{what}</strong>.{' '}
                <span className="text-muted">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Takes the recording rules of a rule file of Prometheus's. */
export function ImportDialog({
  orgId,
  onImported,
  onClose,
}: {
  readonly orgId: string;
  readonly onImported: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const [answer, setAnswer] = useState<RuleImportAnswer>();
  const form = useZodForm({
    schema: RuleImportRequest,
    defaultValues: { yaml: '' },
    // What the server says has lines, which one message beside the field could not show.
    within: '/none',
    onSave: async (body) => {
      setAnswer(await callRoute(RULE_ROUTES.importRules, { body, orgId }));
      onImported();
    },
  });
  const problems = LineErrors.safeParse(form.saveError?.errors).data ?? [];
  const readFile = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) {
      form.setValue('yaml', await file.text());
    }
  };
  return (
    <Dialog
      title="Import a rule file"
      description="YAML as Prometheus reads it. A group of a name that is there already becomes what the file says; other groups stay."
      size="wide"
      onClose={onClose}
      onSubmit={answer === undefined ? form.submit : onClose}
      footer={
        answer === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={form.isSaving}>
              {form.isSaving ? 'Importing…' : 'Import'}
            </Button>
          </>
        ) : (
          <Button type="submit" variant="primary">
            Done
          </Button>
        )
      }
    >
      {answer === undefined ? (
        <>
          <Field label="File" className="max-w-sm">
            {(control) => (
              <input
                {...control}
                type="file"
                accept=".yaml,.yml"
                className="text-sm"
                onChange={(event) => void readFile(event.target.files?.[0])}
              />
            )}
          </Field>
          <Field label="Rules (YAML)" error={form.formState.errors.yaml?.message}>
            {(control) => (
              <Textarea
                {...control}
                data-autofocus=""
                rows={12}
                maxLength={RULE_FILE_LENGTH_MAX}
                spellCheck={false}
                className="font-mono text-xs"
                placeholder={
                  'groups:\n  - name: example\n    rules:\n      - record: job:up:sum\n        expr: sum by (job) (up)'
                }
                {...form.register('yaml')}
              />
            )}
          </Field>
          {form.saveError === undefined ? null : (
            <Notice kind="error">
              {problems.length === 0
                ? `${form.saveError.title}. ${form.saveError.detail ?? ''}`
                : 'Nothing was imported.'}
              <ul className="mt-1 flex flex-col gap-1">
                {problems.map(({ line, column, message }) => (
                  <li key={`${line}:${column} ${message}`}>
                    Line {line}: {message}
                  </li>
                ))}
              </ul>
            </Notice>
          )}
        </>
      ) : (
        <Imported answer={answer} />
      )}
    </Dialog>
  );
}
