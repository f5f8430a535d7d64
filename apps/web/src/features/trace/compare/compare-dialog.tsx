import { TRACE_ROUTES, type TraceOutline } from '@aegisguard/model';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { compareTracesPath } from '../../../app/paths.ts';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { asApiError } from '../../../lib/api-error.ts';
import { callRoute } from '../../../lib/call-route.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { askedRange } from '../../../lib/time-range.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { Input } from '../../../ui/input.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { aroundTrace } from '../around-trace.ts';
import type { TraceRef } from '../trace-api.ts';
import { traceIdIn } from './trace-id-in.ts';

/** Traces with the same root that are offered, of either order. */
const OFFERED_MAX = 6;

const SORTS = [
  { sort: 'newest', title: 'Newest' },
  { sort: 'slowest', title: 'Slowest' },
] as const;

/** Traces that begin as this one does. */
function Alike({
  trace,
  outline,
  sort,
  title,
}: {
  readonly trace: TraceRef;
  readonly outline: TraceOutline;
  readonly sort: 'newest' | 'slowest';
  readonly title: string;
}): ReactNode {
  const { rootService, rootName } = outline;
  const range = askedRange(aroundTrace(outline));
  const { data, error, refetch } = useQuery({
    queryKey: ['trace', trace.orgId, 'alike', rootService, rootName, sort, range],
    queryFn: ({ signal }) =>
      callRoute(TRACE_ROUTES.searchTraces, {
        body: { ...range, service: rootService, operation: rootName, sort, limit: OFFERED_MAX + 1, spansPerTrace: 0 },
        orgId: trace.orgId,
        signal,
      }),
  });
  const others = data?.traces.filter(({ traceId }) => traceId !== trace.traceId).slice(0, OFFERED_MAX);
  return (
    <section className="min-w-0 flex-1 basis-56">
      <h3 className="pb-1 font-medium text-subtle text-xs">{title} that begin like this one</h3>
      {others === undefined ? (
        error === null ? (
          <Skeleton className="h-24 w-full" />
        ) : (
          <Notice kind="error">
            They could not be read: {asApiError(error).title}.
            <Button size="sm" className="ml-2" onClick={() => void refetch()}>
              Try again
            </Button>
          </Notice>
        )
      ) : others.length === 0 ? (
        <p className="text-muted">None in the hour before and after it.</p>
      ) : (
        <ul className="flex flex-col">
          {others.map(({ traceId, startTime, durationMs, spanCount, errorCount }) => (
            <li key={traceId}>
              <Link
                to={compareTracesPath(trace.orgId, trace.traceId, traceId)}
                className="flex items-baseline gap-2 rounded px-1.5 py-1 text-xs hover:bg-hover"
              >
                <span className="w-16 font-medium tabular-nums">{nanosWords(durationMs * 1e6)}</span>
                <span className="text-muted tabular-nums">{formatCount(spanCount)} spans</span>
                {errorCount > 0 ? <span className="text-danger">{formatCount(errorCount)} failed</span> : null}
                <span className="ml-auto text-subtle">
                  <RelativeTime time={startTime} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Asks with which other trace this one is compared. */
export function CompareDialog({
  trace,
  outline,
  onClose,
}: {
  readonly trace: TraceRef;
  readonly outline: TraceOutline;
  readonly onClose: () => void;
}): ReactNode {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [isRefused, setRefused] = useState(false);
  const submit = (): void => {
    const otherId = traceIdIn(text);
    if (otherId === undefined) {
      setRefused(true);
    } else {
      void navigate(compareTracesPath(trace.orgId, trace.traceId, otherId));
    }
  };
  return (
    <Dialog
      title="Compare with another trace"
      size="wide"
      onSubmit={submit}
      onClose={onClose}
      footer={
        <Button type="submit" variant="primary">
          Compare
        </Button>
      }
    >
      <Field
        label="Trace"
        hint="Its id, or a link to it."
        error={
          isRefused && traceIdIn(text) === undefined
            ? 'There is no id of a trace in it: 32 hexadecimal digits.'
            : undefined
        }
      >
        {(control) => (
          <Input
            {...control}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-4">
        {SORTS.map((each) => (
          <Alike key={each.sort} trace={trace} outline={outline} {...each} />
        ))}
      </div>
    </Dialog>
  );
}
