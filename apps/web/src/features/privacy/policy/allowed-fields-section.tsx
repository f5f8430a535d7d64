import { DETECTORS, type DetectorName } from '@aegisguard/model';
import { ChevronDown, Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Controller, useFieldArray } from 'react-hook-form';
import { Button } from '../../../ui/button.tsx';
import { Menu, MenuCheckboxItem, MenuContent, MenuLabel, MenuTrigger } from '../../../ui/dropdown-menu.tsx';
import { Field } from '../../../ui/field.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { kindName } from '../kinds.ts';
import { PolicySection } from './policy-section.tsx';
import type { PolicyForm } from './use-policy-form.ts';

function kindsWords(kinds: readonly DetectorName[]): string {
  const [first] = kinds;
  return first === undefined ? 'all kinds' : kinds.length === 1 ? kindName(first) : `${kinds.length} kinds`;
}

/** Which kinds may stand in a field; none chosen means all. */
function KindsMenu({
  kinds,
  isReadOnly,
  onChange,
}: {
  readonly kinds: readonly DetectorName[];
  readonly isReadOnly: boolean;
  readonly onChange: (kinds: readonly DetectorName[]) => void;
}): ReactNode {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          disabled={isReadOnly}
          aria-label={`May hold ${kindsWords(kinds)}`}
          className="justify-between font-normal"
        >
          <span className="truncate">{kindsWords(kinds)}</span>
          <ChevronDown aria-hidden className="text-subtle" />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuLabel>Only these; all when none is chosen</MenuLabel>
        {DETECTORS.map((kind) => (
          <MenuCheckboxItem
            key={kind}
            checked={kinds.includes(kind)}
            onCheckedChange={(isOn) =>
              onChange(DETECTORS.filter((each) => (each === kind ? isOn : kinds.includes(each))))
            }
          >
            {kindName(kind)}
          </MenuCheckboxItem>
        ))}
      </MenuContent>
    </Menu>
  );
}

/** Fields whose values stay as they are. */
export function AllowedFieldsSection({
  policy: { form },
  isReadOnly,
}: {
  readonly policy: PolicyForm;
  readonly isReadOnly: boolean;
}): ReactNode {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'allowedFields' });
  const errors = form.formState.errors.allowedFields;
  return (
    <PolicySection
      title="Fields that are left alone"
      about={
        <>
          A path as it is shown under What was found, or its last name; <code className="font-mono">*</code> stands for
          anything, as in <code className="font-mono">attributes.order.*</code>.
        </>
      }
    >
      {fields.length === 0 ? <p className="text-muted text-sm">None: every field is looked at.</p> : null}
      <ul className="flex flex-col gap-2">
        {fields.map(({ id }, index) => (
          <li key={id} className="flex items-start gap-2">
            <Field label={`Field ${index + 1}`} className="min-w-0 flex-1" error={errors?.[index]?.field?.message}>
              {(control) => (
                <Input
                  {...control}
                  {...form.register(`allowedFields.${index}.field`)}
                  placeholder="attributes.order.id"
                  className="font-mono text-xs"
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
            <div className="mt-5 flex w-40 shrink-0 flex-col">
              <Controller
                control={form.control}
                name={`allowedFields.${index}.kinds`}
                render={({ field: { value, onChange } }) => (
                  <KindsMenu kinds={value} isReadOnly={isReadOnly} onChange={onChange} />
                )}
              />
            </div>
            <IconButton
              label={`Remove field ${index + 1}`}
              className="mt-5"
              disabled={isReadOnly}
              onClick={() => remove(index)}
            >
              <Trash2 aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {isReadOnly ? null : (
        <Button className="self-start" onClick={() => append({ field: '', kinds: [] })}>
          <Plus aria-hidden />
          Add a field
        </Button>
      )}
    </PolicySection>
  );
}
