-- Opens the channel for ARGV[2] ms with the note ARGV[1], unless there is one.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return { '0' }
end
redis.call('HSET', KEYS[1], 'note', ARGV[1], 'lifetime', ARGV[2], 'bytes', 0, 'oldest', '', 'dropped', '0-0', 'last', '0-0')
lifetime = tonumber(ARGV[2])
last(2 * lifetime)
return { '1' }
