-- Returns how long the channel is open in ms, the last that was dropped, the last that was left, and then id and value
-- of what comes after ARGV[1], or after what was dropped: ARGV[2] at most, and no more than ARGV[3] bytes or one.
if not lifetime then
  return {}
end
local dropped = redis.call('HGET', KEYS[1], 'dropped')
local answer = { tostring(open), dropped, redis.call('HGET', KEYS[1], 'last') }
local after = ARGV[1] ~= '' and ARGV[1] or dropped
local bytes = 0
for index, entry in ipairs(redis.call('XRANGE', KEYS[2], '(' .. after, '+', 'COUNT', ARGV[2])) do
  bytes = bytes + #entry[2][2]
  if index > 1 and bytes > tonumber(ARGV[3]) then
    break
  end
  table.insert(answer, entry[1])
  table.insert(answer, entry[2][2])
end
return answer
