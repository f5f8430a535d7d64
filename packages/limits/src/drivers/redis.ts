import { AegisError } from '@aegisguard/model';
import { createClient, defineScript } from 'redis';
import {
  type Limits,
  type LimitVerdict,
  LOGIN_THROTTLE,
  ONCE_MS,
  type ThrottlePolicy,
  type ThrottleVerdict,
} from '../driver.ts';
import { UNLIMITED, verdictOf } from '../token-bucket.ts';

/** What the Redis driver needs. */
export interface RedisLimitsOptions {
  readonly url: string;
  /** Put before every key; none by default. */
  readonly keyPrefix?: string;
  /** Told of a lost connection; the client reconnects by itself. */
  readonly onError?: (error: Error) => void;
}

/** Milliseconds that a command may take before the counts are held unreachable. */
const COMMAND_TIMEOUT_MS = 2000;

/** The arithmetic of `takeToken`, on the server's clock, so that all gateways agree. Answers {allowed, tokens left}. */
const TAKE_SCRIPT = `
local rate = tonumber(ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local state = redis.call('HMGET', KEYS[1], 't', 'at')
local tokens = tonumber(state[1]) or rate
local at = tonumber(state[2]) or now
tokens = math.min(rate, tokens + math.max(0, now - at) * rate / 60000)
local allowed = 0
if tokens >= 1 then
  allowed = 1
  tokens = tokens - 1
end
redis.call('HSET', KEYS[1], 't', tostring(tokens), 'at', string.format('%.3f', math.max(at, now)))
redis.call('PEXPIRE', KEYS[1], 60000)
return {allowed, tostring(tokens)}
`;

/** The rules of `countAttempt`, on the server's clock. ARGV: attempts, window, longest lock or 0. Answers {blocked, ms left, began}. */
const ATTEMPT_SCRIPT = `
local attemptsMax = tonumber(ARGV[1])
local window = tonumber(ARGV[2])
local lockMax = tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local state = redis.call('HMGET', KEYS[1], 'n', 'window', 'lock', 'locks', 'until')
local attempts = tonumber(state[1]) or 0
local windowEnd = tonumber(state[2]) or 0
local lockEnd = tonumber(state[3]) or 0
local locks = tonumber(state[4]) or 0
local locksUntil = tonumber(state[5]) or 0
if lockEnd > now then
  return {1, lockEnd - now, 0}
end
if lockEnd > 0 or windowEnd <= now then
  attempts = 0
  windowEnd = now + window
  lockEnd = 0
end
attempts = attempts + 1
if attempts > attemptsMax then
  lockEnd = windowEnd
  if lockMax > 0 then
    locks = locksUntil > now and locks + 1 or 1
    locksUntil = now + lockMax * 2
    if locks > 1 then
      lockEnd = now + math.min(lockMax, window * 2 ^ (locks - 1))
    end
  end
end
local text = function (number) return string.format('%.0f', number) end
redis.call('HSET', KEYS[1], 'n', text(attempts), 'window', text(windowEnd), 'lock', text(lockEnd), 'locks', text(locks), 'until', text(locksUntil))
redis.call('PEXPIRE', KEYS[1], text(math.max(windowEnd, lockEnd, locksUntil) - now))
if lockEnd > 0 then
  return {1, lockEnd - now, 1}
end
return {0, 0, 0}
`;

/** Takes back an attempt, if there is one to take back. */
const FORGIVE_SCRIPT = `
if (tonumber(redis.call('HGET', KEYS[1], 'n')) or 0) > 0 then
  redis.call('HINCRBY', KEYS[1], 'n', -1)
end
return 0
`;

const scripts = {
  takeToken: defineScript({
    SCRIPT: TAKE_SCRIPT,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string, perMinute: number) {
      parser.pushKey(key);
      parser.push(String(perMinute));
    },
    transformReply: (reply: [number, string]) => ({ allowed: reply[0] === 1, tokens: Number(reply[1]) }),
  }),
  countAttempt: defineScript({
    SCRIPT: ATTEMPT_SCRIPT,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string, { attemptsMax, windowMs, lockMsMax = 0 }: ThrottlePolicy) {
      parser.pushKey(key);
      parser.push(String(attemptsMax), String(windowMs), String(lockMsMax));
    },
    transformReply: (reply: [number, number, number]): ThrottleVerdict => ({
      blocked: reply[0] === 1,
      retryAfterSeconds: reply[0] === 1 ? Math.max(1, Math.ceil(reply[1] / 1000)) : 0,
      beganLock: reply[2] === 1,
    }),
  }),
  forgiveAttempt: defineScript({
    SCRIPT: FORGIVE_SCRIPT,
    NUMBER_OF_KEYS: 1,
    parseCommand(parser, key: string) {
      parser.pushKey(key);
    },
    transformReply: () => undefined,
  }),
};

/** Opens them; see `openRedisLimits`. */
export async function connectRedisLimits({ url, keyPrefix = '', onError }: RedisLimitsOptions): Promise<Limits> {
  const client = createClient({
    url,
    scripts,
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_TIMEOUT_MS },
  });
  // Without a listener a lost connection would end the process.
  client.on('error', (error: Error) => onError?.(error));
  await reach(() => client.connect());
  const bucketKey = (key: string) => `${keyPrefix}limit:${key}`;
  const onceKey = (name: string) => `${keyPrefix}once:${name}`;
  const throttleKey = (key: string) => `${keyPrefix}throttle:${key}`;
  return {
    limiter: {
      async take(key, perMinute): Promise<LimitVerdict> {
        if (perMinute <= 0) {
          return UNLIMITED;
        }
        const { allowed, tokens } = await reach(() => client.takeToken(bucketKey(key), perMinute));
        return verdictOf(tokens, perMinute, allowed);
      },
    },
    throttle: {
      attempt: (key, policy = LOGIN_THROTTLE) => reach(() => client.countAttempt(throttleKey(key), policy)),
      async forgive(key) {
        await reach(() => client.forgiveAttempt(throttleKey(key)));
      },
      async clear(key) {
        await reach(() => client.del(throttleKey(key)));
      },
    },
    once: {
      async pass(name) {
        const expiration = { type: 'PX', value: ONCE_MS } as const;
        return (await reach(() => client.set(onceKey(name), '1', { condition: 'NX', expiration }))) !== null;
      },
    },
    async ping() {
      await reach(() => client.ping());
    },
    async close() {
      await client.close();
    },
  };
}

async function reach<Answer>(command: () => Promise<Answer>): Promise<Answer> {
  try {
    return await command();
  } catch (error) {
    throw new AegisError('unavailable', { internal: `Redis: ${String(error)}`, cause: error, retryAfterSeconds: 2 });
  }
}
