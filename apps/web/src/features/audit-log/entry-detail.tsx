import type { AuditEntryView } from '@aegisguard/model';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatCount } from '../../lib/number-format.ts';
import { formatClockMs, formatDay, timestampMs } from '../../lib/timestamp.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Sentence } from './audit-columns.tsx';
import type { ChangeFilters } from './audit-filters.tsx';
import { auditSentence, sentenceText } from './audit-words.ts';
import { FactsView } from './facts-view.tsx';

function Fact({
  label,
  text,
  isCode = false,
}: {
  readonly label: string;
  readonly text: string | null;
  /** To be copied: ids and hashes. */
  readonly isCode?: boolean;
}): ReactNode {
  if (text === null) {
    return null;
  }
  return (
    <div className="contents">
      <dt className="text-subtle">{label}</dt>
      <dd className="min-w-0 break-words">
        {isCode ? (
          <span className="flex items-start gap-1">
            <code className="min-w-0 break-all font-mono text-xs leading-5">{text}</code>
            <CopyButton label={`Copy: ${label}`} size="icon-sm" text={() => text} />
          </span>
        ) : (
          text
        )}
      </dd>
    </div>
  );
}

/** Leads from an entry to others like it. */
function Others({ entry, onFilter }: { readonly entry: AuditEntryView; readonly onFilter: ChangeFilters }): ReactNode {
  const { actor, target } = entry;
  return (
    <div className="flex flex-wrap gap-2">
      {actor.id === null ? null : (
        <Button onClick={() => onFilter({ actor: actor.id ?? undefined })}>Everything by {actor.name}</Button>
      )}
      {target.id === null || target.id === actor.id ? null : (
        <Button onClick={() => onFilter({ target: target.id ?? undefined })}>
          Everything about {target.name ?? 'it'}
        </Button>
      )}
    </div>
  );
}

/** One entry in full, beside the list. */
export function EntryDetail({
  entry,
  onFilter,
  onClose,
}: {
  readonly entry: AuditEntryView;
  readonly onFilter: ChangeFilters;
  readonly onClose: () => void;
}): ReactNode {
  const atMs = timestampMs(entry.at);
  const { actor, target } = entry;
  return (
    <Sheet label={sentenceText(auditSentence(entry))} side="right" onClose={onClose}>
      <div className="flex flex-col gap-5 p-4">
        <header className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            <h2 className="break-words text-base [overflow-wrap:anywhere]">
              <Sentence entry={entry} />
            </h2>
            <p className="mt-1 text-muted text-xs tabular-nums">
              {formatDay(atMs)} {formatClockMs(atMs)} · entry {formatCount(entry.seq)}
            </p>
          </div>
          <IconButton label="Close" shortcut="esc" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </header>
        <section aria-label="What changed" className="rounded-md border border-line bg-canvas p-3">
          <FactsView entry={entry} />
        </section>
        <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
          <Fact label="Action" text={entry.action} isCode />
          <Fact label="By" text={actor.kind === 'system' ? 'AegisGuard itself' : actor.name} />
          <Fact label="Actor id" text={actor.id} isCode />
          <Fact label="Target id" text={target.id} isCode />
          <Fact label="From" text={entry.ip} />
          <Fact label="With" text={entry.userAgent} />
          <Fact label="Request" text={entry.requestId} isCode />
          <Fact label="Hash" text={entry.hash} isCode />
        </dl>
        <Others entry={entry} onFilter={onFilter} />
      </div>
    </Sheet>
  );
}
