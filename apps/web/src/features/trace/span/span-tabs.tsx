import type { JsonObject, SpanView } from '@aegisguard/model';
import { type ReactNode, useState } from 'react';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../../ui/tabs.tsx';
import type { TraceRef } from '../trace-api.ts';
import { AttributeList } from './attribute-list.tsx';
import { exceptionOf } from './exception-of.ts';
import { SpanEvents } from './span-events.tsx';
import { SpanLinks } from './span-links.tsx';
import { SpanLogs } from './span-logs.tsx';

type TabName = 'attributes' | 'events' | 'links' | 'logs' | 'process';

/** What a process and its library said of a span beside its resource. */
function processOf(span: SpanView): JsonObject {
  const { host, env, version, traceState, scope, truncated, clockSkewMs } = span;
  return {
    service: span.service,
    ...(host === undefined ? {} : { host }),
    ...(env === undefined ? {} : { env }),
    ...(version === undefined ? {} : { version }),
    ...(scope === undefined ? {} : { scope: { ...scope, version: scope.version ?? '' } }),
    ...(traceState === undefined ? {} : { 'trace state': traceState }),
    ...(clockSkewMs === undefined ? {} : { 'clock moved by (ms)': clockSkewMs }),
    ...(truncated === true ? { 'cut when it was received': true } : {}),
  };
}

function Attributes({ span }: { readonly span: SpanView }): ReactNode {
  const isEmpty = Object.keys(span.attributes).length === 0;
  return (
    <div className="flex flex-col gap-3">
      {isEmpty ? <p className="px-2 text-muted">The span has no attributes.</p> : null}
      <AttributeList title="Attributes" scope="span" attributes={span.attributes} />
      <AttributeList title="Place" scope={undefined} attributes={span.geo ?? {}} />
      <AttributeList title="Client" scope={undefined} attributes={span.userAgent ?? {}} />
      <AttributeList title="Details" scope={undefined} attributes={span.details ?? {}} />
    </div>
  );
}

/** The parts of a span that take room, one at a time; a tab that one chose stays chosen from span to span. */
export function SpanTabs({
  span,
  trace,
  times,
}: {
  readonly span: SpanView;
  readonly trace: TraceRef;
  readonly times: { readonly startMs: number; readonly endMs: number };
}): ReactNode {
  const [chosen, setChosen] = useState<TabName>();
  const hasThrown = span.events.some(({ attributes }) => exceptionOf(attributes) !== undefined);
  const tabs: readonly (readonly [TabName, string])[] = [
    ['attributes', 'Attributes'],
    ...(span.events.length > 0 ? [['events', `Events ${span.events.length}`] as const] : []),
    ...(span.links.length > 0 ? [['links', `Links ${span.links.length}`] as const] : []),
    ['logs', 'Logs'],
    ['process', 'Process'],
  ];
  const first = hasThrown ? 'events' : 'attributes';
  const shown = chosen !== undefined && tabs.some(([name]) => name === chosen) ? chosen : first;
  return (
    <Tabs value={shown} onValueChange={(name) => setChosen(tabs.find(([each]) => each === name)?.[0])}>
      <TabsList aria-label="Parts of the span" className="mb-2 flex-wrap border-line border-b pb-2">
        {tabs.map(([name, words]) => (
          <TabsTrigger key={name} value={name}>
            {words}
          </TabsTrigger>
        ))}
      </TabsList>
      <TabsContent value="attributes">
        <Attributes span={span} />
      </TabsContent>
      <TabsContent value="events">
        <SpanEvents span={span} />
      </TabsContent>
      <TabsContent value="links">
        <SpanLinks span={span} traceId={trace.traceId} />
      </TabsContent>
      <TabsContent value="logs">
        <SpanLogs trace={trace} spanId={span.spanId} {...times} />
      </TabsContent>
      <TabsContent value="process">
        <div className="flex flex-col gap-3">
          <AttributeList title="Process" scope={undefined} attributes={processOf(span)} />
          <AttributeList title="Resource" scope="resource" attributes={span.resource} />
        </div>
      </TabsContent>
    </Tabs>
  );
}
