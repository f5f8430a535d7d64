import type { LogRecord } from '@aegisguard/model';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { WITHHELD } from '../scrub/walk-of.ts';
import type { LogStage } from '../stage.ts';
import { isHexId } from './hex-id.ts';
import { scrubStage } from './scrub-stage.ts';

function scrub(record: LogRecord, walk: ScrubWalk): void {
  const { tops } = walk.places;
  record.message = walk.text(tops.message, record.message);
  record.attributes = walk.object(tops.attributes, record.attributes);
  record.resource = walk.object(tops.resource, record.resource);
  record.details = walk.object(tops.details, record.details);
  record.service = walk.text(tops.service, record.service);
  record.host = walk.text(tops.host, record.host);
  record.env = walk.text(tops.env, record.env);
  record.version = walk.text(tops.version, record.version);
  record.severityText = walk.text(tops.severityText, record.severityText);
  record.scopeName = walk.text(tops.scopeName, record.scopeName);
  record.scopeVersion = walk.text(tops.scopeVersion, record.scopeVersion);
  record.geo = walk.object(tops.geo, record.geo);
  record.userAgent = walk.object(tops.userAgent, record.userAgent);
  record.ingestId = walk.id(tops.ingestId, record.ingestId);
  if (!isHexId(record.traceId)) {
    record.traceId = walk.id(tops.traceId, record.traceId);
  }
  if (!isHexId(record.spanId)) {
    record.spanId = walk.id(tops.spanId, record.spanId);
  }
}

/** Nothing of a record that could not be looked at is stored but when it was and where it belongs. */
function withhold(record: LogRecord): void {
  record.message = WITHHELD;
  record.service = WITHHELD;
  record.severityText = '';
  record.host = '';
  record.env = '';
  record.version = '';
  record.scopeName = '';
  record.scopeVersion = '';
  record.traceId = '';
  record.spanId = '';
  record.ingestId = '';
  record.attributes = {};
  record.resource = {};
  record.details = {};
  record.geo = {};
  record.userAgent = {};
}

/** Takes personal data and secrets out of a log. The last stage, so that what others add goes through it, too. */
export const scrubLog: LogStage = scrubStage(scrub, withhold);
