import type { LogContextAnswer, LogView } from '@aegisguard/model';
import { ClipboardCopy, ExternalLink, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import { useMediaQuery, WIDE } from '../../../lib/use-media-query.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { Input } from '../../../ui/input.tsx';
import { ProgressLine } from '../../../ui/progress-line.tsx';
import { Select } from '../../../ui/select.tsx';
import { Sheet } from '../../../ui/sheet.tsx';
import { useCopied } from '../../../ui/use-copied.ts';
import { LogDetail } from '../detail/log-detail.tsx';
import type { OnFilter } from '../detail/value-tree.tsx';
import { TableSkeleton } from '../table/table-skeleton.tsx';
import type { LogsView, RowRef } from '../view/logs-view.ts';
import { ContextLines } from './context-lines.tsx';
import { explorerAt, linesAsText, type Neighbourhood, neighbourhoodsOf, shownNeighbours } from './neighbours.ts';
import { type ContextResult, useContextLogs } from './use-context-logs.ts';

const WORDS: Readonly<Record<Neighbourhood, string>> = {
  stream: 'of the same stream',
  service: 'of the same service',
  host: 'of the same host',
  trace: 'of the same trace',
};

/** What the dialog must know. */
export interface ContextDialogProps {
  readonly orgId: string;
  /** The log in the middle. */
  readonly row: RowRef;
  readonly onFilter: OnFilter;
  readonly onGo: (change: Partial<LogsView>) => void;
  readonly onClose: () => void;
}

function sharedWords(labels: LogContextAnswer['labels']): string {
  return Object.entries(labels)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}

/** What neighbours share, what they must contain, and taking them elsewhere. */
function Controls({
  answer,
  shown,
  selected,
  neighbourhood,
  text,
  field,
  onNeighbourhood,
  onText,
  onGo,
}: {
  readonly answer: LogContextAnswer;
  readonly shown: readonly LogView[];
  readonly selected: LogView;
  readonly neighbourhood: Neighbourhood;
  readonly text: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onNeighbourhood: (neighbourhood: Neighbourhood) => void;
  readonly onText: (text: string) => void;
  readonly onGo: ContextDialogProps['onGo'];
}): ReactNode {
  const { copied, copy } = useCopied();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 border-line border-b bg-canvas px-3 py-1.5">
      <Select
        aria-label="Which logs"
        title={sharedWords(answer.labels)}
        className="h-7 text-xs"
        value={neighbourhood}
        onChange={(event) => onNeighbourhood(event.currentTarget.value as Neighbourhood)}
      >
        {neighbourhoodsOf(answer.log).map((each) => (
          <option key={each} value={each}>
            {WORDS[each]}
          </option>
        ))}
      </Select>
      <Input
        ref={field}
        type="search"
        aria-label="Only lines that contain"
        placeholder="Only lines that contain …"
        value={text}
        className="h-7 w-auto min-w-40 max-w-80 flex-1 text-xs"
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') {
            event.preventDefault();
            onText('');
          }
        }}
      />
      <span className="ml-auto flex gap-1.5">
        <Button size="sm" variant="ghost" onClick={() => copy(linesAsText(shown))}>
          <ClipboardCopy aria-hidden />
          {copied ? 'Copied' : 'Copy lines'}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => onGo(explorerAt(selected, answer.labels))}>
          <ExternalLink aria-hidden />
          Show in the explorer
        </Button>
      </span>
    </div>
  );
}

