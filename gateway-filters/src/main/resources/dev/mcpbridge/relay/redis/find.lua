-- Returns the field ARGV[1] of the channel if it is open.
return open > 0 and { redis.call('HGET', KEYS[1], ARGV[1]) } or {}
