import { AegisError } from '@aegisguard/model';
import { createClient, defineScript } from 'redis';
import {
  type Limits,
  type LimitVerdict,
  ONCE_MS,
  THROTTLE_FAILURES_MAX,
  THROTTLE_WINDOW_MS,
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

/** Counts an attempt; the first one of a window decides when the window ends. Answers {count, ms left}. */
const ATTEMPT_SCRIPT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
end
return {count, redis.call('PTTL', KEYS[1])}
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
    parseCommand(parser, key: string) {
      parser.pushKey(key);
      parser.push(String(THROTTLE_WINDOW_MS));
    },
    transformReply: (reply: [number, number]) => ({ count: reply[0], leftMs: reply[1] }),
  }),
};

/** Counts in Redis, shared by every process. */
export async function openRedisLimits({ url, keyPrefix = '', onError }: RedisLimitsOptions): Promise<Limits> {
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
  const attemptsKey = (key: string) => `${keyPrefix}attempts:${key}`;
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
      async attempt(key): Promise<ThrottleVerdict> {
        const { count, leftMs } = await reach(() => client.countAttempt(attemptsKey(key)));
        const blocked = count > THROTTLE_FAILURES_MAX;
        return { blocked, retryAfterSeconds: blocked ? Math.max(1, Math.ceil(leftMs / 1000)) : 0 };
      },
      async clear(key) {
        await reach(() => client.del(attemptsKey(key)));
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
