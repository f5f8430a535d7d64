import type { AuditEntryView } from '@aegisguard/model';
import type { ReactNode } from 'react';
import type { DataColumn } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { auditSentence } from './audit-words.ts';
import { factChanges } from './facts-diff.ts';

/** An entry as a sentence, with its names set apart. */
export function Sentence({ entry }: { readonly entry: AuditEntryView }): ReactNode {
  const { who, did, what } = auditSentence(entry);
  return (
    <>
      <span className="font-medium">{who}</span> {did}
      {what === undefined ? null : (
        <>
          {' '}
          <span className="font-medium">{what}</span>
        </>
      )}
    </>
  );
}

/** The first things that changed, in a line. */
function changeWords({ before, after }: AuditEntryView): string {
  return factChanges(before, after)
    .filter(({ before: was, after: is }) => was.concat(is).some((text) => text !== '' && text !== 'null'))
    .map(({ name, before: was, after: is }) => {
      const now = is.join(' ');
      return was.length > 0 && is.length > 0
        ? `${name}: ${was.join(' ')} → ${now}`
        : now === ''
          ? name
          : `${name}: ${now}`;
    })
    .join(', ');
}

/** The columns of the audit log. */
export function auditColumns(onOpen: (entry: AuditEntryView) => void): readonly DataColumn<AuditEntryView>[] {
  return [
    {
      header: 'What happened',
      cell: (entry) => {
        const changes = changeWords(entry);
        return (
          <>
            <button
              type="button"
              className="break-words rounded text-left hover:underline [overflow-wrap:anywhere]"
              onClick={() => onOpen(entry)}
            >
              <Sentence entry={entry} />
            </button>
            {changes === '' ? null : <span className="line-clamp-1 text-subtle text-xs">{changes}</span>}
          </>
        );
      },
    },
    {
      header: 'From',
      cell: ({ ip }) =>
        ip === null ? <span className="text-subtle">–</span> : <span className="font-mono text-xs">{ip}</span>,
    },
    { header: 'Entry', isNumber: true, cell: ({ seq }) => <span className="text-subtle">{seq}</span> },
    { header: 'When', cell: ({ at }) => <RelativeTime time={at} /> },
  ];
}
