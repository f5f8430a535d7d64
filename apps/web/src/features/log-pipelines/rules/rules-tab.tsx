import { Import, Plus } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useFieldArray } from 'react-hook-form';
import type { AddressView } from '../../../lib/use-address-view.ts';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { newRule, type RuleFields, unusedName } from '../fields/pipeline-fields.ts';
import { useFormScope } from '../form/form-context.ts';
import { useReorder } from '../form/use-reorder.ts';
import type { PipelinesView } from '../pipelines-view.ts';
import { NoRules } from './no-rules.tsx';
import { placeAfterMove } from './place-after-move.ts';
import { RuleCard } from './rule-card.tsx';

const ImportDialog = lazy(async () => ({ default: (await import('../import/import-dialog.tsx')).ImportDialog }));

function DeleteRule({
  name,
  onDelete,
  onClose,
}: {
  readonly name: string;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}): ReactNode {
  return (
    <ConfirmDialog
      title={`Delete the rule “${name}”?`}
      action={{ label: 'Delete', pendingLabel: 'Deleting…' }}
      isPending={false}
      error={undefined}
      onConfirm={onDelete}
      onClose={onClose}
    >
      It is gone once the rules are saved; until then discarding the changes brings it back. What it did to logs that
      are stored stays.
    </ConfirmDialog>
  );
}

/** The rules in their order. */
export function RulesTab({ address }: { readonly address: AddressView<PipelinesView> }): ReactNode {
  const { form, fields, isReadOnly, orgId } = useFormScope();
  const rules = useFieldArray({ control: form.control, name: 'rules' });
  const [deleted, setDeleted] = useState<number>();
  const [isImporting, setImporting] = useState(false);
  const open = address.view.rule;
  const onOpen = (rule: number | undefined): void => address.change({ rule }, true);
  const names = fields.rules.map(({ name }) => name.trim());
  const move = (from: number, to: number): void => {
    rules.move(from, to);
    onOpen(placeAfterMove(address.now().rule, from, to));
  };
  const { list, handle, dragged } = useReorder<HTMLOListElement>(rules.fields.length, move);
  const insert = (at: number, added: readonly RuleFields[]): void => {
    const taken = [...names];
    const named = added.map((rule) => {
      const name = unusedName(rule.name, taken);
      taken.push(name);
      return { ...rule, name };
    });
    rules.insert(at, named as RuleFields[], { shouldFocus: false });
    onOpen(at);
  };
  const add = (added: readonly RuleFields[]): void => insert(rules.fields.length, added);
  const remove = (at: number): void => {
    rules.remove(at);
    setDeleted(undefined);
    const opened = address.now().rule;
    onOpen(opened === undefined || opened === at ? undefined : opened - (opened > at ? 1 : 0));
  };
  const importing = isImporting ? (
    <Suspense fallback={null}>
      <ImportDialog orgId={orgId} onImport={add} onClose={() => setImporting(false)} />
    </Suspense>
  ) : null;
  if (rules.fields.length === 0) {
    return (
      <>
        <NoRules onBegin={(rule) => add([rule])} onImport={() => setImporting(true)} />
        {importing}
      </>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto min-w-0 flex-1 basis-72 text-muted text-xs">
          From top to bottom, before personal data is looked for. Each rule sees what the ones above it left.
        </p>
        {isReadOnly ? null : (
          <>
            <Button onClick={() => setImporting(true)}>
              <Import aria-hidden />
              Import Promtail stages
            </Button>
            <Button onClick={() => add([newRule(names)])}>
              <Plus aria-hidden />
              Add a rule
            </Button>
          </>
        )}
      </div>
      <ol ref={list} aria-label="Rules" className="flex flex-col gap-2">
        {rules.fields.map(({ id }, index) =>
          fields.rules[index] === undefined ? null : (
            <RuleCard
              key={id}
              index={index}
              count={rules.fields.length}
              isOpen={open === index}
              isDragged={dragged === index}
              handle={handle(index)}
              deeds={{
                onToggle: () => onOpen(address.now().rule === index ? undefined : index),
                onMove: move,
                onDuplicate: () => insert(index + 1, [structuredClone(fields.rules[index]) as RuleFields]),
                onDelete: () => setDeleted(index),
              }}
            />
          ),
        )}
      </ol>
      {deleted === undefined ? null : (
        <DeleteRule
          name={names[deleted] ?? ''}
          onDelete={() => remove(deleted)}
          onClose={() => setDeleted(undefined)}
        />
      )}
      {importing}
    </div>
  );
}
