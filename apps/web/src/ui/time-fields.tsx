import { zodResolver } from '@hookform/resolvers/zod';
import { type ReactNode, useMemo } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { serverNow } from '../lib/server-clock.ts';
import { fieldText, parseRange, type ResolvedRange, type TimeRange } from '../lib/time-range.ts';
import { formatLocal, localZone } from '../lib/timestamp.ts';
import { Button } from './button.tsx';
import { Field } from './field.tsx';
import { Input } from './input.tsx';

const Fields = z.object({ from: z.string(), to: z.string() }).superRefine(({ from, to }, context) => {
  const parsed = parseRange(from, to, serverNow());
  if (!parsed.ok) {
    for (const end of ['from', 'to'] as const) {
      const message = parsed[end];
      if (message !== undefined) {
        context.addIssue({ code: 'custom', path: [end], message });
      }
    }
  }
});
type Fields = z.infer<typeof Fields>;

/** Both ends to type, relative or absolute, checked before they are used. */
export function TimeFields({
  range,
  resolved,
  onApply,
}: {
  readonly range: TimeRange;
  readonly resolved: ResolvedRange;
  readonly onApply: (range: TimeRange) => void;
}): ReactNode {
  const values = useMemo(() => ({ from: fieldText(range.from), to: fieldText(range.to) }), [range]);
  const { register, handleSubmit, formState, setValue } = useForm<Fields>({ resolver: zodResolver(Fields), values });
  const submit = handleSubmit(({ from, to }) => {
    const parsed = parseRange(from, to, serverNow());
    if (parsed.ok) {
      onApply(parsed.range);
    }
  });
  const fix = (): void => {
    setValue('from', formatLocal(resolved.startMs), { shouldValidate: true });
    setValue('to', formatLocal(resolved.endMs), { shouldValidate: true });
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex min-w-0 flex-1 flex-col gap-3 p-3">
      <Field label="From" error={formState.errors.from?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('from')}
            className="font-mono text-xs"
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field label="To" error={formState.errors.to?.message}>
        {(control) => (
          <Input {...control} {...register('to')} className="font-mono text-xs" autoComplete="off" spellCheck={false} />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary">
          Apply
        </Button>
        <Button variant="ghost" onClick={fix} title="Write the present span as absolute times">
          Make absolute
        </Button>
      </div>
      <p className="mt-auto text-subtle text-xs">
        <code className="font-mono">now-1h</code>, <code className="font-mono">90m</code>,{' '}
        <code className="font-mono">2026-11-22 21:00</code>, <code className="font-mono">21:00</code>, RFC 3339 or Unix
        time.
        <br />
        Times are in {localZone(resolved.endMs)}.
      </p>
    </form>
  );
}
