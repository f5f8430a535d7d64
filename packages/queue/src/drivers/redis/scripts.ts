import { createScript } from './redis-script.ts';

// A stream's keys: the stream itself (fields h: headers, b: body and, of a replayed dead letter, p: how often it was delivered before, at least) · `:dead`, its dead letters
// (h, r: reason, n: the body's length, m: the message's id, g: the group) · `:dead:bodies`, a hash of their bodies, so that listing letters reads none · `:lengths`, a hash of each kept message's body length, so that counting bytes reads no body · `:meter`, a hash of bytes: `in` appended ever, `gone`
// deleted from the stream, `dead` in dead letters, `out:<group>` acknowledged by a group (it begins with what was gone before the group was made).
// Every script is one atomic act, so what it counts agrees with what it did.

/** KEYS stream, lengths, meter, receipt… · ARGV headers, body, (receipt, unix ms of its expiry)… → id, or {existing receipt}. */
export const APPEND = createScript(`
for i = 4, #KEYS do
  local existing = redis.call('GET', KEYS[i])
  if existing then return {existing} end
end
local id = redis.call('XADD', KEYS[1], '*', 'h', ARGV[1], 'b', ARGV[2])
redis.call('HSET', KEYS[2], id, #ARGV[2])
redis.call('HINCRBY', KEYS[3], 'in', #ARGV[2])
for i = 4, #KEYS do
  local at = 3 + (i - 4) * 2
  redis.call('SET', KEYS[i], ARGV[at], 'NX', 'PXAT', ARGV[at + 1])
end
return id
`);

/** KEYS receipt… · ARGV (receipt, unix ms of its expiry)…; those that stand stay. */
export const REMEMBER = createScript(`
for i = 1, #KEYS do redis.call('SET', KEYS[i], ARGV[2 * i - 1], 'NX', 'PXAT', ARGV[2 * i]) end
return #KEYS
`);

/** KEYS stream, meter · ARGV group. Makes the group at the beginning; one that is there is left alone. */
export const CREATE_GROUP = createScript(`
local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
if type(made) == 'table' and made.err then
  if string.find(made.err, 'BUSYGROUP', 1, true) then return 0 end
  return made
end
redis.call('HSET', KEYS[2], 'out:' .. ARGV[1], redis.call('HGET', KEYS[2], 'gone') or 0)
return 1
`);

/** KEYS stream · ARGV group, consumer, countMax, bytesMax → {id, headers, body, deliveryCount}… One at a time, because only its body tells how large the next one is. */
export const READ = createScript(`
local out, bytes = {}, 0
local countMax, bytesMax = tonumber(ARGV[3]), tonumber(ARGV[4])
while #out < countMax and bytes < bytesMax do
  local reply = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  if not reply then break end
  local entry = reply[1][2][1]
  out[#out + 1] = {entry[1], entry[2][2], entry[2][4], 1 + tonumber(entry[2][6] or 0)}
  bytes = bytes + #entry[2][4]
end
return out
`);

// Acknowledges one message and deletes it once every group has. A group is done with a message when it was given to it and is not pending.
const ACK_ONE = `
local function fieldsOf(flat)
  local map = {}
  for i = 1, #flat, 2 do map[flat[i]] = flat[i + 1] end
  return map
end

local function isUpTo(id, last)
  local aMs, aSeq = string.match(id, '(%d+)-(%d+)')
  local bMs, bSeq = string.match(last, '(%d+)-(%d+)')
  aMs, bMs = tonumber(aMs), tonumber(bMs)
  return aMs < bMs or (aMs == bMs and tonumber(aSeq) <= tonumber(bSeq))
end

local function groupsOf(stream)
  local reply = redis.pcall('XINFO', 'GROUPS', stream)
  local groups = {}
  if reply.err then return groups end
  for i, flat in ipairs(reply) do groups[i] = fieldsOf(flat) end
  return groups
end

local function isDoneBy(stream, group, id)
  return isUpTo(id, group['last-delivered-id']) and #redis.call('XPENDING', stream, group.name, id, id, 1) == 0
end

local function settle(stream, lengths, meter, groups, name, id)
  local length = tonumber(redis.call('HGET', lengths, id) or 0)
  redis.call('HINCRBY', meter, 'out:' .. name, length)
  for _, group in ipairs(groups) do
    if group.name ~= name and not isDoneBy(stream, group, id) then return end
  end
  redis.call('XDEL', stream, id)
  redis.call('HDEL', lengths, id)
  redis.call('HINCRBY', meter, 'gone', length)
end

local function ackOne(stream, lengths, meter, groups, name, id)
  if redis.call('XACK', stream, name, id) == 0 then return 0 end
  settle(stream, lengths, meter, groups, name, id)
  return 1
end
`;

/**
 * KEYS stream, lengths, meter · ARGV group, consumer, idleMs, countMax, bytesMax, ms after which an idle consumer goes → {id, headers, body, deliveryCount}… A pending message that
 * somebody deleted from the stream is settled: XCLAIM drops it. Processes that died leave their consumers, which hold nothing once their messages were claimed.
 */
