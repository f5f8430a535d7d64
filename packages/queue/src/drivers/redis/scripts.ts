import { createScript } from './redis-script.ts';
import { ACK_ONE, ADOPT, SHARED } from './script-parts.ts';

/** KEYS stream, lengths, meter, receipt… · ARGV headers, body, lane, (receipt, unix ms of its expiry)… → id, or {existing receipt}. */
export const APPEND = createScript(
  SHARED,
  `
for i = 4, #KEYS do
  local existing = redis.call('GET', KEYS[i])
  if existing then return {existing} end
end
local id = add(KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2], 0, ARGV[3])
for i = 4, #KEYS do
  local at = 4 + (i - 4) * 2
  redis.call('SET', KEYS[i], ARGV[at], 'NX', 'PXAT', ARGV[at + 1])
end
return id
`,
);

/** KEYS receipt… · ARGV (receipt, unix ms of its expiry)…; those that stand stay. */
export const REMEMBER = createScript(`
for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[2 * i - 1], 'NX', 'PXAT', ARGV[2 * i]) end
return #KEYS
`);

/** KEYS stream, lengths, meter · ARGV group. Makes the group at the beginning; one that is there is left alone. */
export const CREATE_GROUP = createScript(
  SHARED,
  ADOPT,
  `
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
if type(made) == 'table' and made.err then
  if not string.find(made.err, 'BUSYGROUP', 1, true) then return made end
else
  redis.call('HSET', KEYS[3], 'out:' .. ARGV[1], redis.call('HGET', KEYS[3], 'gone') or 0)
end
adopt(KEYS[1], KEYS[2], KEYS[3])
return 1
`,
);

/**
 * KEYS stream, lengths, meter · ARGV group, consumer, countMax, bytesMax → {id, headers, body, deliveryCount, lane}… The lane that is due first is served, until another is; one at a time, because only
 * its body tells how large the next one is. A lane without messages leaves when it is the first that is due: nobody waits then whom it has anything ahead of. When nothing is left although more is kept than is pending, a process without lanes has appended (one group: with more, what is kept may be the
 * others').
 */
export const READ = createScript(
  SHARED,
  ACK_ONE,
  ADOPT,
  `
local stream, lengths, meter, group = KEYS[1], KEYS[2], KEYS[3], ARGV[1]
local groups = stream .. ':groups'
if redis.call('SISMEMBER', groups, group) == 0 then return redis.error_reply('NOGROUP of lanes') end
local turns = stream .. ':turns:' .. group
local out, bytes, clock = {}, 0, nil
local countMax, bytesMax = tonumber(ARGV[3]), tonumber(ARGV[4])

local function give(lane, id)
  local entry = redis.call('XCLAIM', stream, group, ARGV[2], 0, id, 'RETRYCOUNT', 1, 'FORCE')[1]
  if not entry then
    redis.call('XACK', stream, group, id)
    settle(stream, lengths, meter, group, id)
    return 0
  end
  local length = #entry[2][4]
  out[#out + 1] = {entry[1], entry[2][2], entry[2][4], 1 + tonumber(entry[2][6] or 0), lane}
  bytes = bytes + length
  return length
end

local function serve()
  local first = redis.call('ZRANGE', turns, 0, 1, 'WITHSCORES')
  local lane, due, nextDue = first[1], tonumber(first[2]), tonumber(first[4] or math.huge)
  if not lane then return false end
  while #out < countMax and bytes < bytesMax and due <= nextDue do
    local id = redis.call('LPOP', newOf(stream, group, lane))
    if not id then
      redis.call('ZREM', turns, lane)
      return true
    end
    clock = due
    due = due + give(lane, id) + MESSAGE_COST_BYTES
  end
  redis.call('ZADD', turns, string.format('%.0f', due), lane)
  return true
end

while #out < countMax and bytes < bytesMax and serve() do end
if #out == 0 and redis.call('SCARD', groups) == 1 and redis.call('HLEN', lengths) > redis.call('XPENDING', stream, group)[1] then
  adopt(stream, lengths, meter)
  while #out < countMax and bytes < bytesMax and serve() do end
end
if redis.call('EXISTS', turns) == 0 then
  redis.call('HDEL', meter, 'clock:' .. group)
  redis.call('DEL', stream .. ':wake:' .. group)
else
  if clock then redis.call('HSET', meter, 'clock:' .. group, string.format('%.0f', clock)) end
  wake(stream, group)
end
return out
`,
);

