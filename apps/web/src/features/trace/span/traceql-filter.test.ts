import { describe, expect, it } from 'vitest';
import { attributeQuery, operationQuery } from './traceql-filter.ts';

describe('filters of attributes', () => {
  it.each([
    ['http.response.status_code', 500, '{ span.http.response.status_code = 500 }'],
    ['db.statement', 'SELECT "a"\nFROM b\\c', '{ span.db.statement = "SELECT \\"a\\"\\nFROM b\\\\c" }'],
    ['cache.hit', false, '{ span.cache.hit = false }'],
    ['ratio', -0.25, '{ span.ratio = -0.25 }'],
    ['a name', 'x', '{ span."a name" = "x" }'],
    ['huge', 1e300, undefined],
    ['tags', ['a'], undefined],
    ['nothing', null, undefined],
  ])('%s is %j', (name, value, query) => {
    expect(attributeQuery('span', name, value)).toBe(query);
  });

  it('name where an attribute stands, and whose operation it is', () => {
    expect(attributeQuery('resource', 'host.name', 'web-1')).toBe('{ resource.host.name = "web-1" }');
    expect(operationQuery('shop', 'GET "/"')).toBe('{ resource.service.name = "shop" && name = "GET \\"/\\"" }');
  });
});
