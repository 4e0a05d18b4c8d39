-- KEYS[1] is a channel, KEYS[2] what was left in it. Both are there for two lifetimes; the channel is open in the first.
local lifetime = tonumber(redis.call('HGET', KEYS[1], 'lifetime'))
local open = lifetime and redis.call('PTTL', KEYS[1]) - lifetime or 0

local function last(for_ms)
  redis.call('PEXPIRE', KEYS[1], for_ms)
  redis.call('PEXPIRE', KEYS[2], for_ms)
end

-- Drops the oldest while there is more than buffer bytes, or older than history ms. 'oldest' spares looking at the stream.
local function trim(buffer, history)
  local time = redis.call('TIME')
  local horizon = time[1] * 1000 + math.floor(time[2] / 1000) - history
  local bytes = tonumber(redis.call('HGET', KEYS[1], 'bytes'))
  local oldest = redis.call('HGET', KEYS[1], 'oldest')
  local dropped = false
  while oldest ~= '' and (bytes > buffer or tonumber(string.match(oldest, '^%d+')) < horizon) do
    local entries = redis.call('XRANGE', KEYS[2], '-', '+', 'COUNT', 2)
    bytes = entries[1] and bytes - tonumber(entries[1][2][4]) or 0
    dropped = oldest
    redis.call('XDEL', KEYS[2], oldest)
    oldest = entries[2] and entries[2][1] or ''
  end
  if dropped then
    redis.call('HSET', KEYS[1], 'bytes', bytes, 'oldest', oldest, 'dropped', dropped)
  end
end
