import type { IngestEnvelope, JsonObject, LogRecord, RumRecord, SpanKind, SpanRecord } from '@aegisguard/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GeoLookup } from '../enrich/lookups.ts';
import type { StageContext } from '../stage.ts';
import { sampleContext, sampleRecord } from '../testing/sample-record.ts';
import { logClient, rumClient, spanClient } from './client.ts';

const CURL = 'curl/8.5.0';
const CURL_CLIENT = { browser: 'curl', browserVersion: '8.5.0', deviceType: 'other' };
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0';
/** Says which address it was asked for. */
const geo: GeoLookup = { find: (address) => ({ city: address }) };

function contextOf(envelope: Partial<IngestEnvelope> = {}): StageContext {
  return { ...sampleContext, geo, envelope: { ...sampleContext.envelope, ...envelope } };
}

function log(attributes: JsonObject, fields: Partial<LogRecord> = {}): LogRecord {
  const record = sampleRecord({ attributes, ...fields });
  logClient.apply(record, contextOf());
  return record;
}

function span(kind: SpanKind, attributes: JsonObject, resource: JsonObject = {}): SpanRecord {
  const record: SpanRecord = {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: '',
    traceState: '',
    name: 'GET /',
    kind,
    service: 'checkout',
    host: '',
    env: '',
    version: '',
    startTime: sampleRecord({}).timestamp,
    durationNanos: 1n,
    status: 'unset',
    statusMessage: '',
    scopeName: '',
    scopeVersion: '',
    attributes,
    resource,
    events: [],
    links: [],
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
  };
  spanClient.apply(record, contextOf());
  return record;
}

function rum(attributes: JsonObject, envelope: Partial<IngestEnvelope>): RumRecord {
  const record: RumRecord = {
    timestamp: sampleRecord({}).timestamp,
    type: 'view',
    application: 'shop',
    release: '',
    env: '',
    sessionId: 's',
    userId: '',
    viewId: '',
    url: '',
    name: '',
    value: Number.NaN,
    durationMs: Number.NaN,
    stack: '',
    attributes,
    data: null,
    details: {},
    geo: {},
    userAgent: {},
    truncated: false,
    index: 0,
  };
  rumClient.apply(record, contextOf(envelope));
  return record;
}

describe('the client of a log', () => {
  it.each<[attributes: JsonObject]>([
    [{ 'user_agent.original': CURL }],
    [{ user_agent: { original: CURL } }],
    [{ http: { user_agent: CURL } }],
    [{ http: { request: { header: { 'user-agent': [CURL] } } } }],
    [{ 'http.request.header.user-agent': [CURL] }],
    [{ request: { headers: { 'User-Agent': [CURL] } } }],
    [{ req: { headers: { 'user-agent': CURL } } }],
    [{ userAgent: CURL }],
    [{ agent: CURL }],
    [{ agent: 'node-17', useragent: CURL }],
    [{ useragent: FIREFOX, 'user_agent.original': CURL }],
  ])('is what %j says', (attributes) => {
    expect(log(attributes).userAgent).toEqual(CURL_CLIENT);
  });

  it.each<[attributes: JsonObject, address: string]>([
    [{ 'client.address': '203.0.113.9' }, '203.0.113.9'],
    [{ client: { ip: '203.0.113.9' } }, '203.0.113.9'],
    [{ remote_addr: '[2001:db8::7]:443' }, '2001:db8::7'],
    [{ ip: '198.51.100.1', clientip: '203.0.113.9:1234' }, '203.0.113.9'],
    [{ x_forwarded_for: 'unknown, 10.0.0.1, 203.0.113.9, 198.51.100.1' }, '203.0.113.9'],
    [{ remote_addr: '10.0.0.1', x_forwarded_for: '203.0.113.9' }, '203.0.113.9'],
    [{ 'http.request.header.x-forwarded-for': ['203.0.113.9, 10.1.1.1'] }, '203.0.113.9'],
    [{ req: { remoteAddress: '::ffff:203.0.113.9' } }, '::ffff:203.0.113.9'],
  ])('is where %j says', (attributes, address) => {
    expect(log(attributes).geo).toEqual({ city: address });
  });

  it.each<[attributes: JsonObject]>([
    [{}],
    [{ agent: 'alice' }],
    [{ agent: { name: 'filebeat/8' } }],
    [{ 'user_agent.original': 5, ip: true, http: null, client: ['203.0.113.9'] }],
    [{ 'network.peer.address': '203.0.113.9' }],
    [{ ip: 'not an address' }],
  ])('is not known by %j', (attributes) => {
    expect(log(attributes)).toEqual(sampleRecord({ attributes }));
  });

  it('is not the sender of the batch', () => {
    const record = sampleRecord({});
    logClient.apply(record, contextOf({ userAgent: CURL }));
    expect(record).toEqual(sampleRecord({}));
  });

  it('is in lines of access logs, too', () => {
    const message = `203.0.113.9 - - [26/Nov/2026:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "-" "${CURL}"`;
    expect(log({}, { message })).toMatchObject({ geo: { city: '203.0.113.9' }, userAgent: CURL_CLIENT });
  });

  it('stays what it was', () => {
    const record = log({ ip: '203.0.113.9', userAgent: CURL }, { geo: { country: 'DE' }, userAgent: { browser: 'x' } });
    expect(record).toMatchObject({ geo: { country: 'DE' }, userAgent: { browser: 'x' } });
  });

  it('is the record’s own: later stages may change it', () => {
    log({ userAgent: CURL }).userAgent.browser = 'changed';
    expect(log({ userAgent: CURL }).userAgent).toEqual(CURL_CLIENT);
  });

  it('is looked for in any attributes without a throw', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom('http', 'user_agent', 'ip', 'client', 'agent', '__proto__', 'browser.brands'),
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.jsonValue({ maxDepth: 4 })), (attributes) => {
        log(attributes as JsonObject);
      }),
    );
  });
});