/**
 * KEYS stream, lengths, meter, dead, bodies · ARGV group, consumer, idleMs, countMax, bytesMax, ms after which an idle consumer goes, ms after which a dead letter goes → {{id, headers, body,
 * deliveryCount, lane}…, how many letters were dropped}. Of those held longest in order of their ids, a thousand are looked at, and their lanes take turns. A pending message that somebody deleted from the stream is settled: XCLAIM drops it. Processes that died leave
 * their consumers, which hold nothing once their messages were claimed.
 */
export const CLAIM = createScript(
  SHARED,
  ACK_ONE,
  `
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', math.max(1000, ARGV[4]))
local names, lanes = {}, {}
for _, held in ipairs(pending) do
  local _, _, lane = noteOf(KEYS[2], held[1])
  lane = lane or ''
  if not lanes[lane] then
    names[#names + 1] = lane
    lanes[lane] = {}
  end
  table.insert(lanes[lane], held)
end
local out, bytes, countMax, bytesMax = {}, 0, tonumber(ARGV[4]), tonumber(ARGV[5])
local turn, left = 1, #pending
while left > 0 and #out < countMax and bytes < bytesMax do
  for _, lane in ipairs(names) do
    local held = lanes[lane][turn]
    if held and #out < countMax and bytes < bytesMax then
      left = left - 1
      local entry = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], held[1])[1]
      if entry then
        out[#out + 1] = {entry[1], entry[2][2], entry[2][4], held[4] + 1 + tonumber(entry[2][6] or 0), lane}
        bytes = bytes + #entry[2][4]
      else
        redis.call('XACK', KEYS[1], ARGV[1], held[1])
        settle(KEYS[1], KEYS[2], KEYS[3], ARGV[1], held[1])
      end
    end
  end
  turn = turn + 1
end
for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = fieldsOf(flat)
  if consumer.pending == 0 and consumer.idle >= tonumber(ARGV[6]) and consumer.name ~= ARGV[2] then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
  end
end
return {out, expire(KEYS[3], KEYS[4], KEYS[5], tonumber(ARGV[7]))}
`,
);

/** KEYS stream · ARGV group, consumer. Forgets a consumer unless it holds messages, which would be forgotten with it. */
export const LEAVE = createScript(`
local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2])
if held.err or #held > 0 then return 0 end
return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
`);

/** KEYS stream, lengths, meter · ARGV group, id… → how many were pending. */
export const ACK = createScript(
  SHARED,
  ACK_ONE,
  `
local count = 0
for i = 2, #ARGV do
  count = count + ackOne(KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[i])
end
return count
`,
);

/**
 * KEYS stream, lengths, meter, dead, bodies · ARGV group, id, reason, the most bytes of dead bodies, ms after which a dead letter goes → {1, or 0 when the message is not pending; how many letters
 * were dropped}.
 */
export const BURY = createScript(
  SHARED,
  ACK_ONE,
  `
local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if held.err or #held == 0 then return {0, 0} end
local dropped = expire(KEYS[3], KEYS[4], KEYS[5], tonumber(ARGV[5]))
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
if entry then
  local body = entry[2][4]
  local letter = redis.call('XADD', KEYS[4], '*', 'h', entry[2][2], 'r', ARGV[3], 'n', #body, 'm', ARGV[2], 'g', ARGV[1], 'l', entry[2][8] or '')
  redis.call('HSET', KEYS[5], letter, body)
  local bytes = redis.call('HINCRBY', KEYS[3], 'dead', #body)
  while bytes > tonumber(ARGV[4]) and redis.call('XLEN', KEYS[4]) > 1 do
    local oldest = redis.call('XRANGE', KEYS[4], '-', '+', 'COUNT', 1)[1]
    forget(KEYS[3], KEYS[4], KEYS[5], oldest[1])
    bytes = tonumber(redis.call('HGET', KEYS[3], 'dead'))
    dropped = dropped + 1
  end
end
return {ackOne(KEYS[1], KEYS[2], KEYS[3], ARGV[1], ARGV[2]), dropped}
`,
);

/** KEYS stream, lengths, meter, dead, bodies · ARGV id → 1, or 0 when there is no such letter, or its body is gone. */
export const REPLAY = createScript(
  SHARED,
  `
local letter = redis.call('XRANGE', KEYS[4], ARGV[1], ARGV[1])[1]
local body = redis.call('HGET', KEYS[5], ARGV[1])
if not letter or not body then return 0 end
add(KEYS[1], KEYS[2], KEYS[3], letter[2][2], body, 1, letter[2][12] or '')
return forget(KEYS[3], KEYS[4], KEYS[5], ARGV[1])
`,
);

