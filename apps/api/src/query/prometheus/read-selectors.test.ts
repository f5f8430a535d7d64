import { parseQuery } from '@aegisguard/promql';
import { expect, it } from 'vitest';
import { readRangeQuery, readSelectors, selectorsIn } from './read-selectors.ts';

it('the matchers of each selector', () => {
  expect(readSelectors(['up', '{job=~"a|b"}'])).toEqual([
    [{ name: '__name__', op: '=', value: 'up' }],
    [{ name: 'job', op: '=~', value: 'a|b' }],
  ]);
});

it.each(['up[5m]', 'up offset 5m', 'up @ 1', 'rate(up[5m])', '1'])('%s is no series selector', (text) => {
  expect(() => readSelectors([text])).toThrow(`invalid parameter "match[]": "${text}" is not a series selector`);
});

it.each([
  ['{}', 'invalid parameter "match[]": 1:1: parse error: vector selector must contain at least one non-empty matcher'],
  ['up{\n  job~"x"}', 'invalid parameter "match[]": 2:6: parse error: '],
])('%j does not parse', (text, message) => {
  expect(() => readSelectors([text])).toThrow(message);
});

it('the regular expressions of all selectors have one bound', () => {
  const selector = '{a=~"(aaaa){900}"}';
  expect(readSelectors([selector, selector])).toHaveLength(2);
  expect(() => readSelectors(Array.from({ length: 100 }, () => selector))).toThrow(
    'the regular expressions of this request are too large together',
  );
});

it('every selector in an expression', () => {
  const query = 'topk(scalar(a), rate(b[5m])) / on () group_left max_over_time((c + 1)[5m:]) unless -d';
  expect(selectorsIn(parseQuery(query)).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
});

it('a query over a range is a scalar or a vector', () => {
  expect(readRangeQuery('query', '1').kind).toBe('number');
  expect(readRangeQuery('query', 'up').kind).toBe('vector-selector');
  expect(() => readRangeQuery('query', 'up[5m]')).toThrow('invalid expression type "range vector" for range query');
  expect(() => readRangeQuery('query', '"up"')).toThrow('invalid expression type "string" for range query');
});
