import type { LogLevel } from '@aegisguard/model';
import type { ReactNode } from 'react';
import { LEVEL_STACK } from '../../../charts/prepare/level-stack.ts';
import { levelBackground } from '../../../charts/render/level-class.ts';
import type { Pattern } from './pattern-order.ts';
import { shareWords } from './pattern-words.ts';

/** The levels of a pattern's lines: severe ones first, as in the histogram. */
export function levelSharesOf({ levels, count }: Pattern): readonly { level: LogLevel; share: number }[] {
  return LEVEL_STACK.order.flatMap((level) => {
    const share = (levels[level] ?? 0) / Math.max(1, count);
    return share === 0 ? [] : [{ level, share }];
  });
}

/** The same in words. */
export function levelWords(pattern: Pattern): string {
  return levelSharesOf(pattern)
    .map(({ level, share }) => `${shareWords(share)} ${level}`)
    .join(', ');
}

/** How a pattern's lines are spread over the levels. */
export function LevelShares({ pattern }: { readonly pattern: Pattern }): ReactNode {
  return (
    <span
      role="img"
      aria-label={levelWords(pattern)}
      title={levelWords(pattern)}
      className="flex h-2 w-full gap-px overflow-hidden rounded-sm"
    >
      {levelSharesOf(pattern).map(({ level, share }) => (
        <span
          key={level}
          className={`${levelBackground(level)} min-w-[3px]`}
          style={{ flexGrow: share, flexBasis: 0 }}
        />
      ))}
    </span>
  );
}
