import type { RumRecord } from '@aegisguard/model';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { WITHHELD, walkOf } from '../scrub/walk-of.ts';
import type { RumStage } from '../stage.ts';

function scrub(record: RumRecord, walk: ScrubWalk): void {
  const { places } = walk;
  record.application = walk.text(places.top('application'), record.application);
  record.release = walk.text(places.top('release'), record.release);
  record.env = walk.text(places.top('env'), record.env);
  record.sessionId = walk.id(places.top('sessionId'), record.sessionId);
  record.viewId = walk.id(places.top('viewId'), record.viewId);
  record.userId = walk.text(places.top('userId'), record.userId);
  record.url = walk.text(places.top('url'), record.url);
  record.name = walk.text(places.top('name'), record.name);
  record.stack = walk.text(places.top('stack'), record.stack);
  record.attributes = walk.object(places.top('attributes'), record.attributes);
  record.data = walk.value(places.top('data'), record.data);
  record.details = walk.object(places.top('details'), record.details);
  record.geo = walk.object(places.top('geo'), record.geo);
  record.userAgent = walk.object(places.top('userAgent'), record.userAgent);
  record.value = scrubNumber(walk, 'value', record.value);
  record.durationMs = scrubNumber(walk, 'durationMs', record.durationMs);
  const marks = walk.marks();
  if (marks !== undefined) {
    record.details.scrubbed = marks;
  }
}

/** A column of numbers has no room for what stands for one, so one that has to go becomes absent. */
function scrubNumber(walk: ScrubWalk, path: string, value: number): number {
  return walk.number(walk.places.top(path), value) === value ? value : Number.NaN;
}

/** Nothing of an event that could not be looked at is stored but when it was. */
function withhold(record: RumRecord): void {
  record.application = WITHHELD;
  record.sessionId = WITHHELD;
  record.release = '';
  record.env = '';
  record.viewId = '';
  record.userId = '';
  record.url = '';
  record.name = '';
  record.stack = '';
  record.value = Number.NaN;
  record.durationMs = Number.NaN;
  record.attributes = {};
  record.data = null;
  record.details = {};
  record.geo = {};
  record.userAgent = {};
}

/** Takes personal data and secrets out of an event of a browser session, what was recorded of its pages among them. The last stage, so that what others add goes through it, too. */
export const scrubRum: RumStage = {
  name: 'scrub',
  apply(record, context) {
    const walk = walkOf(context);
    walk.begin();
    try {
      scrub(record, walk);
    } catch (error) {
      withhold(record);
      throw error;
    }
  },
};
