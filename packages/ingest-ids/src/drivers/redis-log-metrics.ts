import { AegisError, type LogMetricChange, type OrgId, parseOrgId } from '@aegisguard/model';
import { labelSetId } from '../label-set-id.ts';
import {
  BATCH_KNOWN_MS,
  KEPT_MS,
  LOG_SERIES_MAX,
  type LogMetrics,
  type LogTotals,
  READ_MS,
  SLOT_KNOWN_MS,
} from '../log-metrics.ts';

/** What the Redis driver needs. */
export interface RedisLogMetricsOptions {
  readonly url: string;
  /** Put before every key; none by default. */
  readonly keyPrefix?: string;
  /** Told of a lost connection; the client reconnects by itself. */
  readonly onError?: (error: Error) => void;
  /** Unix ms; for tests. */
  readonly nowMs?: () => number;
  /** Of an organization; for tests. */
  readonly seriesMax?: number;
}

const COMMAND_TIMEOUT_MS = 5000;
const RETRY_AFTER_SECONDS = 5;
/** Label sets that are read at once. */
const READ_AT_ONCE = 250;
/** In place of the bounds of what is no histogram. */
const NO_BOUNDS = '-';

/** The state of a label set is `changed since bounds`, its values, and what they were before; `bounds` has commas. */
const STATE = `
local function parse(state)
  local parts = {}
  for part in string.gmatch(state or '', '%S+') do parts[#parts + 1] = part end
  return parts
end
local function sizeOf(parts) return math.max(0, (#parts - 3) / 2) end
`;

/**
 * KEYS: batch, states, descriptions with the number of series and the last slot that was read beside them, organizations. ARGV: now, organization, series at most, then id, description, bounds, set or '', number of series and what is added to each, of each change. Answers for
 * how many there was no room. Doubles become texts that are the same doubles: Lua's own way of writing them loses digits.
 */
const ADD = `${STATE}
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ${BATCH_KNOWN_MS}) then return 0 end
local function text(number) return string.format('%.17g', number) end
local now = tonumber(ARGV[1])
local room = tonumber(ARGV[3]) - tonumber(redis.call('HGET', KEYS[3], 'series') or '0')
local left = 0
local at = 4
while at <= #ARGV do
  local id, bounds, set, size = ARGV[at], ARGV[at + 2], tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local old = parse(redis.call('HGET', KEYS[2], id))
  local more = size - sizeOf(old)
  if more > 0 and more > room then
    left = left + 1
  else
    room = room - more
    local known = old[3] == bounds and tonumber(old[1]) >= now - ${KEPT_MS}
    local resting = known and tonumber(old[1]) < now - ${READ_MS}
    local state = { text(now), (known and not resting) and old[2] or text(now), bounds }
    for each = 1, size do
      local total = known and tonumber(old[3 + each]) or 0
      state[3 + each] = text((set or total) + tonumber(ARGV[at + 4 + each]))
      state[3 + size + each] = resting and text(total) or known and old[3 + size + each] or '0'
    end
    redis.call('HSET', KEYS[2], id, table.concat(state, ' '))
    redis.call('HSET', KEYS[3], id, ARGV[at + 1])
  end
  at = at + 5 + size
end
redis.call('HSET', KEYS[3], 'series', tonumber(ARGV[3]) - room)
redis.call('PEXPIRE', KEYS[2], ${KEPT_MS})
redis.call('PEXPIRE', KEYS[3], ${KEPT_MS})
redis.call('ZADD', KEYS[4], now, ARGV[2])
return left
`;

/** KEYS: states, descriptions. ARGV: now, and ids of what is forgotten unless it changed meanwhile. */
const FORGET = `${STATE}
for at = 2, #ARGV do
  local old = parse(redis.call('HGET', KEYS[1], ARGV[at]))
  if old[1] and tonumber(old[1]) < tonumber(ARGV[1]) - ${KEPT_MS} then
    redis.call('HDEL', KEYS[1], ARGV[at])
    redis.call('HDEL', KEYS[2], ARGV[at])
    redis.call('HINCRBY', KEYS[2], 'series', -sizeOf(old))
  end
end
`;

/** KEYS: descriptions. ARGV: slot. Whether nobody has read it or a later one. */
const CLAIM = `
local ahead = tonumber(redis.call('HGET', KEYS[1], 'slot') or '0') - tonumber(ARGV[1])
if ahead >= 0 and ahead <= ${SLOT_KNOWN_MS} then return 0 end
redis.call('HSET', KEYS[1], 'slot', ARGV[1])
return 1
`;

