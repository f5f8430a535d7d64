import type { LogView } from '@aegisguard/model';
import { describe, expect, it } from 'vitest';
import { explorerAt, linesAsText, neighbourhoodsOf, shownNeighbours } from './neighbours.ts';

function log(id: string, message: string, more: Partial<LogView> = {}): LogView {
  const timestamp = '2026-11-22T10:00:00.000000000Z';
  return { id, timestamp, level: 'info', service: 'api', message, attributes: {}, resource: {}, ...more };
}

const stats = { elapsedMs: 0, rowsRead: 0, bytesRead: 0 };

describe('neighbours of a log', () => {
  const answer = {
    before: [log('1', 'Begin'), log('2', 'work')],
    log: log('3', 'fail'),
    after: [log('4', 'raw', { line: 'the END' })],
    labels: {},
    stats,
  };
  const shown = (text: string) => shownNeighbours(answer, text).map(({ id }) => id);

  it('are those that contain the text, whatever its case, and the log itself', () => {
    expect(shown(' ')).toEqual(['1', '2', '3', '4']);
    expect(shown('begin')).toEqual(['1', '3']);
    expect(shown('end')).toEqual(['3', '4']);
  });

  it('can share what the log has', () => {
    expect(neighbourhoodsOf(log('1', ''))).toEqual(['stream', 'service']);
    expect(neighbourhoodsOf(log('1', '', { host: 'h', traceId: 'ab' }))).toEqual([
      'stream',
      'service',
      'host',
      'trace',
    ]);
  });

  it('are copied as lines', () => {
    expect(linesAsText(answer.after)).toBe('2026-11-22T10:00:00.000000000Z INFO  api the END');
  });

  it('are found again in the explorer', () => {
    expect(explorerAt(answer.log, { service: 'api', host: '' })).toEqual({
      query: '{service="api"}',
      range: { from: '2026-11-22T09:55:00.000Z', to: '2026-11-22T10:05:00.000Z' },
      row: { timestamp: answer.log.timestamp, id: '3' },
      show: 'logs',
      around: undefined,
    });
  });
});
