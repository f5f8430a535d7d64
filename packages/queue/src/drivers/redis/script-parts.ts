// A stream's keys: the stream itself (fields h: headers, b: body, p: how often a replayed dead letter was delivered before, at least, l: lane; versions without lanes wrote p only where it was
// not 0, and no l) · `:dead`, its dead letters (h, r: reason, n: the body's length, m: the message's id, g: the group, l: lane) · `:dead:bodies`, a hash of their bodies, so that listing letters
// reads none · `:lengths`, a hash that has "<body's length> <groups that have not acknowledged it> <lane>" of each kept message, so that counting reads no body; versions without lanes wrote the
// length alone · `:meter`, a hash of bytes: `in` appended ever, `gone` deleted from the stream, `dead` in dead letters, `out:<group>` acknowledged by a group (it begins with what was gone
// before the group was made).
//
// Lanes (docs/adr/0011-fair-queue.md): `:groups`, the set of groups. Each has `:new:<group>:<lane>`, a list of the ids that it was not given; `:turns:<group>`, a sorted set of lanes by the clock
// at which they are due; `:load:<group>`, a hash that has for each lane what the group has not acknowledged, messages times 2^40 plus their bodies' bytes: one number, since it is the commands that cost, with room for eight million messages; `clock:<group>` in the meter, when the last one was; `:wake:<group>`, a list that has an entry when there may be new messages and nobody was told. A message is
// given by XCLAIM FORCE from its lane's list, so Redis's own "last delivered id" of a group has no part in it; it is set behind every id lest a version without lanes reads past the lists.
//
// Every script is one atomic act, so what it counts agrees with what it did.

/** What a message counts in its lane's load, besides its body's bytes. */
export const LOAD_OF_A_MESSAGE = 2 ** 40;

/** Begins every script. */
export const SHARED = `
local MESSAGE_COST_BYTES = 8192
local MESSAGE_LOAD = ${LOAD_OF_A_MESSAGE}

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

-- length, groups that owe an acknowledgement, lane; the latter two are nil in an entry of a version without lanes
local function noteOf(lengths, id)
  local note = redis.call('HGET', lengths, id)
  if not note then return 0, 1, '' end
  local length, owed, lane = string.match(note, '^(%d+) (%d+) (.*)$')
  if length then return tonumber(length), tonumber(owed), lane end
  return tonumber(note)
end

local function newOf(stream, group, lane) return stream .. ':new:' .. group .. ':' .. lane end

local function loadOf(stream, group) return stream .. ':load:' .. group end

-- A group owes another acknowledgement of a message of that length.
local function owe(stream, group, lane, length)
  redis.call('HINCRBY', loadOf(stream, group), lane, MESSAGE_LOAD + length)
end

local function wake(stream, group)
  local key = stream .. ':wake:' .. group
  if redis.call('LLEN', key) == 0 then redis.call('RPUSH', key, '1') end
end

-- The newest message of a lane begins to wait for a group.
local function offer(stream, meter, group, lane, id, length)
  owe(stream, group, lane, length)
  if redis.call('RPUSH', newOf(stream, group, lane), id) > 1 then return end
  local turns = stream .. ':turns:' .. group
  local clock = redis.call('HGET', meter, 'clock:' .. group) or 0
  local due = redis.call('ZSCORE', turns, lane)
  if not due or tonumber(due) < tonumber(clock) then redis.call('ZADD', turns, clock, lane) end
  wake(stream, group)
end

local function add(stream, lengths, meter, headers, body, before, lane)
  local id = redis.call('XADD', stream, '*', 'h', headers, 'b', body, 'p', before, 'l', lane)
  local groups = redis.call('SMEMBERS', stream .. ':groups')
  redis.call('HSET', lengths, id, #body .. ' ' .. #groups .. ' ' .. lane)
  redis.call('HINCRBY', meter, 'in', #body)
  for _, group in ipairs(groups) do offer(stream, meter, group, lane, id, #body) end
  return id
end

local function msOf(id) return tonumber(string.match(id, '^%d+')) end

local function nowMs()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Forgets a letter; 0 when there is none.
local function forget(meter, dead, bodies, id)
  local letter = redis.call('XRANGE', dead, id, id)[1]
  if not letter then return 0 end
  redis.call('HINCRBY', meter, 'dead', 0 - tonumber(letter[2][6]))
  redis.call('HDEL', bodies, id)
  return redis.call('XDEL', dead, id)
end

-- Forgets the letters that are older than msMax; gives how many.
local function expire(meter, dead, bodies, msMax)
  local letters = redis.call('XRANGE', dead, '-', string.format('%.0f', math.max(0, nowMs() - msMax)), 'COUNT', 1000)
  for _, letter in ipairs(letters) do forget(meter, dead, bodies, letter[1]) end
  return #letters
end
`;

