import { type ReactNode, useState } from 'react';
import { classNames } from '../../../lib/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { OvertakenNotice } from '../../../ui/overtaken-notice.tsx';
import { changedParts, documentOf, fieldsOf } from '../fields/pipeline-fields.ts';
import type { PipelineForm } from '../form/use-pipeline-form.ts';
import { lineDiff } from './line-diff.ts';

type Document = ReturnType<typeof documentOf>;

/** Alike lines around a difference that are shown. */
const AROUND = 2;

function linesOf(value: unknown): readonly string[] {
  return value === undefined ? [] : JSON.stringify(value, null, 2).split('\n');
}

const SIDES = {
  first: { sign: '−', words: 'theirs ', look: 'bg-danger-surface text-danger' },
  second: { sign: '+', words: 'yours ', look: 'bg-ok-surface text-ok' },
  both: { sign: ' ', words: '', look: 'text-muted' },
} as const;

/** What differs of a rule, line by line, with a little of what is around it. */
function Difference({ theirs, mine }: { readonly theirs: unknown; readonly mine: unknown }): ReactNode {
  const lines = lineDiff(linesOf(theirs), linesOf(mine)).map((line, at) => ({ ...line, at }));
  const isNear = (at: number): boolean =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ side }) => side !== 'both');
  return (
    <pre className="overflow-hidden rounded-md border border-line bg-canvas py-1 font-mono text-xs leading-5">
      {lines
        .filter(({ at }) => isNear(at))
        .map(({ side, text, at }, index, shown) => {
          const { sign, words, look } = SIDES[side];
          const isBehindGap = index > 0 && shown[index - 1]?.at !== at - 1;
          return (
            <span
              key={at}
              className={classNames(
                'block whitespace-pre-wrap break-words px-2 [overflow-wrap:anywhere]',
                look,
                isBehindGap && 'mt-1 border-line border-t border-dashed pt-1',
              )}
            >
              <span aria-hidden className="select-none">
                {sign}{' '}
              </span>
              {words === '' ? null : <span className="sr-only">{words}</span>}
              {text}
            </span>
          );
        })}
    </pre>
  );
}

/** What differs of two documents, side by side. */
function CompareDialog({
  theirs,
  mine,
  onClose,
}: {
  readonly theirs: Document;
  readonly mine: Document;
  readonly onClose: () => void;
}): ReactNode {
  const named = (rules: Document['rules'], name: string): unknown => rules.find((rule) => rule.name === name);
  const names = new Set([...theirs.rules, ...mine.rules].map(({ name }) => name));
  const differing = [
    ...[...names].map((name) => ({
      title: `“${name}”`,
      theirs: named(theirs.rules, name),
      mine: named(mine.rules, name),
    })),
    { title: 'Retention', theirs: theirs.retention, mine: mine.retention },
  ].filter((pair) => JSON.stringify(pair.theirs) !== JSON.stringify(pair.mine));
  return (
    <Dialog
      title="Their version beside yours"
      description={`Lines with − are theirs alone, lines with + yours. Their rules, in order: ${theirs.rules.map(({ name }) => name).join(', ') || 'none'}.`}
      size="wide"
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      {differing.length === 0 ? <p>Both say the same.</p> : null}
      {differing.map(({ title, theirs: other, mine: own }) => (
        <section key={title} aria-label={title} className="flex flex-col gap-1">
          <h3 className="font-medium text-sm">{title}</h3>
          {other === undefined ? <p className="text-muted text-xs">They do not have it.</p> : null}
          {own === undefined ? <p className="text-muted text-xs">You do not have it.</p> : null}
          <Difference theirs={other} mine={own} />
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
    <>
      <OvertakenNotice
        title="Somebody changed the rules meanwhile"
        lost="yours were not saved"
        changes={changes}
        onTake={takeTheirs}
        onKeep={keepMine}
      >
        <Button onClick={() => setComparing(true)}>Look at theirs</Button>
      </OvertakenNotice>
      {isComparing ? (
        <CompareDialog
          theirs={documentOf(fieldsOf(theirs.pipelines))}
          mine={documentOf(fields)}
          onClose={() => setComparing(false)}
        />
      ) : null}
    </>
  );
}
