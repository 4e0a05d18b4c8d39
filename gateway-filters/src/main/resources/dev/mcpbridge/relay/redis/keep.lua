-- Keeps the channel open for another lifetime; ARGV: buffer in bytes, history in ms.
if open <= 0 then
  return { '0' }
end
last(2 * lifetime)
trim(tonumber(ARGV[1]), tonumber(ARGV[2]))
return { '1' }
