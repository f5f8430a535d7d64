import { type FieldValue, protobufMessage, snappyLiterals } from '@aegisguard/testkit';
import type { PlantedSecret } from './planted-secrets.ts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type JsonMembers = { [name: string]: Json };

/** One request, and how many records it has. */
export interface PlantedBody {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly records: number;
}

/** The secrets in every protocol and every place of a record, one record for each secret. */
export function plantedBodies(secrets: readonly PlantedSecret[], nowMs: number): readonly PlantedBody[] {
  return [
    ...nativeBodies(secrets, nowMs),
    ...otlpBodies(secrets, nowMs),
    ...lokiBodies(secrets, nowMs),
    ...writeBodies(secrets, nowMs),
  ];
}

/** The trace that holds the spans of a protocol. */
export function plantedTraceId(protocol: 'native' | 'json' | 'protobuf'): string {
  return { native: 'a1', json: 'b2', protobuf: 'c3' }[protocol].repeat(16);
}

const spanIdOf = (at: number) => (0x1000 + at).toString(16).padStart(16, '0');

/** A text with the secret in it; where only the field's name tells, the text is harmless. */
const textOf = ({ field, text }: PlantedSecret) => (field === undefined ? `before ${text} after` : 'nothing here');

/** The secret as values and as names, alone, in texts, URLs and JSON, at any depth. */
function membersOf({ field, text, url }: PlantedSecret): JsonMembers {
  if (field !== undefined) {
    return {
      [field]: text,
      deep: { [field]: text, list: [{ [field]: [text, { inner: text }] }] },
      json: JSON.stringify({ a: [{ [field]: text }] }),
    };
  }
  const isNumber = /^\d{13,15}$|^\d{16}$/.test(text) && Number.isSafeInteger(Number(text));
  return {
    alone: text,
    deep: { a: { b: [{ c: `x ${text}` }, [text]] } },
    names: { [`of ${text}`]: true, a: { [text]: 1 } },
    json: JSON.stringify({ a: [{ b: text }], [`of ${text}`]: JSON.stringify({ c: text }) }),
    ...(isNumber ? { number: Number(text), numbers: [Number(text)] } : {}),
    ...(url === undefined ? {} : { url: urlOf(url), href: `see ${urlOf(url)}.` }),
  };
}

function urlOf(encoded: string): string {
  return `https://shop.example/users/${encoded}/orders?next=${encoded}&a=1#${encoded}`;
}

/** The same for protocols whose members are texts only, and whose names are not to be secret. */
function labelsOf(secret: PlantedSecret): [string, string][] {
  const { field, text, url } = secret;
  if (field !== undefined) {
    return [[field, text]];
  }
  return [
    ['alone', text],
    ['text', `x ${text}`],
    ...(url === undefined ? [] : [['url', urlOf(url)] as [string, string]]),
  ];
}

function nativeBodies(secrets: readonly PlantedSecret[], nowMs: number): PlantedBody[] {
  const timestamp = new Date(nowMs).toISOString();
  const logs = secrets.map((secret) => ({
    timestamp,
    service: 'planted',
    message: textOf(secret),
    host: `host ${textOf(secret)}`,
    version: textOf(secret),
    attributes: membersOf(secret),
    resource: membersOf(secret),
    unknown: membersOf(secret),
  }));
  const spans = secrets.map((secret, at) => ({
    traceId: plantedTraceId('native'),
    spanId: spanIdOf(at),
    name: `GET ${textOf(secret)}`,
    service: 'planted',
    startTime: timestamp,
    durationMs: 1,
    status: 'error',
    statusMessage: textOf(secret),
    attributes: membersOf(secret),
    resource: membersOf(secret),
    events: [{ name: textOf(secret), timestamp, attributes: membersOf(secret) }],
    links: [{ traceId: 'd4'.repeat(16), spanId: 'd4'.repeat(8), attributes: membersOf(secret) }],
  }));
  const events = secrets.map((secret) => ({
    type: 'replay',
    timestamp,
    viewId: 'v',
    url: secret.url === undefined ? 'https://shop.example/' : urlOf(secret.url),
    name: textOf(secret),
    stack: `Error: ${textOf(secret)}\n    at pay (https://shop.example/app.js?q=${secret.url ?? ''}:1:2)`,
    attributes: membersOf(secret),
    data: { type: 3, data: membersOf(secret) },
  }));
  const securityEvents = secrets.map((secret) => ({
    type: 'planted',
    severity: 'low',
    timestamp,
    target: textOf(secret),
    message: textOf(secret),
    attributes: membersOf(secret),
    unknown: membersOf(secret),
  }));
  const metrics = secrets.map((secret, at) => ({
    name: `planted_native_${at}`,
    type: 'gauge',
    value: 1,
    timestamp,
    description: textOf(secret),
    labels: Object.fromEntries(labelsOf(secret)),
    exemplar: { value: 1, labels: Object.fromEntries(labelsOf(secret)) },
  }));
  const userId = secrets.find(({ detector }) => detector === 'email')?.text ?? '';
  return [
    json('/v1/logs', { logs }, secrets.length),
    json('/v1/traces', { spans }, secrets.length),
    json('/v1/rum', { application: 'planted', sessionId: 'planted', userId, events }, secrets.length),
    json('/security-events/ingest', { events: securityEvents }, secrets.length),
    json('/v1/metrics', { metrics }, secrets.length),
  ];
}

