import type { SecurityEventRecord } from '@aegisguard/model';
import { addressIn } from '../enrich/client-address.ts';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { WITHHELD } from '../scrub/walk-of.ts';
import type { EventStage } from '../stage.ts';
import { scrubStage } from './scrub-stage.ts';

/** Actor and address are what the event is about, and kept (contract §6, "PII"); what is no address is a text like any other. */
function scrub(record: SecurityEventRecord, walk: ScrubWalk): void {
  const { tops } = walk.places;
  record.type = walk.text(tops.type, record.type);
  record.target = walk.text(tops.target, record.target);
  record.message = walk.text(tops.message, record.message);
  record.attributes = walk.object(tops.attributes, record.attributes);
  record.details = walk.object(tops.details, record.details);
  if (addressIn(record.ip) === undefined) {
    record.ip = walk.text(tops.ip, record.ip);
  }
}

/** Of an event that could not be looked at, when, how bad, who and from where is stored. */
function withhold(record: SecurityEventRecord): void {
  record.type = WITHHELD;
  record.target = '';
  record.message = '';
  record.attributes = {};
  record.details = {};
  if (addressIn(record.ip) === undefined) {
    record.ip = '';
  }
}

/** Takes personal data and secrets out of a security event, but for its subject. The last stage, so that what others add goes through it, too. */
export const scrubEvent: EventStage = scrubStage(scrub, withhold);
