import { invalidQuery } from '@aegisguard/model';
import type { Expression } from './ast/expression.ts';
import { childrenOf } from './children-of.ts';
import { DEPTH_MAX } from './token-reader.ts';

/** Throws `invalid-query` for a tree that is too deep to be walked by recursion: a long chain of operators leans to the left. */
export function checkDepth(root: Expression): void {
  let level: readonly Expression[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH_MAX) {
      throw invalidQuery(root.source.from, `expressions stand inside one another at most ${DEPTH_MAX} deep`);
    }
    level = level.flatMap(childrenOf);
  }
}
