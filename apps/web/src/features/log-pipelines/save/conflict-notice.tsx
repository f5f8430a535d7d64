import { type ReactNode, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { Textarea } from '../../../ui/textarea.tsx';
import { changedParts, documentOf, fieldsOf, type PipelineFields } from '../fields/pipeline-fields.ts';
import type { PipelineForm } from '../form/use-pipeline-form.ts';

function Version({ title, value }: { readonly title: string; readonly value: unknown }): ReactNode {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h4 className="text-muted text-xs">{title}</h4>
      {value === undefined ? (
        <p className="text-subtle text-xs">It is not there.</p>
      ) : (
        <Textarea
          readOnly
          aria-label={title}
          spellCheck={false}
          className="max-h-72 font-mono text-xs leading-5"
          value={JSON.stringify(value, null, 2)}
        />
      )}
    </div>
  );
}

/** What differs of two documents, side by side. */
function CompareDialog({
  theirFields,
  myFields,
  onClose,
}: {
  readonly theirFields: PipelineFields;
  readonly myFields: PipelineFields;
  readonly onClose: () => void;
}): ReactNode {
  // Both as the form writes them: the same has the same text then.
  const theirs = documentOf(theirFields);
  const mine = documentOf(myFields);
  const named = ({ rules }: typeof mine, name: string): unknown => rules.find((rule) => rule.name === name);
  const names = new Set([...theirs.rules, ...mine.rules].map(({ name }) => name));
  const differing = [
    ...[...names].map((name) => ({
      title: `“${name}”`,
      theirs: named(theirs, name),
      mine: named(mine, name),
    })),
    { title: 'Retention', theirs: theirs.retention, mine: mine.retention },
  ].filter((pair) => JSON.stringify(pair.theirs) !== JSON.stringify(pair.mine));
  return (
    <Dialog
      title="Their version beside yours"
      description={`They have the rules in this order: ${theirs.rules.map(({ name }) => name).join(', ') || 'none'}.`}
      size="wide"
      onClose={onClose}
      footer={
        <Button variant="primary" data-autofocus="" onClick={onClose}>
          Close
        </Button>
      }
    >
      {differing.length === 0 ? <p>Both say the same.</p> : null}
      {differing.map(({ title, theirs: other, mine: own }) => (
        <section key={title} aria-label={title} className="flex flex-col gap-1">
          <h3 className="font-medium text-sm">{title}</h3>
          <div className="grid gap-2 sm:grid-cols-2">
            <Version title="Theirs" value={other} />
            <Version title="Yours" value={own} />
          </div>
        </section>
      ))}
    </Dialog>
  );
}

/** Says that somebody else has saved meanwhile, what they changed, and lets one look and choose. */
export function ConflictNotice({ pipelines }: { readonly pipelines: PipelineForm }): ReactNode {
  const { theirs, base, fields, takeTheirs, keepMine } = pipelines;
  const [isComparing, setComparing] = useState(false);
  if (theirs === undefined) {
    return null;
  }
  const changes = changedParts(base.pipelines, theirs.pipelines);
  return (
    <Notice kind="error">
      <p>
        <strong className="font-semibold">Somebody changed the rules meanwhile</strong>, so yours were not saved.
        {changes.length === 0 ? null : ` What they changed: ${changes.join(', ')}.`}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button onClick={() => setComparing(true)}>Look at theirs</Button>
        <Button onClick={takeTheirs}>Load theirs</Button>
        <Button onClick={keepMine}>Keep editing mine</Button>
      </div>
      {isComparing ? (
        <CompareDialog theirFields={fieldsOf(theirs.pipelines)} myFields={fields} onClose={() => setComparing(false)} />
      ) : null}
    </Notice>
  );
}