describe('the client of a span', () => {
  const attributes = { 'user_agent.original': CURL, 'network.peer.address': '203.0.113.9' };

  it('is what a server says', () => {
    expect(span('server', attributes)).toMatchObject({ userAgent: CURL_CLIENT, geo: { city: '203.0.113.9' } });
    expect(span('server', { ...attributes, 'client.address': '198.51.100.1' }).geo).toEqual({ city: '198.51.100.1' });
  });

  it.each<SpanKind>(['client', 'internal', 'producer'])('is not known by a span of kind %s', (kind) => {
    expect(span(kind, attributes)).toMatchObject({ userAgent: {}, geo: {} });
  });

  it('is the browser that sends spans', () => {
    const resource = {
      'browser.platform': 'Windows',
      'browser.brands': ['Chromium 124', 'Google Chrome 124'],
      'browser.mobile': false,
    };
    expect(span('client', {}, resource).userAgent).toEqual({
      browser: 'Chrome',
      browserVersion: '124',
      os: 'Windows',
      deviceType: 'desktop',
    });
  });
});

describe('the client of an event of a browser', () => {
  const envelope = { userAgent: FIREFOX, clientAddress: '203.0.113.7' };

  it('is the sender, whose address is kept', () => {
    expect(rum({}, envelope)).toMatchObject({
      userAgent: { browser: 'Firefox', os: 'Linux', deviceType: 'desktop' },
      geo: { city: '203.0.113.7' },
      attributes: { 'client.address': '203.0.113.7' },
    });
  });

  it('is what attributes say first', () => {
    const attributes = { 'user_agent.original': CURL, 'client.address': '198.51.100.1' };
    const record = rum(attributes, { ...envelope, clientHints: { 'sec-ch-ua-platform': '"Windows"' } });
    expect(record).toMatchObject({ userAgent: CURL_CLIENT, geo: { city: '198.51.100.1' }, attributes });
  });

  it('is what client hints say', () => {
    const clientHints = { 'sec-ch-ua': '"Brave";v="124"', 'sec-ch-ua-platform': '"Linux"' };
    expect(rum({}, { ...envelope, clientHints }).userAgent).toMatchObject({ browser: 'Brave', os: 'Linux' });
  });

  it('may be unknown', () => {
    expect(rum({}, { clientAddress: '' })).toMatchObject({ userAgent: {}, geo: {}, attributes: {} });
  });
});
