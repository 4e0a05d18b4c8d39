-- Gives the lease KEYS[1] back if ARGV[1] is still its holder.
if redis.pcall('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
