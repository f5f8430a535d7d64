import {
  API_KEY_KINDS,
  INGEST_SCOPES,
  type IngestScope,
  KEY_ROUTES,
  Name,
  type NewApiKeyAnswer,
  type NewApiKeyRequest,
} from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { callRoute } from '../../lib/call-route.ts';
import { readOrigin } from '../../lib/key-origin.ts';
import { serverNow } from '../../lib/server-clock.ts';
import { useZodForm, type ZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { CheckboxGroups } from '../../ui/checkbox-groups.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { KIND_WORDS, SCOPE_GROUPS } from './key-words.ts';

const DAY_MS = 86_400_000;

/** How long a key is good, in days. */
const LIVES = ['never', '7', '30', '90', '365'] as const;

const NewKeyForm = z
  .object({
    name: Name,
    kind: z.enum(API_KEY_KINDS),
    scopes: z.array(z.enum(INGEST_SCOPES)),
    /** One a line. */
    origins: z.string(),
    life: z.enum(LIVES),
    requireTimestamp: z.boolean(),
  })
  .superRefine(({ kind, scopes, origins }, context) => {
    if ((kind === 'signed' || kind === 'token') && scopes.length === 0) {
      context.addIssue({ code: 'custom', path: ['scopes'], message: 'Choose what it may send.' });
    }
    const wrong = originLines(origins).find((line) => readOrigin(line) === undefined);
    if (kind === 'browser' && wrong !== undefined) {
      context.addIssue({ code: 'custom', path: ['origins'], message: `“${wrong}” is not an origin.` });
    }
    if (kind === 'browser' && originLines(origins).length === 0) {
      const message = 'An origin such as https://shop.example.com is needed.';
      context.addIssue({ code: 'custom', path: ['origins'], message });
    }
  });
type NewKeyForm = z.infer<typeof NewKeyForm>;

function originLines(text: string): string[] {
  return text.split(/[\s,]+/).filter((line) => line !== '');
}

function bodyOf({ name, kind, scopes, origins, life, requireTimestamp }: NewKeyForm, nowMs: number): NewApiKeyRequest {
  return {
    name,
    kind,
    ...(kind === 'signed' || kind === 'token' ? { scopes } : {}),
    ...(kind === 'signed' ? { requireTimestamp } : {}),
    ...(kind === 'browser' ? { origins: originLines(origins).flatMap((line) => readOrigin(line) ?? []) } : {}),
    ...(life === 'never' ? {} : { expiresAt: new Date(nowMs + Number(life) * DAY_MS).toISOString() }),
  };
}

/** The kinds, each with what it is for. */
function KindChoice({ form }: { readonly form: ZodForm<NewKeyForm, NewKeyForm> }): ReactNode {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-xs">Kind</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {API_KEY_KINDS.map((kind) => (
          <label
            key={kind}
            className="flex cursor-pointer gap-2 rounded-md border border-line p-2.5 hover:border-line-input has-checked:border-accent has-checked:bg-selected"
          >
            <input
              type="radio"
              value={kind}
              className="mt-0.5 size-4 shrink-0 accent-accent"
              {...form.register('kind')}
            />
            <span className="min-w-0">
              <span className="block font-medium">{KIND_WORDS[kind].name}</span>
              <span className="block text-muted text-xs">{KIND_WORDS[kind].what}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What only some kinds have. */
function KindFields({ form }: { readonly form: ZodForm<NewKeyForm, NewKeyForm> }): ReactNode {
  const kind = useWatch({ control: form.control, name: 'kind' });
  const { errors } = form.formState;
  if (kind === 'browser') {
    return (
      <Field
        label="Origins of your pages"
        hint="One a line. https://*.example.com allows all of its subdomains."
        error={errors.origins?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            placeholder="https://shop.example.com"
            spellCheck={false}
            className="font-mono text-xs"
            {...form.register('origins')}
          />
        )}
      </Field>
    );
  }
  return kind === 'query' ? null : (
    <>
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <CheckboxGroups<IngestScope>
            label="What it may send"
            groups={SCOPE_GROUPS}
            value={field.value}
            onChange={(value) => field.onChange([...value])}
          />
        )}
      />
      {errors.scopes?.message === undefined ? null : (
        <p role="alert" className="-mt-3 text-danger text-xs">
          {errors.scopes.message}
        </p>
      )}
      {kind === 'signed' ? (
        <Checkbox
          label="Require a timestamp in every signature"
          hint="A request that somebody recorded cannot be sent again later than five minutes after it was made."
          {...form.register('requireTimestamp')}
        />
      ) : null}
    </>
  );
}

/** Makes a key. */
export function NewKeyDialog({
  orgId,
  onMade,
  onClose,
}: {
  readonly orgId: string;
  readonly onMade: (made: NewApiKeyAnswer) => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm<NewKeyForm, NewKeyForm>({
    schema: NewKeyForm,
    defaultValues: {
      name: '',
      kind: 'signed',
      scopes: [...INGEST_SCOPES],
      origins: '',
      life: 'never',
      requireTimestamp: false,
    },
    onSave: async (values) =>
      onMade(await callRoute(KEY_ROUTES.createKey, { body: bodyOf(values, serverNow()), orgId })),
  });
  const { errors } = form.formState;
  return (
    <Dialog
      title="Make an API key"
      size="wide"
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {form.isSaving ? 'Making…' : 'Make the key'}
          </Button>
        </>
      }
    >
      <Field label="Name" hint="What will use it, and where: “checkout, production”." error={errors.name?.message}>
        {(control) => <Input {...control} data-autofocus="" autoComplete="off" {...form.register('name')} />}
      </Field>
      <KindChoice form={form} />
      <KindFields form={form} />
      <Field label="It is good" className="w-56">
        {(control) => (
          <Select {...control} {...form.register('life')}>
            {LIVES.map((life) => (
              <option key={life} value={life}>
                {life === 'never' ? 'until it is revoked' : life === '365' ? 'for a year' : `for ${life} days`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          No key was made: {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
