-- Takes the lease KEYS[1] for ARGV[1] ms unless somebody has it; KEYS[2] counts its holders.
-- What has no end is no lease of ours, and what cannot be counted no count: both are written over.
if redis.call('PTTL', KEYS[1]) > 0 then
  return 0
end
local fence = redis.pcall('INCR', KEYS[2])
if type(fence) ~= 'number' then
  fence = 1
  redis.call('SET', KEYS[2], fence)
end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('SET', KEYS[1], fence, 'PX', ARGV[1])
return fence
