-- Writes KEYS[1] = ARGV[1] for ARGV[2] ms, one generation after whatever is there; of another type is as good as absent.
local before = redis.pcall('GET', KEYS[1])
local generation = type(before) == 'string' and tonumber(string.match(before, '^(%d+) ')) or 0
redis.call('SET', KEYS[1], string.format('%d %s', generation + 1, ARGV[1]), 'PX', ARGV[2])
return 1
