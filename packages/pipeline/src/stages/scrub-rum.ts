import type { RumRecord } from '@aegisguard/model';
import type { Place } from '../scrub/place.ts';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { WITHHELD } from '../scrub/walk-of.ts';
import type { RumStage } from '../stage.ts';
import { scrubStage } from './scrub-stage.ts';

function scrub(record: RumRecord, walk: ScrubWalk): void {
  const { tops } = walk.places;
  record.application = walk.text(tops.application, record.application);
  record.release = walk.text(tops.release, record.release);
  record.env = walk.text(tops.env, record.env);
  record.sessionId = walk.id(tops.sessionId, record.sessionId);
  record.viewId = walk.id(tops.viewId, record.viewId);
  record.userId = walk.text(tops.userId, record.userId);
  record.url = walk.text(tops.url, record.url);
  record.name = walk.text(tops.name, record.name);
  record.stack = walk.text(tops.stack, record.stack);
  record.attributes = walk.object(tops.attributes, record.attributes);
  record.data = walk.value(tops.data, record.data);
  record.details = walk.object(tops.details, record.details);
  record.geo = walk.object(tops.geo, record.geo);
  record.userAgent = walk.object(tops.userAgent, record.userAgent);
  record.value = scrubNumber(walk, tops.value, record.value);
  record.durationMs = scrubNumber(walk, tops.durationMs, record.durationMs);
}

/** A column of numbers has no room for what stands for one, so one that has to go becomes absent. */
function scrubNumber(walk: ScrubWalk, place: Place, value: number): number {
  return walk.number(place, value) === value ? value : Number.NaN;
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
export const scrubRum: RumStage = scrubStage(scrub, withhold);