/** KEYS meter, dead, bodies · ARGV id → 1, or 0 when there is no such letter. */
export const DISCARD = createScript(SHARED, `return forget(KEYS[1], KEYS[2], KEYS[3], ARGV[1])`);

/** KEYS meter, dead, bodies · ARGV ms → how many letters were older and are forgotten. */
export const EXPIRE = createScript(SHARED, `return expire(KEYS[1], KEYS[2], KEYS[3], tonumber(ARGV[1]))`);

/** KEYS stream, meter, dead · ARGV group → {depth, bytes, pending, unix ms of the oldest or -1, dead, server's unix ms}. */
export const STATS = createScript(
  SHARED,
  `
local length, dead = redis.call('XLEN', KEYS[1]), redis.call('XLEN', KEYS[3])
local meter = redis.call('HMGET', KEYS[2], 'in', 'gone', 'out:' .. ARGV[1])
if redis.call('SISMEMBER', KEYS[1] .. ':groups', ARGV[1]) == 0 then
  local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
  return {length, tonumber(meter[1] or 0) - tonumber(meter[2] or 0), 0, first and msOf(first[1]) or -1, dead, nowMs()}
end
local held = redis.call('XPENDING', KEYS[1], ARGV[1])
local depth, oldest = held[1], held[1] > 0 and msOf(held[2]) or -1
for _, lane in ipairs(redis.call('ZRANGE', KEYS[1] .. ':turns:' .. ARGV[1], 0, -1)) do
  local new = newOf(KEYS[1], ARGV[1], lane)
  local id = redis.call('LINDEX', new, 0)
  if id then
    depth = depth + redis.call('LLEN', new)
    oldest = oldest < 0 and msOf(id) or math.min(oldest, msOf(id))
  end
end
return {depth, math.max(0, tonumber(meter[1] or 0) - tonumber(meter[3] or 0)), held[1], oldest, dead, nowMs()}
`,
);

/** KEYS stream · ARGV group, lane → {load, as text lest it be rounded, unix ms of the oldest that was not delivered or -1, server's unix ms}. */
export const LANE_STATS = createScript(
  SHARED,
  `
local first = redis.call('LINDEX', newOf(KEYS[1], ARGV[1], ARGV[2]), 0)
return {redis.call('HGET', loadOf(KEYS[1], ARGV[1]), ARGV[2]) or '0', first and msOf(first) or -1, nowMs()}
`,
);

/**
 * KEYS stream, lengths, meter, dead, bodies · ARGV group, lane, how much to do at most → {messages, dead letters, 1 when there may be more}. For every group; `group` must be one.
 */
export const FORGET_LANE = createScript(
  SHARED,
  ACK_ONE,
  `
local stream, lengths, meter, dead, bodies = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local lane, left = ARGV[2], tonumber(ARGV[3])
local groups = stream .. ':groups'
if redis.call('SISMEMBER', groups, ARGV[1]) == 0 then return redis.error_reply('NOGROUP of lanes') end
local messages = 0
local function count() messages, left = messages + 1, left - 1 end
for _, group in ipairs(redis.call('SMEMBERS', groups)) do
  local new = newOf(stream, group, lane)
  local id = left > 0 and redis.call('LPOP', new)
  while id do
    settle(stream, lengths, meter, group, id)
    count()
    id = left > 0 and redis.call('LPOP', new)
  end
  local from = '-'
  repeat
    local held = redis.call('XPENDING', stream, group, from, '+', 1000)
    for _, one in ipairs(held) do
      local _, _, its = noteOf(lengths, one[1])
      if its == lane then
        ackOne(stream, lengths, meter, group, one[1])
        count()
      end
      from = '(' .. one[1]
    end
  until #held == 0
end
local letters, from = 0, '-'
repeat
  local page = redis.call('XRANGE', dead, from, '+', 'COUNT', 1000)
  for _, letter in ipairs(page) do
    if letter[2][12] == lane then
      forget(meter, dead, bodies, letter[1])
      letters, left = letters + 1, left - 1
    end
    from = '(' .. letter[1]
  end
until #page == 0 or left <= 0
return {messages, letters, left <= 0 and 1 or 0}
`,
);
