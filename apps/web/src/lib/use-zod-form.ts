import { zodResolver } from '@hookform/resolvers/zod';
import { type FormEvent, useState } from 'react';
import { type DefaultValues, type FieldValues, type Path, type UseFormReturn, useForm } from 'react-hook-form';
import type { ZodType } from 'zod';
import { type ApiError, asApiError } from './api-error.ts';
import { fieldErrors } from './field-errors.ts';

/** A form whose fields are checked here first and by the server then. */
export interface ZodForm<Input extends FieldValues, Output> extends UseFormReturn<Input, unknown, Output> {
  /** Checks and saves; for `onSubmit` of a form or of a dialog. */
  readonly submit: (event?: FormEvent) => void;
  readonly isSaving: boolean;
  /** What went wrong and does not belong to a field. */
  readonly saveError: ApiError | undefined;
  readonly forgetSaveError: () => void;
}

/** Joins react-hook-form, a zod schema and a call: what the server refuses (`errors` of its problem) stands beside the fields, the first of them has the focus, and anything else is `saveError`. */
export function useZodForm<Input extends FieldValues, Output>({
  schema,
  defaultValues,
  within = '',
  onSave,
}: {
  readonly schema: ZodType<Output, Input>;
  readonly defaultValues: DefaultValues<Input>;
  /** JSON Pointer to where the form's values stand in the body. */
  readonly within?: string;
  readonly onSave: (values: Output) => Promise<unknown>;
}): ZodForm<Input, Output> {
  const form = useForm<Input, unknown, Output>({ resolver: zodResolver(schema), defaultValues });
  const [saveError, setSaveError] = useState<ApiError>();
  const refuse = (error: ApiError): void => {
    const isField = (path: string): boolean => form.getValues(path as Path<Input>) !== undefined;
    const said = fieldErrors(error, within);
    const beside = said.filter(({ path }) => isField(path));
    // Backwards, so that the first one gets the focus.
    for (const { path, message } of beside.toReversed()) {
      form.setError(path as Path<Input>, { type: 'server', message }, { shouldFocus: true });
    }
    setSaveError(beside.length > 0 && beside.length === said.length ? undefined : error);
  };
  const submit = form.handleSubmit(async (values) => {
    setSaveError(undefined);
    try {
      await onSave(values);
    } catch (error) {
      refuse(asApiError(error));
    }
  });
  return {
    ...form,
    submit: (event) => void submit(event),
    isSaving: form.formState.isSubmitting,
    saveError,
    forgetSaveError: () => setSaveError(undefined),
  };
}
