import { describe, expect, it } from 'vitest';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

function labelsOf(line: string, expressions: Record<string, string>, stream = {}): unknown {
  const extractions = Object.entries(expressions).map(([label, expression]) => ({ label, expression }));
  return runStages([{ kind: 'json', extractions }], line, pushedLabels(stream))?.labels;
}

const LINE = JSON.stringify({
  method: 'GET',
  request: { headers: { 'User-Agent': 'curl', 'a"b': 'q' }, size: 7 },
  servers: ['s1', { name: 's2', ports: [80, 443] }],
  none: null,
  ok: true,
});

describe('json with expressions', () => {
  it.each<[expressions: Record<string, string>, labels: Record<string, string>]>([
    [{ m: 'method' }, { m: 'GET' }],
    [{ ua: 'request.headers["User-Agent"]' }, { ua: 'curl' }],
    [{ q: '["request"]["headers"]["a\\"b"]' }, { q: 'q' }],
    [
      { s: 'servers[0]', p: 'servers[1].ports[1]' },
      { s: 's1', p: '443' },
    ],
    [
      { o: 'servers[1]', a: 'servers[1].ports', r: 'request.size' },
      {
        o: '{"name":"s2","ports":[80,443]}',
        a: '[80,443]',
        r: '7',
      },
    ],
    [
      { none: 'none', ok: 'ok' },
      { none: '', ok: 'true' },
    ],
    [
      { a: 'absent', b: 'method.deeper', c: 'servers[9]', d: 'method' },
      { a: '', b: '', c: '', d: 'GET' },
    ],
    [
      { a: 'method', b: 'method' },
      { a: 'GET', b: 'GET' },
    ],
  ])('%j', (expressions, labels) => {
    expect(labelsOf(LINE, expressions)).toEqual(labels);
  });

  it('takes the first of equal members', () => {
    expect(labelsOf('{"a":1,"a":2}', { a: 'a' })).toEqual({ a: '1' });
  });

  it('finds elements of an outermost array', () => {
    expect(labelsOf('[{"a":1},[2,3]]', { a: '[0].a', b: '[1][1]' })).toEqual({ a: '1', b: '3' });
  });

  it('says only of lines that cannot be JSON, and of values that are none, that they are wrong', () => {
    expect(labelsOf('plain', { a: 'a' })).toEqual({ __error__: 'JSONParserErr' });
    expect(labelsOf('{"a":x}', { a: 'a' })).toEqual({
      a: '',
      __error__: 'JSONParserErr',
      __error_details__: 'Unknown value type',
    });
    expect(labelsOf('{"b" broken', { a: 'a' })).toEqual({ a: '' });
    expect(labelsOf('{"a":1,broken', { a: 'a' })).toEqual({ a: '1' });
    expect(labelsOf('', { a: 'a' })).toEqual({});
  });

  it('renames what the stream has, and leaves it alone when it is missing', () => {
    expect(labelsOf(LINE, { method: 'method', ok: 'absent' }, { method: 'x', ok: 'y' })).toEqual({
      method: 'x',
      method_extracted: 'GET',
      ok: 'y',
    });
  });

  it.each(['', 'a.', '.a', 'a..b', 'a[', 'a[x]', 'a["b]', '1a', 'a b', 'a[-1]'])('refuses the path %j', (path) => {
    expect(() => labelsOf('{}', { a: path })).toThrow(expect.objectContaining({ code: 'invalid-query' }));
  });
});
