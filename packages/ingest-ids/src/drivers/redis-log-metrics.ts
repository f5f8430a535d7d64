import { AegisError, type LogMetricChange, type OrgId, parseOrgId } from '@aegisguard/model';
import { seriesId } from '@aegisguard/model/series-id';
import { BATCH_KNOWN_MS, KEPT_MS, LOG_SERIES_MAX, type LogMetrics, type LogSeries, READ_MS } from '../log-metrics.ts';

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
/** A slot that was read is known for so long; processes are never that far apart. */
const SLOT_KNOWN_MS = 10 * 60_000;

/** Doubles as texts that are the same doubles: Lua's own way of writing them loses digits. A series is `value before since changed`. */
const STATE = `
local function text(number) return string.format('%.17g', number) end
local function parse(state)
  local parts = {}
  for part in string.gmatch(state, '%S+') do parts[#parts + 1] = tonumber(part) end
  return parts
end
`;

/** KEYS: batch, states, descriptions, organizations. ARGV: now, organization, series at most, then id, set or '', add, description of each change. Answers for how many there was no room. */
const ADD = `${STATE}
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ${BATCH_KNOWN_MS}) then return 0 end
local now = tonumber(ARGV[1])
local count = redis.call('HLEN', KEYS[2])
local left = 0
for at = 4, #ARGV, 4 do
  local id, set, add = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local known = redis.call('HGET', KEYS[2], id)
  local value, before, since = 0, 0, now
  if known then
    local state = parse(known)
    value, before, since = state[1], state[2], state[3]
    if state[4] < now - ${KEPT_MS} then value, before, since = 0, 0, now
    elseif state[4] < now - ${READ_MS} then before, since = value, now end
  else
    count = count + 1
  end
  if known or count <= tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[2], id, text((set or value) + add) .. ' ' .. text(before) .. ' ' .. text(since) .. ' ' .. text(now))
    redis.call('HSET', KEYS[3], id, ARGV[at + 3])
  else
    count = count - 1
    left = left + 1
  end
end
redis.call('PEXPIRE', KEYS[2], ${KEPT_MS})
redis.call('PEXPIRE', KEYS[3], ${KEPT_MS})
redis.call('ZADD', KEYS[4], now, ARGV[2])
return left
`;

/** KEYS: states, descriptions. ARGV: now. Forgets what is too old; answers states and descriptions of what changed lately. */
const READ = `${STATE}
local now = tonumber(ARGV[1])
local all = redis.call('HGETALL', KEYS[1])
local found = {}
for at = 1, #all, 2 do
  local changed = parse(all[at + 1])[4]
  if changed < now - ${KEPT_MS} then
    redis.call('HDEL', KEYS[1], all[at])
    redis.call('HDEL', KEYS[2], all[at])
  elseif changed >= now - ${READ_MS} then
    found[#found + 1] = all[at + 1]
    found[#found + 1] = redis.call('HGET', KEYS[2], all[at])
  end
end
return found
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
  const keysOf = (orgId: OrgId) => [key(`${orgId}:series`), key(`${orgId}:about`)];
  const organizations = key('organizations');

  return {
    add: async (orgId, batchId, changes) => {
      const keys = [key(`batch:${batchId}`), ...keysOf(orgId), organizations];
      const args = [String(nowMs()), orgId, String(seriesMax), ...changes.flatMap(argumentsOf)];
      return Number(await reach(() => client.eval(ADD, { keys, arguments: args })));
    },
    async *read(slotMs) {
      const now = nowMs();
      const claim = { condition: 'NX', expiration: { type: 'PX', value: SLOT_KNOWN_MS } } as const;
      if ((await reach(() => client.set(key(`slot:${slotMs}`), '1', claim))) === null) {
        return;
      }
      await reach(() => client.zRemRangeByScore(organizations, '-inf', now - KEPT_MS));
      const changed = await reach(() => client.zRangeByScore(organizations, now - READ_MS, '+inf'));
      for (const orgId of changed.map(parseOrgId)) {
        const found = await reach(() => client.eval(READ, { keys: keysOf(orgId), arguments: [String(now)] }));
        yield { orgId, series: seriesIn(found as string[]) };
      }
    },
    forget: async (orgId) => {
      const [series = '', about = ''] = keysOf(orgId);
      const count = await reach(() => client.hLen(series));
      await reach(() => client.del([series, about]));
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

function argumentsOf({ labels, metadata, set, add }: LogMetricChange): string[] {
  return [seriesId(labels).toString(16), String(set ?? ''), String(add), JSON.stringify({ labels, metadata })];
}

function seriesIn(found: readonly string[]): LogSeries[] {
  const series: LogSeries[] = [];
  for (let at = 0; at + 1 < found.length; at += 2) {
    const [value = 0, before = 0, sinceMs = 0] = (found[at] ?? '').split(' ').map(Number);
    const { labels, metadata } = JSON.parse(found[at + 1] ?? '') as Pick<LogSeries, 'labels' | 'metadata'>;
    series.push({ labels, metadata, value, sinceMs, before });
  }
  return series;
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
