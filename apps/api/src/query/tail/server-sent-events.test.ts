import { expect, it } from 'vitest';
import { commentText, newsText } from './server-sent-events.ts';

it('writes events as the specification reads them', () => {
  const lines = [
    { timestamp: '17', batchId: 'b', index: 0, json: '{"message":"a\\nb"}' },
    { timestamp: '18', batchId: 'b', index: 1, json: '{}' },
  ];
  expect(newsText({ kind: 'lines', lines, dropped: 0 })).toBe(
    'id: 17-b-0\ndata: {"message":"a\\nb"}\n\nid: 18-b-1\ndata: {}\n\n',
  );
  expect(newsText({ kind: 'lines', lines: [], dropped: 3 })).toBe('event: dropped\ndata: {"count":3}\n\n');
  expect(newsText({ kind: 'end', reason: 'shutdown', detail: 'x' })).toBe(
    'event: end\ndata: {"reason":"shutdown","detail":"x"}\n\n',
  );
  expect(newsText({ kind: 'silence' })).toBe(commentText('still here'));
  expect(commentText('ready')).toBe(': ready\n\n');
});
