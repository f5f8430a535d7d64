import type { DashboardImportAnswer } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { formatCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

/** What became of an imported dashboard. */
export function ImportResult({
  answer: { dashboard, notCarried },
  onOpen,
  onClose,
}: {
  readonly answer: DashboardImportAnswer;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}): ReactNode {
  const panels = formatCount(dashboard.panels.filter(({ type }) => type !== 'row').length);
  const remarks = notCarried.map((remark, index) => [`${index}`, remark] as const);
  return (
    <Dialog
      size="wide"
      title={`“${dashboard.title}” is imported`}
      description={
        notCarried.length === 0
          ? `${panels} panels and ${dashboard.variables.length} variables: everything was carried over.`
          : `${panels} panels and ${dashboard.variables.length} variables. Not as in the original:`
      }
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button variant="primary" data-autofocus="" onClick={() => onOpen(dashboard.id)}>
            Open it
          </Button>
        </>
      }
    >
      {notCarried.length === 0 ? null : (
        <ul
          aria-label="Not carried over"
          className="scrollbar-slim max-h-96 overflow-y-auto rounded-md border border-line"
        >
          {remarks.map(([key, { panel, what, reason }]) => (
            <li key={key} className="border-line border-b px-3 py-2 last:border-b-0">
              <p>
                <span className="text-subtle">{panel ?? 'Dashboard'}: </span>
                <span className="font-medium">{what}</span>
              </p>
              <p className="text-muted">{reason}</p>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