/** Totals in Redis, shared by every worker: some 500 bytes a series, 100 a batch for a day. A batch and what it changes are one script, so both are there or neither. */
export async function openRedisLogMetrics({
  url,
  keyPrefix = '',
  onError,
  nowMs = Date.now,
  seriesMax = LOG_SERIES_MAX,
}: RedisLogMetricsOptions): Promise<LogMetrics> {
  // The client is hundreds of modules: only who uses it loads it.
  const { createClient } = await import('redis');
  const client = createClient({ url, disableOfflineQueue: true, commandOptions: { timeout: COMMAND_TIMEOUT_MS } });
  // Without a listener a lost connection would end the process.
  client.on('error', (error: Error) => onError?.(error));
  await reach(() => client.connect());
  const key = (name: string) => `${keyPrefix}log-metrics:${name}`;
  const keysOf = (orgId: OrgId) => [key(`${orgId}:totals`), key(`${orgId}:about`)] as const;
  const organizations = key('organizations');

  /** What changed lately; what has not for long is forgotten on the way. A label set that Redis finds twice is the later one. */
  async function read(orgId: OrgId, now: number): Promise<readonly LogTotals[]> {
    const keys = keysOf(orgId);
    const found = new Map<string, LogTotals>();
    let from = '0';
    do {
      const { cursor, entries } = await reach(() => client.hScan(keys[0], from, { COUNT: READ_AT_ONCE }));
      const isSince = (ms: number) => (entry: { readonly value: string }) => Number.parseFloat(entry.value) >= now - ms;
      const active = entries.filter(isSince(READ_MS));
      const old = entries.filter((entry) => !isSince(KEPT_MS)(entry)).map(({ field }) => field);
      if (old.length > 0) {
        await reach(() => client.eval(FORGET, { keys: [...keys], arguments: [String(now), ...old] }));
      }
      const ids = active.map(({ field }) => field);
      const about = ids.length === 0 ? [] : await reach(() => client.hmGet(keys[1], ids));
      for (const [at, { field, value }] of active.entries()) {
        const text = about[at];
        if (typeof text === 'string') {
          found.set(field, totalsOf(value, text));
        }
      }
      from = cursor;
    } while (from !== '0');
    return [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, totals]) => totals);
  }

  return {
    add: async (orgId, batchId, changes) => {
      const keys = [key(`batch:${batchId}`), ...keysOf(orgId), organizations];
      const args = [String(nowMs()), orgId, String(seriesMax), ...changes.flatMap(argumentsOf)];
      return Number(await reach(() => client.eval(ADD, { keys, arguments: args })));
    },
    async *read(slotMs) {
      const now = nowMs();
      const once = { condition: 'NX', expiration: { type: 'PX', value: SLOT_KNOWN_MS } } as const;
      if ((await reach(() => client.set(key(`slot:${slotMs}`), '1', once))) === null) {
        return;
      }
      await reach(() => client.zRemRangeByScore(organizations, '-inf', now - KEPT_MS));
      const changed = await reach(() => client.zRangeByScore(organizations, now - READ_MS, '+inf'));
      for (const orgId of changed.map(parseOrgId)) {
        const about = keysOf(orgId)[1];
        const claim = { keys: [about], arguments: [String(slotMs)] };
        const totals = (await reach(() => client.eval(CLAIM, claim))) === 1 ? await read(orgId, now) : [];
        // Nothing when somebody began to read a later slot meanwhile, or the organization was forgotten.
        if (totals.length > 0 && (await reach(() => client.hGet(about, 'slot'))) === String(slotMs)) {
          yield { orgId, totals };
        }
      }
    },
    forget: async (orgId) => {
      const [totals, about] = keysOf(orgId);
      const count = await reach(() => client.hLen(totals));
      await reach(() => client.del([totals, about]));
      await reach(() => client.zRem(organizations, orgId));
      return count;
    },
    close: async () => {
      if (client.isOpen) {
        await client.close().catch(() => client.destroy());
      }
    },
  };
}

function argumentsOf(change: LogMetricChange): string[] {
  const { labels, metadata, bounds, set, add } = change;
  const about = JSON.stringify({ labels, metadata });
  const numbers = [bounds.join(',') || NO_BOUNDS, String(set ?? ''), String(add.length), ...add.map(String)];
  return [labelSetId(change).toString(16), about, ...numbers];
}

function totalsOf(state: string, about: string): LogTotals {
  const { labels, metadata } = JSON.parse(about) as Pick<LogTotals, 'labels' | 'metadata'>;
  const [, since = '', bounds = '', ...numbers] = state.split(' ');
  const values = numbers.map(Number);
  return {
    labels,
    metadata,
    bounds: bounds === NO_BOUNDS ? [] : bounds.split(',').map(Number),
    values: values.slice(0, values.length / 2),
    before: values.slice(values.length / 2),
    sinceMs: Number(since),
  };
}

async function reach<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (cause) {
    throw new AegisError('unavailable', {
      internal: 'Redis cannot add up metrics of logs',
      cause,
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
