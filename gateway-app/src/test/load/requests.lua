-- What wrk sends. The environment says which tokens are shown, in which order, and how often; see Wrk.java.

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long nanos; } timespec;
  int clock_gettime(int clock, timespec *time);
]]
local time = ffi.new("timespec")

local use = os.getenv("LOAD_USE")
local count = tonumber(os.getenv("LOAD_COUNT"))
local rate = tonumber(os.getenv("LOAD_RATE"))
local requests = {}
local sent = 0
local asked = false
local due

-- One thread makes all the load; its script is not that of done().
started, finished = 0, 0

local function now()
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) + tonumber(time.nanos) / 1e9
end

local function format(token)
  return wrk.format("POST", nil, {
    ["Authorization"] = "Bearer " .. token,
    ["Content-Type"] = "application/json",
    ["Accept"] = "application/json, text/event-stream",
    ["MCP-Protocol-Version"] = "2025-06-18",
    ["User-Agent"] = "wrk"
  }, os.getenv("LOAD_BODY"))
end

function setup(thread)
  only = thread
end

function init(arguments)
  local number, first = 0, tonumber(os.getenv("LOAD_FIRST"))
  for token in io.lines(os.getenv("LOAD_TOKENS")) do
    if number >= first and number < first + count then
      requests[#requests + 1] = token
    end
    number = number + 1
  end
  assert(#requests == count, "LOAD_TOKENS: " .. #requests .. " (expected: " .. count .. ")")
  if use ~= "FORGE" then
    for index = 1, count do
      requests[index] = format(requests[index])
    end
  end
  math.randomseed(1)
  started = now()
  due = started
end

-- Sixteen letters in the middle of the signature.
local function forged(token)
  return token:sub(1, -201) .. string.format("%016d", sent) .. token:sub(-184)
end

function request()
  -- Before it begins, wrk asks once, to look at what it gets.
  if not asked then
    asked = true
    return format(os.getenv("LOAD_USE"))
  end
  local index = sent % count + 1
  sent = sent + 1
  if use == "ONCE" and sent >= count then
    finished = now()
    wrk.thread:stop()
  end
  return use == "FORGE" and format(forged(requests[index])) or requests[index]
end

if rate > 0 then
  function delay()
    due = due - math.log(1 - math.random()) / rate
    return math.max(0, math.floor((due - now()) * 1000 + 0.5))
  end
end

function done(summary, latency, all)
  local micros = summary.duration
  if only:get("finished") > 0 then
    micros = (only:get("finished") - only:get("started")) * 1e6
  end
  local errors = summary.errors
  io.write(string.format('load {"requests":%d,"failed":%d,"micros":%d,"p50":%d,"p99":%d}\n', summary.requests,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout, micros, latency:percentile(50),
    latency:percentile(99)))
end
