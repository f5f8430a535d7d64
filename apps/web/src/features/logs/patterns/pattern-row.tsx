import { CircleMinus, CirclePlus } from 'lucide-react';
import type { ReactNode } from 'react';
import { MiniBars } from '../../../charts/render/mini-bars.tsx';
import { classNames } from '../../../lib/class-names.ts';
import { formatCount, formatLogCount } from '../../../lib/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { cutText } from '../table/row-text.ts';
import { LevelShares, levelSharesOf, levelWords } from './level-shares.tsx';
import type { Pattern } from './pattern-order.ts';
import { PatternText, WildcardValues } from './pattern-text.tsx';
import { patternText, placedParts, shareWords, trendWords } from './pattern-words.ts';

const SAMPLE_CHARACTERS_MAX = 400;
const OPEN_SAMPLE_CHARACTERS_MAX = 6000;
/** Values of a wildcard in an open row. */
const VALUES_SHOWN = 20;

const TREND_FILL = {
  fatal: 'fill-level-fatal',
  error: 'fill-level-error',
  warn: 'fill-level-warn',
  info: 'fill-level-info',
  debug: 'fill-level-debug',
  trace: 'fill-level-trace',
} as const;

const FILTERS = [
  { label: 'Only these', shortcut: 'f', icon: CirclePlus, exclude: false },
  { label: 'Without these', shortcut: 'x', icon: CircleMinus, exclude: true },
] as const;

/** What a row can be asked. */
interface PatternActions {
  /** Narrows the query to lines of the pattern, or leaves them out. */
  readonly onFilter: (pattern: Pattern, exclude: boolean) => void;
  readonly onToggle: (pattern: Pattern) => void;
}

interface PatternRowProps extends PatternActions {
  readonly pattern: Pattern;
  /** Of the lines that were looked at. */
  readonly share: number;
  /** Its row is the stop of the Tab key. */
  readonly isActive: boolean;
  /** It was chosen. */
  readonly isSelected: boolean;
  readonly isOpen: boolean;
}

function Figures({ pattern, share }: { readonly pattern: Pattern; readonly share: number }): ReactNode {
  return (
    <span className="tabular-nums">
      {formatCount(pattern.count)} <span className="text-subtle">{shareWords(share)}</span>
    </span>
  );
}

function Trend({ pattern }: { readonly pattern: Pattern }): ReactNode {
  const most = levelSharesOf(pattern).toSorted((a, b) => b.share - a.share)[0]?.level ?? 'info';
  return (
    <span title={`${trendWords(pattern)} over the time range`}>
      <MiniBars counts={pattern.counts} className={TREND_FILL[most]} />
    </span>
  );
}

/** The two filters: as icons in the row, with their words in the open one. */
function FilterButtons({
  pattern,
  isReachable,
  hasWords,
  onFilter,
}: {
  readonly pattern: Pattern;
  readonly isReachable: boolean;
  readonly hasWords: boolean;
} & Pick<PatternActions, 'onFilter'>): ReactNode {
  return FILTERS.map(({ label, shortcut, icon: Icon, exclude }) =>
    hasWords ? (
      <Button key={label} size="sm" onClick={() => onFilter(pattern, exclude)}>
        <Icon aria-hidden />
        {label}
      </Button>
    ) : (
      <IconButton
        key={label}
        label={label}
        shortcut={shortcut}
        className="size-7"
        tabIndex={isReachable ? 0 : -1}
        onClick={() => onFilter(pattern, exclude)}
      >
        <Icon aria-hidden />
      </IconButton>
    ),
  );
}

/** Everything that is known of a pattern. */
function Opened({ pattern, onFilter }: { readonly pattern: Pattern } & Pick<PatternActions, 'onFilter'>): ReactNode {
  const wildcards = placedParts(pattern).flatMap(({ place, part }) =>
    part.kind === 'wildcard' ? [{ place, wildcard: part }] : [],
  );
  return (
    <div className="flex flex-col gap-3 pt-1 pb-2">
      <section aria-label="A line of it" className="relative rounded-md border border-line bg-canvas">
        <pre className="whitespace-pre-wrap break-words p-2.5 pr-9 font-mono text-xs leading-5 [overflow-wrap:anywhere]">
          {cutText(pattern.sample, OPEN_SAMPLE_CHARACTERS_MAX)}
        </pre>
        <CopyButton
          label="Copy the line"
          size="icon-sm"
          className="absolute top-1.5 right-1.5"
          text={() => pattern.sample}
        />
      </section>
      <div className="flex flex-wrap items-center gap-2">
        <FilterButtons pattern={pattern} isReachable hasWords onFilter={onFilter} />
        <span className="text-muted text-xs">
          {levelWords(pattern)} · {trendWords(pattern)}
        </span>
      </div>
      {wildcards.length === 0 ? null : (
        <ul aria-label="What varies" className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-x-8 gap-y-3">
          {wildcards.map(({ place, wildcard }) => (
            <li key={place} className="min-w-0">
              <WildcardValues wildcard={wildcard} valuesMax={VALUES_SHOWN} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const ROW =
  'relative grid cursor-default grid-cols-[88px_minmax(0,1fr)_64px] items-start gap-x-3 gap-y-1 border-line/70 border-b border-l-[3px] border-l-transparent py-2 pr-3 pl-[9px] hover:bg-hover focus-visible:-outline-offset-2 aria-selected:border-l-accent aria-selected:bg-hover md:grid-cols-[96px_120px_72px_minmax(0,1fr)_64px]';

/** One pattern: how many lines, their course and their levels, and its text over a line of it. */
export function PatternRow({
  pattern,
  share,
  isActive,
  isSelected,
  isOpen,
  onFilter,
  onToggle,
}: PatternRowProps): ReactNode {
  return (
    <tr
      tabIndex={isActive ? 0 : -1}
      aria-selected={isSelected}
      aria-expanded={isOpen}
      aria-label={`${formatLogCount(pattern.count)}: ${patternText(pattern)}`}
      className={ROW}
      onClick={(event) => {
        if (event.target instanceof Element && event.target.closest('button, section, ul') === null) {
          onToggle(pattern);
        }
      }}
    >
      <td className="p-0 text-xs leading-6">
        <Figures pattern={pattern} share={share} />
      </td>
      <td className="p-0">
        <Trend pattern={pattern} />
      </td>
      <td className="flex h-6 items-center p-0">
        <LevelShares pattern={pattern} />
      </td>
      <td className="min-w-0 p-0 font-mono text-xs max-md:order-last max-md:col-span-3">
        <div className={classNames('leading-5 [overflow-wrap:anywhere]', !isOpen && 'line-clamp-3')}>
          <PatternText pattern={pattern} isReachable={isActive} />
        </div>
        {isOpen ? null : (
          <div className="truncate text-subtle leading-5">{cutText(pattern.sample, SAMPLE_CHARACTERS_MAX)}</div>
        )}
      </td>
      <td className="flex justify-end p-0 max-md:hidden">
        <FilterButtons pattern={pattern} isReachable={isActive} hasWords={false} onFilter={onFilter} />
      </td>
      {isOpen ? (
        <td className="order-last col-span-full p-0">
          <Opened pattern={pattern} onFilter={onFilter} />
        </td>
      ) : null}
    </tr>
  );
}
