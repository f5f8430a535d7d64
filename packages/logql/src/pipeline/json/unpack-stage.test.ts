import { describe, expect, it } from 'vitest';
import { pushedLabels, runStages } from '../testing/run-stages.ts';

function unpack(line: string, stream = {}): unknown {
  return runStages([{ kind: 'unpack' }], line, pushedLabels(stream));
}

describe('unpack', () => {
  it('makes labels and the line of what was packed', () => {
    expect(unpack('{"app":"web","n":1,"o":{"p":"q"},"pod-id":"x","_entry":"a \\"line\\""}')).toEqual({
      line: 'a "line"',
      labels: { app: 'web', pod_id: 'x' },
    });
  });

  it('leaves other objects alone', () => {
    expect(unpack('{"app":"web"}')).toEqual({ line: '{"app":"web"}', labels: {} });
    expect(unpack('{"app":"web","_entry":1}')).toEqual({ line: '{"app":"web","_entry":1}', labels: {} });
    expect(unpack('')).toEqual({ line: '', labels: {} });
  });

  it('renames what the stream has', () => {
    expect(unpack('{"app":"a","_entry":"x"}', { app: 'web' })).toEqual({
      line: 'x',
      labels: { app: 'web', app_extracted: 'a' },
    });
  });

  it.each([
    ['plain', 'expecting json object(6), but it is not'],
    ['{"_entry":"x"', "Value looks like array, but can't find closing ']' symbol"],
  ])('keeps %j with an error', (line, details) => {
    expect(unpack(line)).toEqual({ line, labels: { __error__: 'JSONParserErr', __error_details__: details } });
  });
});
