import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import type { Reading } from '../use-trace.ts';
import type { TraceExplorer } from '../use-trace-explorer.ts';

/** What is not here of what was asked for: another reading, or a span that a link leads to. */
export function MissingParts({
  explorer: { cursor },
  reading: { error, refresh },
}: {
  readonly explorer: TraceExplorer;
  readonly reading: Reading;
}): ReactNode {
  const again = (
    <Button size="sm" className="ml-2" onClick={refresh}>
      Read again
    </Button>
  );
  return (
    <>
      {error === undefined ? null : (
        <Notice kind="error" className="m-2">
          The trace could not be read again: {error.title}. What is shown was read before.
          {again}
        </Notice>
      )}
      {cursor.missing === undefined ? null : (
        <Notice kind="info" className="m-2">
          The span <code className="font-mono">{cursor.missing}</code> has not arrived.
          {again}
          <Button size="sm" variant="ghost" className="ml-1" onClick={cursor.close}>
            Never mind
          </Button>
        </Notice>
      )}
    </>
  );
}
