import { type ReactNode, useState } from 'react';
import { useFieldArray } from 'react-hook-form';
import { newStep, type StepFields } from '../fields/step-fields.ts';
import type { StepKind } from '../fields/step-form.ts';
import { type FieldListPath, useFormField, useFormScope } from '../form/form-context.ts';
import { useReorder } from '../form/use-reorder.ts';
import { AddStepMenu } from './add-step-menu.tsx';
import { StepCard } from './step-card.tsx';

/** `match` stands in `match` so often at most. */
const MATCH_DEPTH_MAX = 3;

/** Steps in their order: those of a rule, or of a step that is for some logs only. */
export function StepList({ path, label }: { readonly path: string; readonly label: string }): ReactNode {
  const { form, isReadOnly } = useFormScope();
  const { value, problem } = useFormField(path);
  const steps = value as readonly StepFields[];
  const { fields, append, insert, remove, move } = useFieldArray({
    control: form.control,
    name: path as FieldListPath,
  });
  const [open, setOpen] = useState<ReadonlySet<string>>(
    () => new Set(fields.length === 1 ? fields.map(({ id }) => id) : []),
  );
  // The one that was just added is open; its id is known only when it is there.
  const [added, setAdded] = useState<number>();
  const addedId = added === undefined ? undefined : fields[added]?.id;
  if (added !== undefined && addedId !== undefined) {
    setAdded(undefined);
    setOpen(new Set([...open, addedId]));
  }
  const { list, handle, dragged } = useReorder<HTMLOListElement>(fields.length, move);
  const add = (kind: StepKind): void => {
    append(newStep(kind) as never);
    setAdded(fields.length);
  };
  const depth = path.split('.members.steps').length - 1;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <h4 className="font-medium text-xs">{label}</h4>
      {fields.length === 0 ? null : (
        <ol ref={list} className="flex flex-col gap-1.5">
          {fields.map(({ id }, index) =>
            // A step that was removed is gone from the values first.
            steps[index] === undefined ? null : (
              <StepCard
                key={id}
                path={`${path}.${index}`}
                index={index}
                count={fields.length}
                isOpen={open.has(id)}
                isDragged={dragged === index}
                handle={handle(index)}
                steps={(inner, words) => <StepList path={inner} label={words} />}
                deeds={{
                  onToggle: () =>
                    setOpen(new Set(open.has(id) ? [...open].filter((each) => each !== id) : [...open, id])),
                  onMove: move,
                  onDuplicate: () => insert(index + 1, structuredClone(steps[index]) as never),
                  onRemove: () => remove(index),
                }}
              />
            ),
          )}
        </ol>
      )}
      {problem === undefined ? null : <p className="text-danger text-xs">{problem}</p>}
      {isReadOnly ? null : <AddStepMenu without={depth >= MATCH_DEPTH_MAX ? ['match'] : []} onAdd={add} />}
    </div>
  );
}
