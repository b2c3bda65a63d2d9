-- Puts packs in the place of all entries up to an id.
-- KEYS: stream, packs, id up to which the packs go   ARGV: id, the one behind it, until in ms, packs
redis.call('DEL', KEYS[2])
for i = 4, #ARGV do
  redis.call('RPUSH', KEYS[2], ARGV[i])
end
redis.call('SET', KEYS[3], ARGV[1])
if #ARGV >= 4 then
  redis.call('PEXPIREAT', KEYS[2], ARGV[3])
end
redis.call('PEXPIREAT', KEYS[3], ARGV[3])
redis.call('XTRIM', KEYS[1], 'MINID', ARGV[2])
return 1
