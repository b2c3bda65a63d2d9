-- Adds entries to the stream, which lives as long as the longest of them.
-- KEYS: stream, epoch   ARGV: random text, until in ms, entries
redis.call('SET', KEYS[2], ARGV[1], 'NX')
for i = 3, #ARGV do
  redis.call('XADD', KEYS[1], '*', 'e', ARGV[i])
end
local left = tonumber(ARGV[2]) - redis.call('TIME')[1] * 1000
if redis.call('PTTL', KEYS[1]) < left then
  redis.call('PEXPIRE', KEYS[1], left)
end
return 1
