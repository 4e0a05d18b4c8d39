-- Writes KEYS[1] = ARGV[1] for ARGV[2] ms, one generation after whatever is there.
local before = redis.call('GET', KEYS[1])
local generation = before and tonumber(string.match(before, '^(%d+) ')) or 0
redis.call('SET', KEYS[1], string.format('%d %s', generation + 1, ARGV[1]), 'PX', ARGV[2])
return 1
