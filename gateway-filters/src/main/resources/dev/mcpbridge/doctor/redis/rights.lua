-- Tries what the gateway does to Redis in ways that have no effect: the key is not there.
-- KEYS[1] a key of ours that nobody writes, ARGV[1] a channel of ours. Returns what is refused.
local refused = {}

local function try(command, ...)
  local answer = redis.pcall(command, ...)
  if type(answer) == 'table' and answer.err
      and (answer.err:find('NOPERM') or answer.err:find('ACL') or answer.err:find("can't")) then
    refused[#refused + 1] = command
  end
end

try('get', KEYS[1])
try('set', KEYS[1], '', 'XX')
try('getdel', KEYS[1])
try('del', KEYS[1])
try('pexpire', KEYS[1], 1)
try('pttl', KEYS[1])
try('exists', KEYS[1])
try('hget', KEYS[1], 'field')
try('xadd', KEYS[1], 'NOMKSTREAM', '*', 'field', '')
try('xrange', KEYS[1], '-', '+')
try('xdel', KEYS[1], '0-1')
try('publish', ARGV[1], '')
return refused
