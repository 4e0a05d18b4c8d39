-- Replaces the note of the channel by ARGV[1] if it is open.
if open <= 0 then
  return { '0' }
end
redis.call('HSET', KEYS[1], 'note', ARGV[1])
return { '1' }
