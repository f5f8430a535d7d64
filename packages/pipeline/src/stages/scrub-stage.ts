import type { JsonObject } from '@aegisguard/model';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { walkOf } from '../scrub/walk-of.ts';
import type { Stage } from '../stage.ts';

/** What the scrub stages of records share: the mark of what was found, and that a record which could not be looked through is stored without its content. */
export function scrubStage<Row extends { details: JsonObject }>(
  scrub: (record: Row, walk: ScrubWalk) => void,
  withhold: (record: Row) => void,
): Stage<Row> {
  return {
    name: 'scrub',
    apply(record, context) {
      const walk = walkOf(context);
      walk.begin();
      try {
        scrub(record, walk);
        const marks = walk.marks();
        if (marks !== undefined) {
          record.details.scrubbed = marks;
        }
      } catch (error) {
        withhold(record);
        throw error;
      }
    },
  };
}