function json(path: string, value: object, records: number): PlantedBody {
  return { path, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(value)), records };
}

function otlpBodies(secrets: readonly PlantedSecret[], nowMs: number): PlantedBody[] {
  const nanos = BigInt(nowMs) * 1_000_000n;
  return [...otlpJson(secrets, nanos), ...otlpProtobuf(secrets, nanos)];
}

function jsonValue(value: Json): Json {
  if (typeof value === 'string') {
    return { stringValue: value };
  }
  if (Array.isArray(value)) {
    return { arrayValue: { values: value.map(jsonValue) } };
  }
  if (typeof value === 'object' && value !== null) {
    return { kvlistValue: { values: jsonMembers(value) } };
  }
  return typeof value === 'number' ? { intValue: String(value) } : { boolValue: value === true };
}

function jsonMembers(members: JsonMembers): Json[] {
  return Object.entries(members).map(([key, value]) => ({ key, value: jsonValue(value) }));
}

function otlpJson(secrets: readonly PlantedSecret[], nanos: bigint): PlantedBody[] {
  const timeUnixNano = String(nanos);
  const resourceOf = (secret: PlantedSecret) => ({
    attributes: [...jsonMembers({ 'service.name': 'planted' }), ...jsonMembers(membersOf(secret))],
  });
  const scopeOf = (secret: PlantedSecret) => ({ name: textOf(secret), attributes: jsonMembers(membersOf(secret)) });
  const resourceLogs = secrets.map((secret) => {
    const attributes = jsonMembers(membersOf(secret));
    const logRecords = [
      { timeUnixNano, body: { stringValue: textOf(secret) }, attributes },
      { timeUnixNano, body: jsonValue(membersOf(secret)), attributes: [] },
    ];
    return { resource: resourceOf(secret), scopeLogs: [{ scope: scopeOf(secret), logRecords }] };
  });
  const resourceSpans = secrets.map((secret, at) => {
    const attributes = jsonMembers(membersOf(secret));
    const span = {
      traceId: plantedTraceId('json'),
      spanId: spanIdOf(at),
      name: textOf(secret),
      kind: 2,
      startTimeUnixNano: timeUnixNano,
      endTimeUnixNano: timeUnixNano,
      attributes,
      status: { code: 2, message: textOf(secret) },
      events: [{ timeUnixNano, name: textOf(secret), attributes }],
      links: [{ traceId: 'd4'.repeat(16), spanId: 'd4'.repeat(8), attributes }],
    };
    return { resource: resourceOf(secret), scopeSpans: [{ scope: scopeOf(secret), spans: [span] }] };
  });
  const resourceMetrics = secrets.map((secret, at) => {
    const attributes = jsonMembers(membersOf(secret));
    const dataPoints = [
      {
        timeUnixNano,
        asDouble: 1,
        attributes,
        exemplars: [{ timeUnixNano, asDouble: 1, filteredAttributes: attributes }],
      },
    ];
    const metric = { name: `planted_json_${at}`, description: textOf(secret), gauge: { dataPoints } };
    return { resource: resourceOf(secret), scopeMetrics: [{ scope: { name: 'planted' }, metrics: [metric] }] };
  });
  return [
    json('/v1/logs', { resourceLogs }, 2 * secrets.length),
    json('/v1/traces', { resourceSpans }, secrets.length),
    json('/v1/metrics', { resourceMetrics }, secrets.length),
  ];
}

function wireValue(value: Json): Buffer {
  if (typeof value === 'string') {
    return protobufMessage({ 1: value });
  }
  if (Array.isArray(value)) {
    return protobufMessage({ 5: protobufMessage({ 1: value.map(wireValue) }) });
  }
  if (typeof value === 'object' && value !== null) {
    return protobufMessage({ 6: protobufMessage({ 1: wireMembers(value) }) });
  }
  return typeof value === 'number' ? protobufMessage({ 4: { double: value } }) : protobufMessage({ 2: Number(value) });
}

