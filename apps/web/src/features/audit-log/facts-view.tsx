import type { AuditEntryView } from '@aegisguard/model';
import { type ReactNode, useMemo } from 'react';
import { classNames } from '../../lib/class-names.ts';
import { type FactChange, factChanges } from './facts-diff.ts';

const TONES = {
  added: { word: 'Added', sign: '+', className: 'bg-ok-surface text-ok' },
  removed: { word: 'Removed', sign: '−', className: 'bg-danger-surface text-danger' },
  kept: { word: 'Kept', sign: '', className: 'bg-hover text-muted' },
} as const;

function Value({ tone, text }: { readonly tone: keyof typeof TONES; readonly text: string }): ReactNode {
  const { word, sign, className } = TONES[tone];
  return (
    <span className={classNames('min-w-0 break-words rounded px-1.5 font-mono text-xs leading-5', className)}>
      <span className="sr-only">{word}: </span>
      <span aria-hidden>{sign} </span>
      {text === '' ? '(empty)' : text}
    </span>
  );
}

function Values({ change: { before, after } }: { readonly change: FactChange }): ReactNode {
  const removed = before.filter((text) => !after.includes(text));
  const kept = before.filter((text) => after.includes(text));
  const added = after.filter((text) => !before.includes(text));
  return (
    <>
      {removed.map((text) => (
        <Value key={`- ${text}`} tone="removed" text={text} />
      ))}
      {added.map((text) => (
        <Value key={`+ ${text}`} tone="added" text={text} />
      ))}
      {kept.map((text) => (
        <Value key={text} tone="kept" text={text} />
      ))}
      {before.length + after.length === 0 ? <span className="text-subtle">none</span> : null}
    </>
  );
}

/** What an entry changed, as a difference that can be read. */
export function FactsView({ entry: { before, after } }: { readonly entry: AuditEntryView }): ReactNode {
  const changes = useMemo(() => factChanges(before, after), [before, after]);
  if (changes.length === 0) {
    return <p className="text-muted">The entry says no more than the sentence above.</p>;
  }
  return (
    <dl className="grid gap-x-3 gap-y-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
      {changes.map((change) => (
        <div key={change.name} className="contents">
          <dt className="break-words font-mono text-subtle text-xs leading-5">{change.name}</dt>
          <dd className="flex min-w-0 flex-wrap gap-1 max-sm:mb-1">
            <Values change={change} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