/** The lines, and beside them (or over them) the one that is open. */
function Body({
  result,
  shown,
  selected,
  isOpen,
  neighbourhood,
  text,
  list,
  onOpen,
  onMove,
  onFilter,
}: {
  readonly result: ContextResult;
  readonly shown: readonly LogView[];
  readonly selected: LogView;
  readonly isOpen: boolean;
  readonly neighbourhood: Neighbourhood;
  readonly text: string;
  readonly list: RefObject<HTMLUListElement | null>;
  readonly onOpen: (log: LogView | undefined) => void;
  readonly onMove: (by: 1 | -1) => void;
  readonly onFilter: OnFilter;
}): ReactNode {
  const isWide = useMediaQuery(WIDE);
  const at = shown.indexOf(selected);
  return (
    <div className="flex min-h-0 flex-1">
      {isOpen && !isWide ? null : (
        <ContextLines
          logs={shown}
          centreId={result.answer?.log.id ?? ''}
          selectedId={selected.id}
          hasService={neighbourhood === 'host' || neighbourhood === 'trace'}
          wanted={text.trim()}
          isStale={result.isStale}
          list={list}
          moreBefore={result.moreBefore}
          moreAfter={result.moreAfter}
          onSelect={onOpen}
        />
      )}
      {isOpen ? (
        <div className="w-[clamp(320px,42%,560px)] shrink-0 border-line border-l max-md:w-full max-md:border-l-0">
          <LogDetail
            selected={{ state: 'found', log: selected }}
            moves={{
              onMove,
              onClose: () => onOpen(undefined),
              hasPrevious: at > 0,
              hasNext: at + 1 < shown.length,
            }}
            onFilter={onFilter}
          />
        </div>
      ) : null}
    </div>
  );
}

/** The step that a key means in the list. */
function stepOf(key: string): 1 | -1 | undefined {
  return key === 'j' || key === 'ArrowDown' ? 1 : key === 'k' || key === 'ArrowUp' ? -1 : undefined;
}

/** A log among those that were before and after it. */
export function ContextDialog({ orgId, row, onFilter, onGo, onClose }: ContextDialogProps): ReactNode {
  const [neighbourhood, setNeighbourhood] = useState<Neighbourhood>('stream');
  const [text, setText] = useState('');
  const [selectedId, setSelectedId] = useState<string>();
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const result = useContextLogs(orgId, row, neighbourhood);
  const { answer, error } = result;
  const shown = answer === undefined ? [] : shownNeighbours(answer, text);
  const selected = shown.find(({ id }) => id === selectedId) ?? answer?.log;

  const move = (by: 1 | -1): void => {
    const next = shown[(selected === undefined ? -1 : shown.indexOf(selected)) + by];
    setSelectedId(next?.id ?? selected?.id);
  };
  const open = (log: LogView | undefined): void => {
    setOpen(log !== undefined);
    if (log === undefined) {
      list.current?.focus({ preventScroll: true });
    } else {
      setSelectedId(log.id);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The page behind has the same keys.
    event.stopPropagation();
    const isTyping = event.target instanceof Element && event.target.matches('input, select, [role=tree] *');
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || event.defaultPrevented) {
      return;
    }
    const step = stepOf(event.key);
    if (step !== undefined) {
      move(step);
    } else if (event.key === '/') {
      field.current?.focus();
    } else if (event.key === 'Escape' && isOpen) {
      open(undefined);
    } else {
      return;
    }
    event.preventDefault();
  };
  return (
    <Sheet label="Surrounding logs" side="large" onKeyDown={onKeyDown} onClose={onClose}>
      <div className="relative flex h-full min-h-0 flex-col">
        <ProgressLine active={result.isLoading} label="Loading the surrounding logs" />
        <header className="flex h-11 shrink-0 items-center gap-2 pr-1.5 pl-3">
          <h2 className="font-semibold text-sm max-md:flex-1">Surrounding logs</h2>
          <p className="min-w-0 flex-1 truncate text-muted text-xs max-md:hidden">
            {answer === undefined ? '' : sharedWords(answer.labels)}
          </p>
          <span className="text-2xs text-subtle max-lg:hidden">j next · k previous · Enter open · / search</span>
          <IconButton label="Close" shortcut="esc" onClick={onClose}>
            <X aria-hidden />
          </IconButton>
        </header>
        {answer === undefined || selected === undefined ? null : (
          <>
            <Controls
              answer={answer}
              shown={shown}
              selected={selected}
              neighbourhood={neighbourhood}
              text={text}
              field={field}
              onNeighbourhood={setNeighbourhood}
              onText={setText}
              onGo={onGo}
            />
            <Body
              result={result}
              shown={shown}
              selected={selected}
              isOpen={isOpen}
              neighbourhood={neighbourhood}
              text={text}
              list={list}
              onOpen={open}
              onMove={move}
              onFilter={onFilter}
            />
          </>
        )}
        {answer === undefined && error === undefined ? <TableSkeleton /> : null}
        {error === undefined ? null : <ErrorState error={error} onRetry={result.retry} />}
      </div>
    </Sheet>
  );
}
