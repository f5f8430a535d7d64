import { type PipelineImportAnswer, PipelineImportRequest } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { useZodForm } from '../../../lib/use-zod-form.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { fieldsOfRule, type RuleFields } from '../fields/pipeline-fields.ts';
import { stepForm } from '../fields/step-forms.ts';
import { importStages } from '../pipelines-api.ts';

const EXAMPLE = `pipeline_stages:
  - json:
      expressions:
        level: severity
        user: request.user.id
  - labels:
      user:
  - drop:
      source: level
      value: debug`;

/** What an import would be, and what of it would not. */
function Report({ answer: { rules, notCarried } }: { readonly answer: PipelineImportAnswer }): ReactNode {
  return (
    <>
      {rules.length === 0 ? (
        <Notice kind="info">There is nothing in it that a rule could do.</Notice>
      ) : (
        <section aria-labelledby="imported-rules">
          <h3 id="imported-rules" className="font-medium text-sm">
            {rules.length === 1 ? 'One rule' : `${rules.length} rules`}
          </h3>
          <ul className="mt-1 flex flex-col gap-1 text-sm">
            {rules.map(({ name, steps }) => (
              <li key={name} className="break-words">
                <strong className="font-medium">{name}</strong>:{' '}
                <span className="text-muted">{steps.map(({ kind }) => stepForm(kind).label).join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notCarried.length === 0 ? (
        <p className="text-muted text-sm">Everything in it was carried over.</p>
      ) : (
        <section aria-labelledby="not-carried">
          <h3 id="not-carried" className="font-medium text-sm">
            Not carried over
          </h3>
          <ul className="mt-1 flex flex-col gap-1 text-sm">
            {notCarried.map(({ path, reason }) => (
              <li key={`${path} ${reason}`} className="break-words">
                <code className="font-mono text-xs">{path}</code>: <span className="text-muted">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Reads stages of Promtail, or of Alloy’s `loki.process` by the same names, and adds the rules that they are. */
export function ImportDialog({
  orgId,
  onImport,
  onClose,
}: {
  readonly orgId: string;
  readonly onImport: (rules: readonly RuleFields[]) => void;
  readonly onClose: () => void;
}): ReactNode {
  const [answer, setAnswer] = useState<PipelineImportAnswer>();
  const form = useZodForm({
    schema: PipelineImportRequest,
    defaultValues: { yaml: '' },
    onSave: async ({ yaml }) => setAnswer(await importStages(orgId, yaml)),
  });
  const readFile = async (file: File | undefined): Promise<void> => {
    if (file !== undefined) {
      form.setValue('yaml', await file.text());
    }
  };
  const add = (): void => {
    if (answer !== undefined && answer.rules.length > 0) {
      onImport(answer.rules.map(fieldsOfRule));
    }
    onClose();
  };
  const count = answer?.rules.length ?? 0;
  return (
    <Dialog
      title="Import Promtail stages"
      description="A configuration of Promtail, or its pipeline_stages alone. The rules are added below yours; nothing is saved yet."
      size="wide"
      onClose={onClose}
      onSubmit={answer === undefined ? form.submit : add}
      footer={
        answer === undefined ? (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" variant="primary" disabled={form.isSaving}>
              {form.isSaving ? 'Reading…' : 'Read it'}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={() => setAnswer(undefined)}>Back</Button>
            <Button type="submit" variant="primary">
              {count === 0 ? 'Close' : count === 1 ? 'Add the rule' : `Add ${count} rules`}
            </Button>
          </>
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
          <Field label="Stages (YAML)" error={form.formState.errors.yaml?.message}>
            {(control) => (
              <Textarea
                {...control}
                data-autofocus=""
                rows={12}
                spellCheck={false}
                className="font-mono text-xs"
                placeholder={EXAMPLE}
                {...form.register('yaml')}
              />
            )}
          </Field>
          {form.saveError === undefined ? null : (
            <Notice kind="error">
              {form.saveError.title}. {form.saveError.detail}
            </Notice>
          )}
        </>
      ) : (
        <Report answer={answer} />
      )}
    </Dialog>
  );
}
