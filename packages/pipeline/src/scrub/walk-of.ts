import type { StageContext } from '../stage.ts';
import { ScrubWalk } from './scrub-walk.ts';

const walks = new WeakMap<StageContext, ScrubWalk>();

/** The walk over a batch's records: one for each batch. */
export function walkOf(context: StageContext): ScrubWalk {
  let walk = walks.get(context);
  if (walk === undefined) {
    walk = new ScrubWalk(context);
    walks.set(context, walk);
  }
  return walk;
}

/** What stands for what could not be looked at. */
export const WITHHELD = '[REDACTED:error]';
