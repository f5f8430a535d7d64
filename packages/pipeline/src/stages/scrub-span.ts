import type { SpanEvent, SpanLink, SpanRecord } from '@aegisguard/model';
import type { ScrubWalk } from '../scrub/scrub-walk.ts';
import { WITHHELD } from '../scrub/walk-of.ts';
import type { SpanStage } from '../stage.ts';
import { scrubStage } from './scrub-stage.ts';

function scrubEvent(event: SpanEvent, walk: ScrubWalk): void {
  event.name = walk.text(walk.places.tops.eventName, event.name);
  event.attributes = walk.object(walk.places.tops.eventAttributes, event.attributes);
}

function scrubLink(link: SpanLink, walk: ScrubWalk): void {
  link.traceState = walk.text(walk.places.tops.linkTraceState, link.traceState);
  link.attributes = walk.object(walk.places.tops.linkAttributes, link.attributes);
}

function scrub(record: SpanRecord, walk: ScrubWalk): void {
  const { tops } = walk.places;
  record.name = walk.text(tops.name, record.name);
  record.statusMessage = walk.text(tops.statusMessage, record.statusMessage);
  record.attributes = walk.object(tops.attributes, record.attributes);
  record.resource = walk.object(tops.resource, record.resource);
  for (const event of record.events) {
    scrubEvent(event, walk);
  }
  for (const link of record.links) {
    scrubLink(link, walk);
  }
  record.details = walk.object(tops.details, record.details);
  record.traceState = walk.text(tops.traceState, record.traceState);
  record.service = walk.text(tops.service, record.service);
  record.host = walk.text(tops.host, record.host);
  record.env = walk.text(tops.env, record.env);
  record.version = walk.text(tops.version, record.version);
  record.scopeName = walk.text(tops.scopeName, record.scopeName);
  record.scopeVersion = walk.text(tops.scopeVersion, record.scopeVersion);
  record.geo = walk.object(tops.geo, record.geo);
  record.userAgent = walk.object(tops.userAgent, record.userAgent);
}

/** Nothing of a span that could not be looked at is stored but its place in the trace. Its ids are hexadecimal digits, which decoding has seen to. */
function withhold(record: SpanRecord): void {
  record.name = WITHHELD;
  record.service = WITHHELD;
  record.statusMessage = '';
  record.traceState = '';
  record.host = '';
  record.env = '';
  record.version = '';
  record.scopeName = '';
  record.scopeVersion = '';
  record.attributes = {};
  record.resource = {};
  record.details = {};
  record.geo = {};
  record.userAgent = {};
  record.events = [];
  record.links = [];
}

/** Takes personal data and secrets out of a span. The last stage, so that what others add goes through it, too. */
export const scrubSpan: SpanStage = scrubStage(scrub, withhold);