/** Acknowledges one message and deletes it once every group has. */
export const ACK_ONE = `
local function settle(stream, lengths, meter, name, id)
  local length, owed, lane = noteOf(lengths, id)
  redis.call('HINCRBY', meter, 'out:' .. name, length)
  local load, kept = loadOf(stream, name), lane or ''
  if redis.call('HINCRBY', load, kept, 0 - MESSAGE_LOAD - length) < MESSAGE_LOAD then redis.call('HDEL', load, kept) end
  if (owed or 1) > 1 then
    redis.call('HSET', lengths, id, length .. ' ' .. owed - 1 .. ' ' .. lane)
    return
  end
  redis.call('XDEL', stream, id)
  redis.call('HDEL', lengths, id)
  redis.call('HINCRBY', meter, 'gone', length)
end

local function ackOne(stream, lengths, meter, name, id)
  if redis.call('XACK', stream, name, id) == 0 then return 0 end
  settle(stream, lengths, meter, name, id)
  return 1
end
`;

/**
 * Offers to its groups what stands in no list of theirs: all that is kept to a group that is new here, what was not delivered to groups of a version without lanes, and what a process of such
 * a version appended meanwhile.
 */
export const ADOPT = `
local function adopt(stream, lengths, meter)
  local known = redis.call('SMEMBERS', stream .. ':groups')
  local isKnown, fresh, pending = {}, {}, {}
  for _, name in ipairs(known) do isKnown[name] = true end
  for _, flat in ipairs(redis.call('XINFO', 'GROUPS', stream)) do
    local old = fieldsOf(flat)
    if not isKnown[old.name] then
      fresh[#fresh + 1] = {name = old.name, last = old['last-delivered-id']}
      pending[old.name] = {}
      for _, held in ipairs(redis.call('XPENDING', stream, old.name, '-', '+', math.max(1, old.pending))) do
        pending[old.name][held[1]] = true
      end
    end
  end
  local ids = {}
  for i, id in ipairs(redis.call('HKEYS', lengths)) do
    local ms, seq = string.match(id, '(%d+)-(%d+)')
    ids[i] = {id, tonumber(ms), tonumber(seq)}
  end
  table.sort(ids, function(a, b) return a[2] < b[2] or (a[2] == b[2] and a[3] < b[3]) end)
  for _, entry in ipairs(ids) do
    local id = entry[1]
    local length, owed, lane = noteOf(lengths, id)
    local isStraggler = not lane
    owed, lane = owed or 0, lane or ''
    local ownedBefore = owed
    if isStraggler then
      for _, name in ipairs(known) do
        offer(stream, meter, name, lane, id, length)
        owed = owed + 1
      end
    end
    for _, new in ipairs(fresh) do
      local isNew = not isUpTo(id, new.last)
      local isHeld = not isNew and pending[new.name][id]
      if isNew then offer(stream, meter, new.name, lane, id, length) end
      if isHeld then owe(stream, new.name, lane, length) end
      if isNew or isHeld then owed = owed + 1 end
    end
    if isStraggler or owed ~= ownedBefore then redis.call('HSET', lengths, id, length .. ' ' .. owed .. ' ' .. lane) end
  end
  for _, new in ipairs(fresh) do
    redis.call('SADD', stream .. ':groups', new.name)
    redis.call('XGROUP', 'SETID', stream, new.name, '18446744073709551615-18446744073709551615')
  end
end
`;
