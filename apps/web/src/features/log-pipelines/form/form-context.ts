import { createContext, useContext } from 'react';
import { type FieldPath, get, type UseFormRegisterReturn } from 'react-hook-form';
import { countWithin, type Problems } from '../fields/check-fields.ts';
import type { PipelineFields } from '../fields/pipeline-fields.ts';
import type { PipelineForm } from './use-pipeline-form.ts';

/** What every part of the form needs. */
export interface FormScope extends Pick<PipelineForm, 'form' | 'fields' | 'checked' | 'isTried'> {
  readonly orgId: string;
  readonly isReadOnly: boolean;
  /** What the server says of the form as it is, when it was saved or tried. */
  readonly refused: Problems;
}

const Scope = createContext<FormScope | undefined>(undefined);

/** Gives the form to what is inside. */
export const FormScopeProvider = Scope.Provider;

/** The form that this is a part of. */
export function useFormScope(): FormScope {
  const scope = useContext(Scope);
  if (scope === undefined) {
    throw new Error('there is a form around this');
  }
  return scope;
}

/** A field of the form, by its path. */
export interface FormField {
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  /** For what is typed. */
  readonly text: () => UseFormRegisterReturn & { readonly readOnly: boolean };
  /** For what is chosen: a browser knows no choice that is only to be read. */
  readonly choice: () => UseFormRegisterReturn & { readonly disabled: boolean };
  /** What is wrong with it: what the form says only once it was left, what the server says at once. */
  readonly problem: string | undefined;
}

/** Steps stand in steps, so paths are texts; which members a kind has is the business of its form. */
export function useFormField(path: string): FormField {
  const { form, fields, checked, isTried, refused, isReadOnly } = useFormScope();
  const name = path as FieldPath<PipelineFields>;
  const isTouched = get(form.formState.touchedFields, path) !== undefined;
  return {
    value: get(fields, path),
    set: (value) => form.setValue(name, value as never, { shouldTouch: true, shouldDirty: true }),
    text: () => ({ ...form.register(name), readOnly: isReadOnly }),
    choice: () => ({ ...form.register(name), disabled: isReadOnly }),
    problem: (isTried || isTouched ? checked.problems.get(path) : undefined) ?? refused.get(path),
  };
}

/** How much is wrong at a place or within it that has been said. */
export function useProblemCount(path: string): number {
  const { checked, isTried, refused } = useFormScope();
  return (isTried ? countWithin(checked.problems, path) : 0) + countWithin(refused, path);
}

/** Lists of the form, which the types know by their outermost ones. */
export type FieldListPath = 'rules' | 'retention' | `rules.${number}.steps`;
