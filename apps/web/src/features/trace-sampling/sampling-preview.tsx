import type { SamplingPreviewAnswer } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatUnit } from '../../charts/metrics/format-unit.ts';
import type { ApiError } from '../../lib/api-error.ts';
import { formatCount } from '../../lib/number-format.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Input } from '../../ui/input.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/section.tsx';

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : formatUnit(part / whole, 'percentunit');
}

/** What the rules of the form would do with the traces of a day. */
export function SamplingPreview({
  date,
  answer,
  error,
  isAsking,
  canAsk,
  onDate,
  onAsk,
}: {
  /** `YYYY-MM-DD`, UTC. */
  readonly date: string;
  readonly answer: SamplingPreviewAnswer | undefined;
  readonly error: ApiError | undefined;
  readonly isAsking: boolean;
  readonly canAsk: boolean;
  readonly onDate: (date: string) => void;
  readonly onAsk: () => void;
}): ReactNode {
  return (
    <Section
      title="What these rules would keep"
      description="Of the traces that began on a day; saved or not. Nothing is deleted by looking."
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Day (UTC)">
          {(control) => <Input {...control} type="date" value={date} onChange={({ target }) => onDate(target.value)} />}
        </Field>
        <Button disabled={!canAsk || isAsking} onClick={onAsk}>
          {isAsking ? 'Counting…' : 'Count'}
        </Button>
      </div>
      {error === undefined ? null : (
        <Notice kind="error" className="mt-3">
          {error.title}. {error.detail}
        </Notice>
      )}
      {answer === undefined ? null : answer.traces === 0 ? (
        <p className="mt-3 text-muted">No trace began on {answer.date}.</p>
      ) : (
        <p className="mt-3" role="status">
          Of {formatCount(answer.traces)} traces of {answer.date}, {formatCount(answer.keptTraces)} would stay (
          <strong className="font-semibold">{share(answer.keptTraces, answer.traces)}</strong>), with{' '}
          {formatCount(answer.keptSpans)} of {formatCount(answer.spans)} spans ({share(answer.keptSpans, answer.spans)}
          ).
        </p>
      )}
    </Section>
  );
}
