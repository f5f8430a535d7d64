import { Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { ResultKind } from '../view/logs-view.ts';

const KINDS: readonly (readonly [kind: ResultKind, title: string])[] = [
  ['logs', 'Logs'],
  ['patterns', 'Patterns'],
  ['differences', 'Differences'],
];

/** Chooses what is shown of the query's logs: the logs, their forms, what is different in a span, or those that come in. */
export function ResultKinds({
  show,
  onShow,
}: {
  readonly show: ResultKind;
  readonly onShow: (show: ResultKind) => void;
}): ReactNode {
  return (
    <fieldset aria-label="What is shown" className="flex items-center gap-0.5">
      {KINDS.map(([kind, title]) => (
        <Button key={kind} variant="ghost" size="sm" aria-pressed={show === kind} onClick={() => onShow(kind)}>
          {title}
        </Button>
      ))}
      <Button
        variant="ghost"
        size="sm"
        aria-pressed={show === 'live'}
        title="Lines as they come in"
        onClick={() => onShow(show === 'live' ? 'logs' : 'live')}
      >
        <Radio aria-hidden className={show === 'live' ? 'text-ok' : ''} />
        Live
      </Button>
    </fieldset>
  );
}
