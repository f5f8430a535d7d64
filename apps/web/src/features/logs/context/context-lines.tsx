import type { LogView } from '@aegisguard/model';
import {
  type ComponentProps,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { levelText } from '../../../charts/render/level-class.ts';
import { classNames } from '../../../lib/class-names.ts';
import { formatClockMs, formatDay, timestampMs } from '../../../lib/timestamp.ts';
import { Button } from '../../../ui/button.tsx';
import { lineOf } from '../table/line-of.ts';
import { cutText, LINE_CHARACTERS_MAX, markText } from '../table/row-text.ts';

const ID_PREFIX = 'context-';

/** A list of which one is chosen by keys, one stop of the Tab key: https://www.w3.org/WAI/ARIA/apg/patterns/listbox/ */
function listRole(selectedId: string): ComponentProps<'ul'> {
  return { role: 'listbox', tabIndex: 0, 'aria-activedescendant': `${ID_PREFIX}${selectedId}` };
}

function optionRole(isSelected: boolean): ComponentProps<'li'> {
  return { role: 'option', 'aria-selected': isSelected };
}

function logAt({ target }: MouseEvent, logs: readonly LogView[]): LogView | undefined {
  const id = target instanceof Element ? target.closest<HTMLElement>('[data-log]')?.dataset.log : undefined;
  return logs.find((log) => log.id === id);
}

function Line({
  log,
  isCentre,
  hasService,
  isSelected,
  wanted,
}: {
  readonly log: LogView;
  readonly isCentre: boolean;
  /** Neighbours may be of other services. */
  readonly hasService: boolean;
  readonly isSelected: boolean;
  readonly wanted: string;
}): ReactNode {
  const ms = timestampMs(log.timestamp);
  return (
    <li
      id={`${ID_PREFIX}${log.id}`}
      {...optionRole(isSelected)}
      data-log={log.id}
      data-centre={isCentre || undefined}
      className={classNames(
        'flex cursor-default gap-x-3 border-l-[3px] px-3 py-1 font-mono text-xs leading-4 hover:bg-hover max-md:flex-wrap',
        isCentre ? 'border-l-accent bg-mark/25' : 'border-l-transparent',
        isSelected && 'bg-selected',
      )}
    >
      <span className="shrink-0 tabular-nums" title={log.timestamp}>
        <span className="text-subtle">{formatDay(ms)}</span> {formatClockMs(ms)}
      </span>
      <span className={classNames('w-11 shrink-0 font-medium uppercase', levelText(log.level))}>{log.level}</span>
      {hasService ? <span className="w-28 shrink-0 truncate text-muted">{log.service}</span> : null}
      <span className="min-w-0 whitespace-pre-wrap break-words [overflow-wrap:anywhere] max-md:w-full md:flex-1">
        {markText(cutText(lineOf(log), LINE_CHARACTERS_MAX), wanted === '' ? [] : [wanted]).map((piece) =>
          piece.isMarked ? (
            <mark key={piece.start} className="rounded-[2px] bg-mark text-mark-text">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
        {isCentre ? <span className="sr-only"> (the log whose surroundings these are)</span> : null}
      </span>
    </li>
  );
}

function More({
  onMore,
  words,
  endWords,
}: {
  readonly onMore: (() => void) | undefined;
  readonly words: string;
  readonly endWords: string;
}) {
  return (
    <div className="flex h-9 items-center justify-center text-subtle text-xs">
      {onMore === undefined ? (
        endWords
      ) : (
        <Button size="sm" variant="ghost" onClick={onMore}>
          {words}
        </Button>
      )}
    </div>
  );
}

/** Keeps the log in the middle where it is on the screen when lines come above it, and brings it into sight at first. */
function useCentreInPlace(scroller: RefObject<HTMLElement | null>, centreId: string): void {
  const was = useRef<{ readonly id: string; readonly top: number }>(undefined);
  useLayoutEffect(() => {
    const box = scroller.current;
    const centre = box?.querySelector<HTMLElement>('[data-centre]') ?? null;
    if (box === null || centre === null) {
      return;
    }
    const top = centre.offsetTop;
    if (was.current?.id !== centreId) {
      box.scrollTop = top - (box.clientHeight - centre.offsetHeight) / 2;
    } else if (was.current.top !== top) {
      box.scrollTop += top - was.current.top;
    }
    was.current = { id: centreId, top };
  });
}

/** What the list shows. */
export interface ContextLinesProps {
  readonly logs: readonly LogView[];
  readonly centreId: string;
  readonly selectedId: string;
  readonly hasService: boolean;
  readonly wanted: string;
  readonly isStale: boolean;
  readonly list: RefObject<HTMLUListElement | null>;
  readonly moreBefore: (() => void) | undefined;
  readonly moreAfter: (() => void) | undefined;
  readonly onSelect: (log: LogView) => void;
}

/** The lines in order of time, and more of them at either end. */
export function ContextLines(props: ContextLinesProps): ReactNode {
  const { logs, centreId, selectedId, hasService, wanted, isStale, list, moreBefore, moreAfter, onSelect } = props;
  const scroller = useRef<HTMLDivElement>(null);
  useCentreInPlace(scroller, centreId);
  useEffect(() => {
    document.getElementById(`${ID_PREFIX}${selectedId}`)?.scrollIntoView({ block: 'nearest' });
  }, [selectedId]);
  return (
    <div
      ref={scroller}
      aria-busy={isStale}
      className={classNames(
        'scrollbar-slim relative min-h-0 flex-1 overflow-y-auto [overflow-anchor:none]',
        isStale && 'opacity-50',
      )}
    >
      <More onMore={moreBefore} words="Earlier logs" endWords="Nothing earlier within a day" />
      <ul
        ref={list}
        {...listRole(selectedId)}
        aria-label="Surrounding logs"
        onClick={(event) => {
          const log = logAt(event, logs);
          // A click that ends a selection of text is no wish to open anything.
          if (log !== undefined && getSelection()?.isCollapsed !== false) {
            onSelect(log);
          }
        }}
        onKeyDown={(event) => {
          const log = event.key === 'Enter' ? logs.find(({ id }) => id === selectedId) : undefined;
          if (log !== undefined) {
            event.preventDefault();
            onSelect(log);
          }
        }}
        className="focus-visible:-outline-offset-2"
      >
        {logs.map((log) => (
          <Line
            key={log.id}
            log={log}
            isCentre={log.id === centreId}
            hasService={hasService}
            isSelected={log.id === selectedId}
            wanted={wanted}
          />
        ))}
      </ul>
      <More onMore={moreAfter} words="Later logs" endWords="Nothing later within a day" />
    </div>
  );
}
