import type { SpanView } from '@aegisguard/model';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { nanosWords } from '../../../charts/metrics/duration-words.ts';
import { scrollStop } from '../../../lib/scroll-stop.ts';
import { parseTimestamp } from '../../../lib/timestamp.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { spanName } from '../span-name.ts';
import { AttributeList } from './attribute-list.tsx';
import { exceptionOf, type SpanException, stackLines } from './exception-of.ts';

type SpanEvent = SpanView['events'][number];

function Stack({ stack }: { readonly stack: string }): ReactNode {
  return (
    <div className="relative">
      <pre
        ref={scrollStop}
        className="scrollbar-slim max-h-80 overflow-auto rounded border border-line bg-canvas p-2 pr-8 font-mono text-2xs leading-4"
      >
        {stackLines(stack).map(({ id, text, isForeign }) => (
          <span key={id} className={isForeign ? 'block text-subtle' : 'block text-text'}>
            {text === '' ? ' ' : text}
          </span>
        ))}
      </pre>
      <CopyButton
        className="absolute top-1 right-1 bg-canvas"
        size="icon-sm"
        label="Copy stack trace"
        text={() => stack}
      />
    </div>
  );
}

/** What was thrown, and where. */
function Exception({ exception: { type, message, stack } }: { readonly exception: SpanException }): ReactNode {
  return (
    <div className="flex flex-col gap-2">
      <p className="break-words">
        {type === '' ? null : <strong className="font-semibold text-danger">{type}</strong>}
        {type === '' || message === '' ? null : ': '}
        <span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{message}</span>
      </p>
      {stack === '' ? null : <Stack stack={stack} />}
    </div>
  );
}

function EventCard({ event, startTime }: { readonly event: SpanEvent; readonly startTime: string }): ReactNode {
  const exception = exceptionOf(event.attributes);
  const begun = parseTimestamp(startTime);
  const at = parseTimestamp(event.timestamp);
  const dropped = event.droppedAttributesCount ?? 0;
  return (
    <li className="rounded-md border border-line">
      <h3 className="flex items-center gap-2 px-2.5 py-1.5">
        {exception === undefined ? null : <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />}
        <span className="min-w-0 flex-1 break-words font-medium">{spanName(event.name)}</span>
        <time dateTime={event.timestamp} title={event.timestamp} className="text-subtle text-xs tabular-nums">
          {begun === undefined || at === undefined ? event.timestamp : `+${nanosWords(Number(at - begun))}`}
        </time>
      </h3>
      {exception === undefined && Object.keys(event.attributes).length === 0 && dropped === 0 ? null : (
        <div className="flex flex-col gap-2 border-line border-t p-2">
          {exception === undefined ? null : <Exception exception={exception} />}
          <AttributeList title="Attributes" scope="event" attributes={exception?.rest ?? event.attributes} />
          {dropped === 0 ? null : <p className="px-2 text-subtle text-xs">{dropped} attributes were dropped before.</p>}
        </div>
      )}
    </li>
  );
}

/** What happened during a span, exceptions with their stack traces first. */
export function SpanEvents({ span: { events, startTime } }: { readonly span: SpanView }): ReactNode {
  const cards = events.map((event, index) => ({ event, id: `${index} ${event.timestamp}` }));
  const isThrown = ({ event }: (typeof cards)[number]): boolean => exceptionOf(event.attributes) !== undefined;
  return (
    <ul className="flex flex-col gap-2">
      {[...cards.filter(isThrown), ...cards.filter((card) => !isThrown(card))].map(({ event, id }) => (
        <EventCard key={id} event={event} startTime={startTime} />
      ))}
    </ul>
  );
}
