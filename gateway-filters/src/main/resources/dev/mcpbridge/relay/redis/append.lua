-- Leaves ARGV[1], which counts as ARGV[2] bytes, and wakes readers.
-- ARGV[3]: buffer in bytes; ARGV[4]: history in ms; ARGV[5]: who is woken; ARGV[6]: why.
if open <= 0 then
  return {}
end
local id = redis.call('XADD', KEYS[2], '*', 'value', ARGV[1], 'bytes', ARGV[2])
redis.call('HSET', KEYS[1], 'last', id)
redis.call('HINCRBY', KEYS[1], 'bytes', ARGV[2])
if redis.call('HGET', KEYS[1], 'oldest') == '' then
  redis.call('HSET', KEYS[1], 'oldest', id)
end
redis.call('PEXPIRE', KEYS[2], open + lifetime)
trim(tonumber(ARGV[3]), tonumber(ARGV[4]))
redis.call('PUBLISH', ARGV[5], ARGV[6])
return { id }
