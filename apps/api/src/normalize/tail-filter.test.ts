import { type JsonObject, type LogRecord, PUSHED_METADATA, unixNanos } from '@aegisguard/model';
import { expect, it } from 'vitest';
import { RecordLine } from './record-line.ts';
import { compileTailFilter } from './tail-filter.ts';

const RECORD: LogRecord = {
  timestamp: unixNanos(1_700_000_000_000_000_000n),
  level: 'warn',
  severityNumber: 13,
  severityText: 'WARNING',
  service: 'checkout',
  message: '{"status":502,"path":"/cart"}',
  host: 'web-1',
  env: '',
  version: '1.2.3',
  traceId: '',
  spanId: '',
  scopeName: '',
  scopeVersion: '',
  attributes: { http: { method: 'GET' } },
  resource: { region: 'eu' },
  details: {},
  geo: {},
  userAgent: {},
  ingestId: '',
  truncated: false,
  index: 0,
};

function isCaught(query: string, changes: Partial<LogRecord> = {}): boolean {
  const filter = compileTailFilter(query);
  const line = new RecordLine({ ...RECORD, ...changes });
  return filter.selects(line) && filter.run(line) !== undefined;
}

it.each([
  ['{service="checkout"}', true],
  ['{service_name=~"check.*"}', true],
  ['{service!="checkout"}', false],
  ['{level="warn"}', true],
  ['{level="WARNING"}', true],
  ['{level!="WARNING"}', false],
  ['{level=~"error|warn"}', true],
  ['{level!~"info|error"}', true],
  ['{detected_level="error"}', false],
  ['{env=""}', true],
  ['{host="web-1",version="1.2.3",region="eu",http_method="GET"}', true],
  ['{http_method=~"G"}', false],
  ['{nowhere!="x"}', true],
  ['{service="checkout"} |= "502" != "200"', true],
  ['{service="checkout"} |~ `5\\d\\d` |= "/basket"', false],
  ['{service="checkout"} | json | status >= 500', true],
  ['{service="checkout"} |= "cart" | json | status < 500', false],
  ['{region="us"} | json', false],
])('%s catches a log: %s', (query, expected) => {
  expect(isCaught(query)).toBe(expected);
});

it('finds what was pushed by its own labels, by its columns and by what was read out of it', () => {
  const pushed = {
    resource: { app: 'cart', level: 'W' } satisfies JsonObject,
    attributes: { user: 'ann', thread: '7' } satisfies JsonObject,
    details: { [PUSHED_METADATA]: 1 } satisfies JsonObject,
  };
  for (const query of ['{app="cart"}', '{service="checkout"}', '{user="ann"}', '{thread="7"}', '{level="warn"}']) {
    expect(isCaught(query, pushed), query).toBe(true);
  }
});

it('makes no labels for a log whose columns or line do not fit', () => {
  const line = new RecordLine(RECORD);
  Object.defineProperty(line, 'labels', {
    get: () => {
      throw new Error('labels were made');
    },
  });
  for (const query of ['{service="x"} | json', '{region="eu"} |= "nowhere"', '{service="checkout"} != "cart" | json']) {
    expect(compileTailFilter(query).selects(line), query).toBe(false);
  }
});

it.each(['{', 'rate({a="b"}[1m])', '{a=~"("}'])('cannot make %s ready', (query) => {
  expect(() => compileTailFilter(query)).toThrow();
});
