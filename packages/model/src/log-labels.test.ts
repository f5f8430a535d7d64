import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './json.ts';
import { type LabelSource, labelValue, logLabels } from './log-labels.ts';

const NOTHING: LabelSource = {
  level: 'info',
  severityText: '',
  service: 'api',
  host: '',
  env: '',
  version: '',
  traceId: '',
  spanId: '',
  attributes: {},
  resource: {},
  details: {},
  geo: {},
  userAgent: {},
};
const COLUMNS = { service: 'api', service_name: 'api', level: 'info', detected_level: 'info' };

describe('labels of a log', () => {
  it('of a Loki push are those that were pushed, and what was read out of the line is derived', () => {
    expect(
      logLabels({
        ...NOTHING,
        env: 'prod',
        traceId: 'abc',
        resource: { app: 'web', empty: '', 'k8s.pod': 'p' },
        attributes: { user_id: '7', method: 'GET', status: 200 },
        details: { pushedMetadata: 1 },
        geo: { timeZone: 'Europe/Berlin' },
      }),
    ).toEqual({
      stream: { app: 'web', empty: '', k8s_pod: 'p' },
      metadata: { user_id: '7' },
      derived: {
        ...COLUMNS,
        env: 'prod',
        trace_id: 'abc',
        method: 'GET',
        status: '200',
        geo_time_zone: 'Europe/Berlin',
      },
      isPushed: true,
    });
  });

  it('of any other are its columns, with attributes and resource flattened behind them', () => {
    const attributes: JsonObject = {
      'http.status': 404,
      http: { method: 'GET', headers: { 'x-id': ['a', 1], none: null } },
      ok: true,
      none: null,
      env: 'of an attribute',
    };
    expect(
      logLabels({
        ...NOTHING,
        host: 'h1',
        version: '1.2',
        severityText: 'INFO',
        attributes,
        resource: { k8s: { pod: { name: 'p' } }, ok: 'of the resource' },
        userAgent: { browser: { name: 'Firefox' } },
      }),
    ).toEqual({
      stream: { service_name: 'api', level: 'info', host: 'h1' },
      metadata: {
        http_status: '404',
        http_method: 'GET',
        http_headers_x_id: '["a",1]',
        ok: 'true',
        k8s_pod_name: 'p',
        user_agent_browser_name: 'Firefox',
        version: '1.2',
      },
      derived: { ...COLUMNS, host: 'h1', version: '1.2', severity_text: 'INFO' },
      isPushed: false,
    });
  });

  it.each([true, false])('may have any name (pushed: %s)', (isPushed) => {
    const hostile = JSON.parse('{"__proto__":{"polluted":"1"},"a":{"__proto__":"2","constructor":"3"}}') as JsonObject;
    const labels = logLabels({ ...NOTHING, attributes: hostile, details: isPushed ? { pushedMetadata: 2 } : {} });
    expect(Object.entries(labels.metadata)).toEqual([
      ['__proto___polluted', '1'],
      ['a___proto__', '2'],
      ['a_constructor', '3'],
    ]);
    const plain = logLabels({ ...NOTHING, attributes: JSON.parse('{"__proto__":"1"}') as JsonObject });
    expect(Object.entries(plain.metadata)).toEqual([['__proto__', '1']]);
    expect(labelValue(plain, '__proto__')).toBe('1');
    expect(labelValue(labels, 'toString')).toBeUndefined();
  });

  it('answer to the stream first, then to metadata, then to what is derived', () => {
    const labels = logLabels({
      ...NOTHING,
      resource: { a: 'stream' },
      attributes: { a: 'metadata', b: 'metadata', level: 'metadata' },
      details: { pushedMetadata: 3 },
    });
    expect(['a', 'b', 'level', 'service', 'c'].map((name) => labelValue(labels, name))).toEqual([
      'stream',
      'metadata',
      'metadata',
      'api',
      undefined,
    ]);
  });

  it('have texts for values and legal names, whatever a record holds', () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
    fc.assert(
      fc.property(objects, objects, fc.option(fc.nat(4)), (attributes, resource, pushedMetadata) => {
        const details = pushedMetadata === null ? {} : { pushedMetadata };
        const { stream, metadata, derived } = logLabels({
          ...NOTHING,
          attributes: attributes as JsonObject,
          resource: resource as JsonObject,
          details,
        });
        for (const [name, value] of [stream, metadata, derived].flatMap((labels) => Object.entries(labels))) {
          expect(name).toMatch(/^[A-Za-z0-9_]*$/);
          expect(typeof value).toBe('string');
        }
      }),
    );
  });
});
