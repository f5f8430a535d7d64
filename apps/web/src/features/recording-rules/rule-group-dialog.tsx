import { RecordingRule, RULE_ROUTES, type RuleGroup, RuleGroupRequest } from '@aegisguard/model';
import { Plus, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { z } from 'zod';
import { announce } from '../../lib/announcements.ts';
import { callRoute } from '../../lib/call-route.ts';
import { useZodForm, type ZodForm } from '../../lib/use-zod-form.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Textarea } from '../../ui/textarea.tsx';
import { readLabelLines, writeLabelLines } from './label-lines.ts';

const GroupForm = z.object({
  name: RuleGroupRequest.shape.name,
  intervalSeconds: RuleGroupRequest.shape.intervalSeconds.unwrap(),
  rules: z.array(
    z.object({
      record: RecordingRule.shape.record,
      expr: RecordingRule.shape.expr,
      labels: z.string().refine((text) => readLabelLines(text) !== undefined, 'Each line is a name, = and a value.'),
    }),
  ),
});
type GroupForm = z.infer<typeof GroupForm>;

const NEW_RULE = { record: '', expr: '', labels: '' };

function formOf(group: RuleGroup | undefined): GroupForm {
  return {
    name: group?.name ?? '',
    intervalSeconds: group?.intervalSeconds ?? 60,
    rules: group?.rules.map(({ record, expr, labels }) => ({ record, expr, labels: writeLabelLines(labels) })) ?? [
      NEW_RULE,
    ],
  };
}

function bodyOf({ rules, ...form }: GroupForm, group: RuleGroup | undefined): RuleGroupRequest {
  return {
    ...form,
    rules: rules.map((rule) => ({ ...rule, labels: readLabelLines(rule.labels) ?? {} })),
    limit: group?.limit ?? 0,
    enabled: group?.enabled ?? true,
  };
}

/** One rule of the form. */
function RuleFields({
  form,
  at,
  onRemove,
}: {
  readonly form: ZodForm<GroupForm, GroupForm>;
  readonly at: number;
  /** Undefined for the only one. */
  readonly onRemove: (() => void) | undefined;
}): ReactNode {
  const errors = form.formState.errors.rules?.[at];
  return (
    <fieldset className="flex min-w-0 flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium text-muted text-xs">Rule {at + 1}</legend>
      <div className="flex items-start gap-2">
        <Field
          label="Name of the new metric"
          hint="By custom level:metric:operations, such as job:requests:rate5m."
          error={errors?.record?.message}
          className="min-w-0 flex-1"
        >
          {(control) => (
            <Input
              {...control}
              className="font-mono text-xs"
              autoComplete="off"
              spellCheck={false}
              {...form.register(`rules.${at}.record`)}
            />
          )}
        </Field>
        {onRemove === undefined ? null : (
          <IconButton label={`Remove rule ${at + 1}`} className="mt-5" onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <Field label="Expression (PromQL)" error={errors?.expr?.message}>
        {(control) => (
          <Textarea
            {...control}
            className="font-mono text-xs"
            placeholder="sum by (job) (rate(http_requests_total[5m]))"
            spellCheck={false}
            {...form.register(`rules.${at}.expr`)}
          />
        )}
      </Field>
      <Field
        label="Labels of the results"
        hint="One a line: team=web. An empty value takes a label away."
        error={errors?.labels?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={1}
            className="min-h-8 font-mono text-xs"
            spellCheck={false}
            {...form.register(`rules.${at}.labels`)}
          />
        )}
      </Field>
    </fieldset>
  );
}

/** Makes a group of recording rules, or changes one. Expressions are checked by the server. */
export function RuleGroupDialog({
  orgId,
  group,
  onSaved,
  onClose,
}: {
  readonly orgId: string;
  /** Undefined for a new one. */
  readonly group: RuleGroup | undefined;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const form = useZodForm<GroupForm, GroupForm>({
    schema: GroupForm,
    defaultValues: formOf(group),
    onSave: async (values) => {
      const body = bodyOf(values, group);
      await (group === undefined
        ? callRoute(RULE_ROUTES.createRuleGroup, { body, orgId })
        : callRoute(RULE_ROUTES.updateRuleGroup, { params: { id: group.id }, body, orgId }));
      announce(`The group “${body.name}” was ${group === undefined ? 'made' : 'changed'}.`);
      onSaved();
      onClose();
    },
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'rules' });
  const { errors } = form.formState;
  return (
    <Dialog
      title={group === undefined ? 'New group of rules' : `Change “${group.name}”`}
      size="wide"
      onClose={onClose}
      onSubmit={form.submit}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={form.isSaving}>
            {form.isSaving ? 'Saving…' : group === undefined ? 'Make the group' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_12rem]">
        <Field label="Name of the group" error={errors.name?.message}>
          {(control) => <Input {...control} data-autofocus="" autoComplete="off" {...form.register('name')} />}
        </Field>
        <Field label="Evaluated every (seconds)" error={errors.intervalSeconds?.message}>
          {(control) => (
            <Input {...control} type="number" {...form.register('intervalSeconds', { valueAsNumber: true })} />
          )}
        </Field>
      </div>
      {fields.map(({ id }, at) => (
        <RuleFields key={id} form={form} at={at} onRemove={fields.length > 1 ? () => remove(at) : undefined} />
      ))}
      <Button className="self-start" onClick={() => append(NEW_RULE)}>
        <Plus aria-hidden />
        Add a rule
      </Button>
      {form.saveError === undefined ? null : (
        <Notice kind="error">
          {form.saveError.title}. {form.saveError.detail}
        </Notice>
      )}
    </Dialog>
  );
}
