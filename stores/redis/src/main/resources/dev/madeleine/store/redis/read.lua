-- What has come since a position: { epoch, time, restarted, id, more, entries }.
-- KEYS: stream, epoch, packs, id up to which the packs go   ARGV: random text, epoch known, id known, most entries
local function before(a, b)
  local am, as = string.match(a, '(%d+)-(%d+)')
  local bm, bs = string.match(b, '(%d+)-(%d+)')
  am, as, bm, bs = tonumber(am), tonumber(as), tonumber(bm), tonumber(bs)
  return am < bm or (am == bm and as < bs)
end

redis.call('SET', KEYS[2], ARGV[1], 'NX')
local epoch = redis.call('GET', KEYS[2])
local last = ARGV[3] -- A stream that is not there has expired: what was lost lacks the epoch, too.
if redis.call('EXISTS', KEYS[1]) == 1 then
  local info = redis.call('XINFO', 'STREAM', KEYS[1])
  for i = 1, #info, 2 do
    if info[i] == 'last-generated-id' then
      last = info[i + 1]
    end
  end
end
local packed = redis.call('GET', KEYS[4]) or '0-0'
local id = ARGV[3]
local restarted = 0
if ARGV[2] ~= '' and (ARGV[2] ~= epoch or before(last, id)) then
  restarted = 1
  id = '0-0'
end
local entries = {}
if before(id, packed) then
  entries = redis.call('LRANGE', KEYS[3], 0, -1)
  id = packed
end
local more = 0
local most = tonumber(ARGV[4])
if before(id, last) then
  local found = redis.call('XRANGE', KEYS[1], '(' .. id, '+', 'COUNT', most)
  for _, entry in ipairs(found) do
    id = entry[1]
    entries[#entries + 1] = entry[2][2]
  end
  if #found == most then
    more = 1
  end
end
return { epoch, redis.call('TIME'), restarted, id, more, entries }
