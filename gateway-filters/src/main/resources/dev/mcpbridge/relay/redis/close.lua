-- Closes the channel if it is open, and wakes readers. ARGV[1]: who is woken; ARGV[2]: why.
if open > 0 then
  last(lifetime)
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return { '1' }
