import { expect, it } from 'vitest';
import { readLabelLines, writeLabelLines } from './label-lines.ts';

it('labels are lines and lines are labels; what is none is noticed', () => {
  const labels = { team: 'a', 'http.path': '/x=1', job: '' };
  expect(writeLabelLines(labels)).toBe('team=a\nhttp.path=/x=1\njob=');
  expect(readLabelLines(writeLabelLines(labels))).toEqual(labels);
  expect(readLabelLines(' team = a \n\n')).toEqual({ team: 'a' });
  expect(readLabelLines('')).toEqual({});
  expect(readLabelLines('team')).toBeUndefined();
  expect(readLabelLines('=a')).toBeUndefined();
});
