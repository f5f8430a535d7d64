import { expect, it } from 'vitest';
import { isAfter, readEventId } from './event-id.ts';
import { newsText } from './server-sent-events.ts';

const BATCH = '019ab000-0000-7000-8000-00000000000a';
const LINE = { timestamp: '1700000000000000017', batchId: BATCH, index: 3, json: '{}' };

it('reads the ids that events have, and nothing else', () => {
  const [id = ''] = newsText({ kind: 'lines', lines: [LINE], dropped: 0 }).split('\n');
  expect(readEventId(id.replace('id: ', ''))).toEqual({
    timestamp: 1_700_000_000_000_000_017n,
    batchId: BATCH,
    index: 3,
  });
  for (const other of [undefined, '', '42', `x-${BATCH}-3`, `17-${BATCH}-x`, ['17', '18']]) {
    expect(readEventId(other)).toBeUndefined();
  }
});

it('knows what stands behind a position', () => {
  const position = readEventId(`17-${BATCH}-3`);
  const isBehind = (timestamp: string, batchId: string, index: number) =>
    position !== undefined && isAfter({ timestamp, batchId, index }, position);
  expect([isBehind('17', BATCH, 3), isBehind('17', BATCH, 4), isBehind('18', BATCH, 0)]).toEqual([false, true, true]);
  expect([isBehind('16', BATCH, 9), isBehind('17', `1${BATCH.slice(1)}`, 0), isBehind('17', BATCH, 2)]).toEqual([
    false,
    true,
    false,
  ]);
});