function wireMembers(members: JsonMembers): Buffer[] {
  return Object.entries(members).map(([key, value]) => protobufMessage({ 1: key, 2: wireValue(value) }));
}

function otlpProtobuf(secrets: readonly PlantedSecret[], nanos: bigint): PlantedBody[] {
  const exportOf = (path: string, recordOf: (secret: PlantedSecret, at: number) => FieldValue): PlantedBody => {
    const groups = secrets.map((secret, at) => {
      const resource = protobufMessage({
        1: [...wireMembers({ 'service.name': 'planted' }), ...wireMembers(membersOf(secret))],
      });
      const scope = protobufMessage({ 1: textOf(secret), 3: wireMembers(membersOf(secret)) });
      return protobufMessage({ 1: resource, 2: protobufMessage({ 1: scope, 2: recordOf(secret, at) }) });
    });
    const headers = { 'content-type': 'application/x-protobuf' };
    return { path, headers, body: protobufMessage({ 1: groups }), records: secrets.length };
  };
  const link = { 1: Buffer.from('d4'.repeat(16), 'hex'), 2: Buffer.from('d4'.repeat(8), 'hex') };
  return [
    exportOf('/v1/logs', (secret) =>
      protobufMessage({ 1: nanos, 5: wireValue(textOf(secret)), 6: wireMembers(membersOf(secret)) }),
    ),
    exportOf('/v1/traces', (secret, at) =>
      protobufMessage({
        1: Buffer.from(plantedTraceId('protobuf'), 'hex'),
        2: Buffer.from(spanIdOf(at), 'hex'),
        5: textOf(secret),
        6: 2,
        7: nanos,
        8: nanos,
        9: wireMembers(membersOf(secret)),
        11: protobufMessage({ 1: nanos, 2: textOf(secret), 3: wireMembers(membersOf(secret)) }),
        13: protobufMessage({ ...link, 4: wireMembers(membersOf(secret)) }),
        15: protobufMessage({ 2: textOf(secret), 3: 2 }),
      }),
    ),
    exportOf('/v1/metrics', (secret, at) => {
      const point = protobufMessage({ 3: nanos, 4: { double: 1 }, 7: wireMembers(membersOf(secret)) });
      return protobufMessage({ 1: `planted_protobuf_${at}`, 2: textOf(secret), 5: protobufMessage({ 1: point }) });
    }),
  ];
}

function lokiBodies(secrets: readonly PlantedSecret[], nowMs: number): PlantedBody[] {
  const path = '/loki/api/v1/push';
  const nanos = `${nowMs}000000`;
  const streams = secrets.map((secret) => ({
    stream: { app: 'planted', ...Object.fromEntries(labelsOf(secret)) },
    values: [[nanos, textOf(secret), Object.fromEntries(labelsOf(secret))]],
  }));
  const wire = secrets.map((secret) => {
    const labels = labelsOf(secret).map(([name, value]) => `${JSON.stringify(name)}=${JSON.stringify(value)}`);
    const metadata = labelsOf(secret).map(([name, value]) => protobufMessage({ 1: name, 2: value }));
    const entry = protobufMessage({
      1: protobufMessage({ 1: Math.floor(nowMs / 1000) }),
      2: textOf(secret),
      3: metadata,
    });
    return protobufMessage({ 1: `{app="planted",${labels.join(',')}}`, 2: entry });
  });
  const headers = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' };
  return [
    json(path, { streams }, secrets.length),
    { path, headers, body: snappyLiterals(protobufMessage({ 1: wire })), records: secrets.length },
  ];
}

function writeBodies(secrets: readonly PlantedSecret[], nowMs: number): PlantedBody[] {
  const series = secrets.map((secret, at) => {
    const labels = [['__name__', `planted_write_${at}`] as const, ...labelsOf(secret)];
    const pairs = labels.map(([name, value]) => protobufMessage({ 1: name, 2: value }));
    const exemplar = protobufMessage({
      1: labelsOf(secret).map(([name, value]) => protobufMessage({ 1: name, 2: value })),
      2: { double: 1 },
      3: nowMs,
    });
    return protobufMessage({ 1: pairs, 2: protobufMessage({ 1: { double: 1 }, 2: nowMs }), 3: exemplar });
  });
  const metadata = secrets.map((secret, at) =>
    protobufMessage({ 1: 2, 2: `planted_write_${at}`, 4: textOf(secret), 5: '' }),
  );
  const headers = {
    'content-type': 'application/x-protobuf',
    'content-encoding': 'snappy',
    'x-prometheus-remote-write-version': '0.1.0',
  };
  const body = snappyLiterals(protobufMessage({ 1: series, 3: metadata }));
  return [{ path: '/api/v1/write', headers, body, records: secrets.length }];
}
