import { SPAN_KINDS } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { Badge } from '../../../ui/badge.tsx';
import type { TraceModel } from '../model/trace-model.ts';
import { shareWords } from '../share-words.ts';
import { spanMarks } from '../waterfall/span-marks.tsx';
import { useTracesLike } from './like-range.ts';
import { operationQuery } from './traceql-filter.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt className="text-subtle text-xs">{name}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}

/** What the outline knows of a span: there before anything is asked. */
export function SpanFacts({ model, row }: { readonly model: TraceModel; readonly row: number }): ReactNode {
  const tracesLike = useTracesLike();
  const duration = model.duration[row] ?? 0;
  const { offsets } = model.critical;
  const isCritical = (offsets[row + 1] ?? 0) > (offsets[row] ?? 0);
  const like = operationQuery(model.services[model.service[row] ?? 0] ?? '', model.names[model.name[row] ?? 0] ?? '');
  return (
    <div className="flex flex-col gap-2.5">
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(96px,1fr))] gap-x-3 gap-y-2">
        <Fact name="Duration">{nanosWords(duration)}</Fact>
        <Fact name="Own time">
          {nanosWords(model.self[row] ?? 0)}{' '}
          <span className="font-normal text-subtle">{shareWords(model.self[row] ?? 0, duration)}</span>
        </Fact>
        <Fact name="Begins at">{nanosWords(model.start[row] ?? 0)}</Fact>
        <Fact name="Of the trace">{shareWords(duration, model.total)}</Fact>
        <Fact name="Kind">{SPAN_KINDS[model.kind[row] ?? 0] ?? 'unspecified'}</Fact>
      </dl>
      <div className="flex flex-wrap items-center gap-1.5">
        {isCritical ? <Badge tone="neutral">On the critical path</Badge> : null}
        {spanMarks(model, row).map(({ id, words, icon: Icon }) => (
          <Badge key={id} tone={id === 'error' ? 'danger' : id === 'links' ? 'neutral' : 'warn'}>
            <Icon aria-hidden />
            {words}
          </Badge>
        ))}
        <Link to={tracesLike(like)} className="text-accent text-xs underline underline-offset-2">
          Traces with spans like it
        </Link>
      </div>
    </div>
  );
}