export const CLAIM = createScript(
  ACK_ONE,
  `
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', ARGV[4])
local out, bytes, bytesMax = {}, 0, tonumber(ARGV[5])
for _, held in ipairs(pending) do
  if bytes >= bytesMax then break end
  local entry = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], held[1])[1]
  if entry then
    out[#out + 1] = {entry[1], entry[2][2], entry[2][4], held[4] + 1 + tonumber(entry[2][6] or 0)}
    bytes = bytes + #entry[2][4]
  else
    redis.call('XACK', KEYS[1], ARGV[1], held[1])
    settle(KEYS[1], KEYS[2], KEYS[3], groupsOf(KEYS[1]), ARGV[1], held[1])
  end
end
for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = fieldsOf(flat)
  if consumer.pending == 0 and consumer.idle >= tonumber(ARGV[6]) and consumer.name ~= ARGV[2] then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
  end
end
return out
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
  ACK_ONE,
  `
local groups, count = groupsOf(KEYS[1]), 0
for i = 2, #ARGV do count = count + ackOne(KEYS[1], KEYS[2], KEYS[3], groups, ARGV[1], ARGV[i]) end
return count
`,
);

/** KEYS stream, lengths, meter, dead, bodies · ARGV group, id, reason, the most bytes of dead bodies → {1, or 0 when the message is not pending; how many letters were dropped}. */
export const BURY = createScript(
  ACK_ONE,
  `
local held = redis.pcall('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if held.err or #held == 0 then return {0, 0} end
local dropped = 0
local entry = redis.call('XRANGE', KEYS[1], ARGV[2], ARGV[2])[1]
if entry then
  local body = entry[2][4]
  local letter = redis.call('XADD', KEYS[4], '*', 'h', entry[2][2], 'r', ARGV[3], 'n', #body, 'm', ARGV[2], 'g', ARGV[1])
  redis.call('HSET', KEYS[5], letter, body)
  local bytes = redis.call('HINCRBY', KEYS[3], 'dead', #body)
  while bytes > tonumber(ARGV[4]) and redis.call('XLEN', KEYS[4]) > 1 do
    local oldest = redis.call('XRANGE', KEYS[4], '-', '+', 'COUNT', 1)[1]
    bytes = redis.call('HINCRBY', KEYS[3], 'dead', 0 - tonumber(oldest[2][6]))
    redis.call('HDEL', KEYS[5], oldest[1])
    redis.call('XDEL', KEYS[4], oldest[1])
    dropped = dropped + 1
  end
end
return {ackOne(KEYS[1], KEYS[2], KEYS[3], groupsOf(KEYS[1]), ARGV[1], ARGV[2]), dropped}
`,
);

// Forgets a letter; 0 when there is none.
const FORGET = `
local function forget(meter, dead, bodies, id)
  local letter = redis.call('XRANGE', dead, id, id)[1]
  if not letter then return 0 end
  redis.call('HINCRBY', meter, 'dead', 0 - tonumber(letter[2][6]))
  redis.call('HDEL', bodies, id)
  return redis.call('XDEL', dead, id)
end
`;

/** KEYS stream, lengths, meter, dead, bodies · ARGV id → 1, or 0 when there is no such letter, or its body is gone. */
export const REPLAY = createScript(
  FORGET,
  `
local letter = redis.call('XRANGE', KEYS[4], ARGV[1], ARGV[1])[1]
local body = redis.call('HGET', KEYS[5], ARGV[1])
if not letter or not body then return 0 end
local id = redis.call('XADD', KEYS[1], '*', 'h', letter[2][2], 'b', body, 'p', 1)
redis.call('HSET', KEYS[2], id, #body)
redis.call('HINCRBY', KEYS[3], 'in', #body)
return forget(KEYS[3], KEYS[4], KEYS[5], ARGV[1])
`,
);

/** KEYS meter, dead, bodies · ARGV id → 1, or 0 when there is no such letter. */
export const DISCARD = createScript(FORGET, `return forget(KEYS[1], KEYS[2], KEYS[3], ARGV[1])`);

/** KEYS stream, meter, dead · ARGV group → {depth, bytes, pending, unix ms of the oldest or -1, dead, server's unix ms}. */
export const STATS = createScript(
  ACK_ONE,
  `
local length, dead = redis.call('XLEN', KEYS[1]), redis.call('XLEN', KEYS[3])
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local meter = redis.call('HMGET', KEYS[2], 'in', 'gone', 'out:' .. ARGV[1])
local groups, group = groupsOf(KEYS[1]), nil
for _, candidate in ipairs(groups) do
  if candidate.name == ARGV[1] then group = candidate end
end
local function msOf(id) return tonumber(string.match(id, '^%d+')) end
local function firstFrom(start)
  local entry = redis.call('XRANGE', KEYS[1], start, '+', 'COUNT', 1)[1]
  return entry and msOf(entry[1]) or -1
end
if not group then
  return {length, tonumber(meter[1] or 0) - tonumber(meter[2] or 0), 0, firstFrom('-'), dead, nowMs}
end
-- With one group everything in the stream is its own. With more, messages stay until the slowest is done; lag is missing before Redis 7.
local depth = length
if #groups > 1 and group.lag then depth = group.pending + group.lag end
local oldest = -1
if group.pending > 0 then
  oldest = msOf(redis.call('XPENDING', KEYS[1], ARGV[1])[2])
else
  oldest = firstFrom('(' .. group['last-delivered-id'])
end
return {depth, math.max(0, tonumber(meter[1] or 0) - tonumber(meter[3] or 0)), group.pending, oldest, dead, nowMs}
`,
);
