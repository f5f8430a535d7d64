import type { LogView } from '@aegisguard/model';
import { ShieldCheck, UnfoldVertical } from 'lucide-react';
import { type ReactNode, type Ref, useContext, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { privacyPath } from '../../../app/paths.ts';
import { useOrgId } from '../../../app/use-org-id.ts';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '../../../ui/tabs.tsx';
import { cutText } from '../table/row-text.ts';
import { DetailHeader, type DetailMoves } from './detail-header.tsx';
import { FieldsView } from './fields-view.tsx';
import { JsonView } from './json-view.tsx';
import { logAsJson, scrubbedKinds } from './log-fields.ts';
import { OpenContext } from './open-context.ts';
import type { OnFilter } from './value-tree.tsx';

/** What is known of the selected log: it may have to be looked up first, and may be gone. */
export type SelectedLog =
  | { readonly state: 'found'; readonly log: LogView }
  | { readonly state: 'loading' }
  | { readonly state: 'missing' };

/** Characters of a message that are shown at first. */
const MESSAGE_CHARACTERS_MAX = 3000;

function Message({
  label,
  text,
  isTruncated = false,
}: {
  readonly label: string;
  readonly text: string;
  readonly isTruncated?: boolean;
}): ReactNode {
  const [showsAll, setShowsAll] = useState(false);
  const isLong = text.length > MESSAGE_CHARACTERS_MAX;
  return (
    <section aria-label={label} className="relative not-first:mt-2 rounded-md border border-line bg-canvas">
      <pre className="whitespace-pre-wrap break-words p-2.5 pr-9 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
        {showsAll ? text : cutText(text, MESSAGE_CHARACTERS_MAX)}
      </pre>
      <CopyButton
        label={label === 'Line' ? 'Copy line' : 'Copy message'}
        size="icon-sm"
        className="absolute top-1.5 right-1.5"
        text={() => text}
      />
      {isLong && !showsAll ? (
        <Button variant="ghost" size="sm" className="m-1" onClick={() => setShowsAll(true)}>
          Show all {formatCount(text.length)} characters
        </Button>
      ) : null}
      {isTruncated ? (
        <p className="border-line border-t px-2.5 py-1 text-subtle text-xs">
          Cut at the size limit when it was received.
        </p>
      ) : null}
    </section>
  );
}

/** What was taken out of this log before it was stored. */
function Scrubbed({ log }: { readonly log: LogView }): ReactNode {
  const orgId = useOrgId();
  const kinds = scrubbedKinds(log);
  return kinds.length === 0 ? null : (
    <p className="mt-2 flex items-baseline gap-1.5 text-muted text-xs">
      <ShieldCheck aria-hidden className="size-3.5 shrink-0 self-center text-accent" />
      <span className="min-w-0 break-words">
        Scrubbed: {kinds.map(({ kind, count }) => `${kind.replace(/^custom:/, '')} ×${count}`).join(', ')}
      </span>
      <Link to={privacyPath(orgId)} className="shrink-0 text-accent underline underline-offset-2">
        What is this?
      </Link>
    </p>
  );
}

/** The way to what was said before and after. */
function Surroundings({ log: { timestamp, id } }: { readonly log: LogView }): ReactNode {
  const open = useContext(OpenContext);
  return open === undefined ? null : (
    <Button size="sm" className="mt-2" onClick={() => open({ timestamp, id })}>
      <UnfoldVertical aria-hidden />
      Surrounding logs
    </Button>
  );
}

function Body({ log, onFilter }: { readonly log: LogView; readonly onFilter: OnFilter }): ReactNode {
  const record = useMemo(() => logAsJson(log), [log]);
  return (
    <div className="scrollbar-slim min-h-0 flex-1 overflow-y-auto p-3">
      {log.line === undefined ? null : <Message key={`${log.id} line`} label="Line" text={log.line} />}
      <Message
        key={log.id}
        label={log.line === undefined ? 'Message' : 'Message as it was sent'}
        text={log.message}
        isTruncated={log.truncated === true}
      />
      <Scrubbed log={log} />
      <Surroundings log={log} />
      <Tabs defaultValue="fields" className="mt-3">
        <TabsList aria-label="Ways to see the log">
          <TabsTrigger value="fields">Fields</TabsTrigger>
          <TabsTrigger value="json">JSON</TabsTrigger>
          <span className="ml-auto text-2xs text-subtle max-lg:hidden">
            f filter · x exclude · t column · c copy · p path
          </span>
        </TabsList>
        <TabsContent value="fields" className="pt-2">
          <FieldsView log={log} onFilter={onFilter} />
        </TabsContent>
        <TabsContent value="json" className="pt-2">
          <JsonView record={record} onFilter={onFilter} />
        </TabsContent>
      </Tabs>
    </div>
  );
}

/** One log in full. */
export function LogDetail({
  ref,
  selected,
  moves,
  onFilter,
}: {
  readonly ref?: Ref<HTMLElement>;
  readonly selected: SelectedLog;
  readonly moves: DetailMoves;
  readonly onFilter: OnFilter;
}): ReactNode {
  const log = selected.state === 'found' ? selected.log : undefined;
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label="Log detail"
      className="flex h-full min-h-0 flex-col bg-surface outline-none"
    >
      <DetailHeader log={log} moves={moves} />
      {selected.state === 'found' ? <Body log={selected.log} onFilter={onFilter} /> : null}
      {selected.state === 'loading' ? (
        <div className="flex flex-col gap-3 p-3">
          <Skeleton className="h-16" />
          <Skeleton className="h-4 w-2/3" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      ) : null}
      {selected.state === 'missing' ? (
        <div className="p-6 text-center">
          <h2 className="font-semibold">This log is not there any more</h2>
          <p className="mt-1 text-muted">
            It may be older than the organization keeps logs, or the query of the link no longer matches it.
          </p>
        </div>
      ) : null}
    </section>
  );
}
