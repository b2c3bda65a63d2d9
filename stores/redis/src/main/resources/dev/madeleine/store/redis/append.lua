-- Adds entries to the stream, which lives as long as the longest of them.
-- KEYS: stream, epoch   ARGV: random text, until in ms, entries
redis.call('SET', KEYS[2], ARGV[1], 'NX')
for i = 3, #ARGV do
  redis.call('XADD', KEYS[1], '*', 'e', ARGV[i])
end
for _, key in ipairs(KEYS) do
  local time = redis.call('TIME')
  local left = tonumber(ARGV[2]) - time[1] * 1000
  if redis.call('PTTL', key) < left then
    redis.call('PEXPIRE', key, left)
  end
end
return 1
