-- Writes KEYS[1] = ARGV[3] of generation ARGV[2] for ARGV[4] ms if its generation is ARGV[1]; 0 means absent, or not ours.
local before = redis.pcall('GET', KEYS[1])
local generation = type(before) == 'string' and tonumber(string.match(before, '^(%d+) ')) or 0
if generation ~= tonumber(ARGV[1]) then
  return 0
end
redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[3], 'PX', ARGV[4])
return 1
