// The native format of Madeleine, version 2, written from ../formats.md alone and in its order. Node 20, no packages.
//
//   const secret = randomBytes(32);
//   const session = { id: randomBytes(16).toString('hex'), created: Date.now(), refreshed: Date.now(), maxIdle: 1800,
//                     attributes: { user: 'marcel', views: 1n } };
//   const token = encode(session, { secret, algorithm: 'XAES-256-GCM', cookie: '__Host-session' });
//   const again = decode(token, { secrets: [secret], algorithm: 'XAES-256-GCM', cookie: '__Host-session' });
//
// A session has these members. Hashes and ids are hex, times are milliseconds since 1970, maxIdle is in seconds.
//
//   id, created, refreshed, maxIdle, attributes
//   subject       { hash, generation }, or null. subjectHash(name) makes a hash of a name
//   keys          hashes, in any order. keyHash(word) makes one of a word
//   remembered    true, if the cookie has a Max-Age
//   beside        true, if another framework's cookie was written together with this one
//
// Options of both sides: algorithm, purpose ('session'), cookie (its name, or the header's), audience (''), limit (in
// characters, 4096). A writer has one secret, and may have deflated, padTo (a multiple) and nonce; a reader has secrets.
// Whatever a reader refuses is a Rejected with a reason.
//
// Not here: AES-256-GCM-SIV, which node:crypto does not have; the serializer cbor; and what a reader decides about an
// authentic session, which is its times, condition and revocation.

import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parse, Rejected, stringify, unreadable } from './json.mjs';

export { parse, Rejected, stringify, unreadable };

const VERSION = 2, PREFIX = 6, MAC = 32, TAG = 16;
const SUBJECT = 0x0001, DEFLATED = 0x0002, REMEMBERED = 0x0004, PADDED = 0x0008, BESIDE = 0x0010, KEYS = 0x0700;
const MAX_INFLATED = 16_384, MAX_RATIO = 100, MAX_SECONDS = 400 * 24 * 60 * 60;
const NO_ID = '00'.repeat(16);

function require(condition, reason) {
  if (!condition) throw new Rejected(reason);
}

const hex = (bytes) => bytes.toString('hex');
const utf8 = (text) => Buffer.from(text, 'utf8');
const sha256 = (text) => createHash('sha256').update(utf8(text)).digest();
const hmac = (key, ...data) => createHmac('sha256', key).update(Buffer.concat(data)).digest();

// ---- Keys ----

/** HKDF of RFC 5869. One block of 32 bytes is enough for all that is expanded here. */
export const extract = (secret) => hmac(utf8('madeleine/v1'), secret);
const expand = (secret, info, length) => hmac(extract(secret), info, Buffer.of(1)).subarray(0, length);

export const keyId = (secret) => hex(expand(secret, utf8('kid'), 4));

export function subkey(secret, { algorithm, serializer = 'json', purpose = 'session', cookie, audience = '' }) {
  const fields = ['madeleine', String(VERSION), algorithm, serializer, purpose, cookie, audience].map(utf8);
  return expand(secret, Buffer.concat(fields.flatMap((field) => [uint(field.length, 4), field])), 32);
}

export const subjectHash = (name) => hex(sha256('madeleine/subject:' + name).subarray(0, 8));
export const keyHash = (word) => hex(sha256('madeleine/key:' + word).subarray(0, 9));

// ---- Text: canonical base64url ----

export function fromBase64url(text) {
  const bytes = Buffer.from(text, 'base64url'); // lenient, so the way back tells
  require(bytes.toString('base64url') === text, 'not canonical base64url');
  return bytes;
}

// ---- Seal ----

/** For each encryption, which cipher of node:crypto it is in the end, with which key and nonce of 12 bytes. */
const ENCRYPTIONS = {
  'XAES-256-GCM': (key, nonce) => ['aes-256-gcm', xaesKey(key, nonce.subarray(0, 12)), nonce.subarray(12)],
  'XChaCha20-Poly1305': (key, nonce) =>
    ['chacha20-poly1305', hchacha20(key, nonce.subarray(0, 16)), Buffer.concat([uint(0, 4), nonce.subarray(16)])],
};
const NONCE = 24; // for both

const isSigned = (algorithm) => algorithm === 'HMAC-SHA-256';

function encryption(algorithm) {
  if (Object.hasOwn(ENCRYPTIONS, algorithm)) return ENCRYPTIONS[algorithm];
  throw new Error(algorithm === 'AES-256-GCM-SIV' ? 'node:crypto has no AES-256-GCM-SIV' : `unknown: ${algorithm}`);
}

/** C2SP.org/XAES-256-GCM: two blocks of CMAC over a counter, "X", 0 and the first half of the nonce. */
function xaesKey(key, half) {
  const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const l = BigInt('0x' + hex(cipher.update(Buffer.alloc(16))));
  const k1 = BigInt.asUintN(128, l << 1n) ^ (l >> 127n ? 0x87n : 0n);
  const block = (counter) => {
    const m = BigInt('0x' + hex(Buffer.concat([Buffer.of(0, counter, 0x58, 0), half])));
    return cipher.update(Buffer.from((m ^ k1).toString(16).padStart(32, '0'), 'hex'));
  };
  return Buffer.concat([block(1), block(2)]);
}

/** draft-irtf-cfrg-xchacha-03, section 2.2: the rounds of ChaCha20, and the first and last row of the state. */
function hchacha20(key, nonce) {
  const s = new Uint32Array(16);
  Buffer.concat([utf8('expand 32-byte k'), key, nonce]).forEach((byte, i) => { s[i >> 2] |= byte << 8 * (i & 3); });
  const add = (a, b, c, bits) => { // one step of a quarter round
    s[a] += s[b];
    const x = s[c] ^ s[a];
    s[c] = x << bits | x >>> 32 - bits;
  };
  const quarter = (a, b, c, d) => { add(a, b, d, 16); add(c, d, b, 12); add(a, b, d, 8); add(c, d, b, 7); };
  for (let round = 0; round < 10; round++) {
    for (let i = 0; i < 4; i++) quarter(i, 4 + i, 8 + i, 12 + i);
    for (let i = 0; i < 4; i++) quarter(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4);
  }
  const result = Buffer.alloc(32);
  [0, 1, 2, 3, 12, 13, 14, 15].forEach((word, i) => result.writeUInt32LE(s[word], 4 * i));
  return result;
}

/** The token over metadata, payload and padding. */
export function seal(plaintext, { secret, nonce = randomBytes(NONCE), limit = 4096, ...context }) {
  const { algorithm } = context;
  const key = subkey(secret, context);
  const prefix = Buffer.concat([Buffer.of(VERSION, isSigned(algorithm) ? 0 : 1), Buffer.from(keyId(secret), 'hex')]);
  let token;
  if (isSigned(algorithm)) {
    token = [prefix, plaintext, hmac(key, prefix, plaintext)];
  } else {
    const cipher = createCipheriv(...encryption(algorithm)(key, nonce), { authTagLength: TAG }).setAAD(prefix);
    token = [prefix, nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()];
  }
  const text = Buffer.concat(token).toString('base64url');
  require(text.length <= limit, 'too long');
  return text;
}

/** Metadata, payload and padding of an authentic token. */
export function open(text, { secrets, limit = 4096, ...context }) {
  const { algorithm } = context;
  require(text.length <= limit, 'too long');
  const token = fromBase64url(text);
  require(token[0] === VERSION, 'version');
  require(token[1] === (isSigned(algorithm) ? 0 : 1), 'form');
  require(token.length >= PREFIX + (isSigned(algorithm) ? MAC : NONCE + TAG), 'too short');
  const prefix = token.subarray(0, PREFIX);
  const secret = secrets.find((candidate) => keyId(candidate) === hex(prefix.subarray(2)));
  require(secret, 'unknown key');
  const key = subkey(secret, context);
  if (isSigned(algorithm)) {
    const plaintext = token.subarray(PREFIX, -MAC);
    require(timingSafeEqual(token.subarray(-MAC), hmac(key, prefix, plaintext)), 'seal');
    return plaintext;
  }
  const nonce = token.subarray(PREFIX, PREFIX + NONCE);
  const decipher = createDecipheriv(...encryption(algorithm)(key, nonce), { authTagLength: TAG });
  decipher.setAAD(prefix).setAuthTag(token.subarray(-TAG));
  const plaintext = decipher.update(token.subarray(PREFIX + NONCE, -TAG));
  try {
    decipher.final();
  } catch {
    throw new Rejected('seal');
  }
  return plaintext;
}

// ---- Metadata ----

function uint(value, length) {
  const bytes = Buffer.alloc(length);
  require(Number.isSafeInteger(value) && value >= 0 && value < 2 ** (8 * length), 'number out of range');
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

function hash(value, length) {
  const bytes = Buffer.from(value, 'hex');
  require(bytes.length === length && hex(bytes) === value, `not ${length} bytes in hex`);
  return bytes;
}

function packMetadata(session, writersFlags) {
  const { id, created, refreshed, maxIdle, subject, keys = [], remembered, beside } = session;
  require(refreshed - created <= MAX_SECONDS * 1000 && maxIdle <= MAX_SECONDS, 'more than 400 days');
  require(keys.length <= 4 && new Set(keys).size === keys.length, 'more than four keys, or two equal ones');
  const flags = writersFlags | keys.length << 8
      | (subject ? SUBJECT : 0) | (remembered ? REMEMBERED : 0) | (beside ? BESIDE : 0);
  return Buffer.concat([
    uint(flags, 2), hash(id, 16), uint(created, 6), uint(refreshed - created, 5), uint(maxIdle, 4),
    ...subject ? [hash(subject.hash, 8), uint(subject.generation, 4)] : [],
    ...keys.map((key) => hash(key, 9)).sort(Buffer.compare),
  ]);
}

function unpackMetadata(plaintext, mayBePadded) {
  let at = 0;
  const take = (length) => {
    require(at + length <= plaintext.length, 'metadata cut off');
    return plaintext.subarray(at, at += length);
  };
  const number = (length) => take(length).readUIntBE(0, length);
  const flags = number(2), count = (flags & KEYS) >> 8;
  require(!(flags & ~(SUBJECT | DEFLATED | REMEMBERED | PADDED | BESIDE | KEYS)) && count <= 4, 'unknown flags');
  require(mayBePadded || !(flags & PADDED), 'padded without encryption');
  const id = hex(take(16)), created = number(6), refreshed = created + number(5), maxIdle = number(4);
  const subject = flags & SUBJECT ? { hash: hex(take(8)), generation: number(4) } : null;
  const keys = Array.from({ length: count }, () => hex(take(9)));
  require(keys.every((key, i) => i === 0 || keys[i - 1] < key), 'keys are not in order');
  const session = { id, created, refreshed, maxIdle, subject, keys,
    remembered: Boolean(flags & REMEMBERED), beside: Boolean(flags & BESIDE) };
  return { flags, session, rest: plaintext.subarray(at) };
}

// ---- Payload ----

function deflate(bytes) {
  const whole = deflateRawSync(bytes, { level: 9 });
  if (bytes.length <= MAX_RATIO * whole.length) return whole;
  const pieces = []; // it shrinks too well. Pieces without a view of each other, with empty stored blocks between them
  for (let at = 0; at < bytes.length; at += 256) {
    const last = at + 256 >= bytes.length;
    pieces.push(deflateRawSync(bytes.subarray(at, at + 256),
        { finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH }));
  }
  return Buffer.concat(pieces);
}

function inflate(bytes) {
  let result;
  try {
    result = inflateRawSync(bytes, { maxOutputLength: MAX_INFLATED, info: true });
  } catch {
    throw new Rejected('deflated: no end, too much, or not readable');
  }
  require(result.engine.bytesWritten === bytes.length, 'deflated: bytes behind the end'); // "written" into the inflater
  require(result.buffer.length >= 1, 'deflated: nothing in it');
  require(result.buffer.length <= MAX_RATIO * bytes.length, 'deflated: more than a hundredfold');
  return result.buffer;
}

/** One byte 80 and zeros, up to a multiple, or to what the token can hold; nothing, if that is nothing. */
function padding(length, multiple, limit) {
  const room = Math.floor(limit * 3 / 4) - PREFIX - NONCE - TAG - length;
  const bytes = Buffer.alloc(Math.max(0, Math.min(multiple - length % multiple, room)));
  return bytes.fill(0x80, 0, 1);
}

function withoutPadding(bytes) {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  require(end > 0 && bytes[end - 1] === 0x80, 'padding');
  return bytes.subarray(0, end - 1);
}

// ---- Sessions ----

export function encode(session, { deflated = false, padTo = 0, ...options }) {
  require(!/^(value|blob):/.test(options.purpose), 'this purpose is taken');
  return encodeAny(session, { deflated, padTo, ...options });
}

function encodeAny(session, { deflated = false, padTo = 0, ...options }) {
  const serialized = utf8(stringify(session.attributes));
  require(!deflated || serialized.length <= MAX_INFLATED, 'too much to deflate');
  require(!padTo || !isSigned(options.algorithm), 'padded without encryption');
  const payload = deflated ? deflate(serialized) : serialized;
  const length = packMetadata(session, 0).length + payload.length;
  const zeros = padTo ? padding(length, padTo, options.limit ?? 4096) : Buffer.alloc(0);
  const metadata = packMetadata(session, (deflated ? DEFLATED : 0) | (zeros.length ? PADDED : 0));
  return seal(Buffer.concat([metadata, payload, zeros]), options);
}

/** The session, and in unreadable the names of attributes with a tag of a later release. */
export function decode(text, options) {
  const { flags, session, rest } = unpackMetadata(open(text, options), !isSigned(options.algorithm));
  const payload = flags & PADDED ? withoutPadding(rest) : rest;
  const attributes = parse(flags & DEFLATED ? inflate(payload) : payload);
  return { ...session, attributes, unreadable: unreadable(attributes) };
}

// ---- Single values and texts ----

const single = (kind, { purpose = 'session', cookie, ...options }) =>
  ({ ...options, purpose: `${kind}:${purpose}`, cookie: kind === 'blob' ? '' : cookie });

function encodeSingle(kind, { name, value, created }, options) {
  const session = { id: NO_ID, created, refreshed: created, maxIdle: 0, attributes: new Map([[name, value]]) };
  return encodeAny(session, single(kind, options));
}

function decodeSingle(kind, text, options) {
  const session = decode(text, single(kind, options));
  const { id, created, refreshed, maxIdle, subject, keys, remembered, beside, attributes } = session;
  require(id === NO_ID && refreshed === created && maxIdle === 0 && !subject && keys.length === 0 && !remembered
      && !beside, 'not the metadata of a single value');
  require(attributes.size === 1, 'not one attribute');
  require(session.unreadable.length === 0, 'a tag of a later release');
  const [[name, value]] = attributes;
  return { name, value, created };
}

/** Of { name, value, created }, bound to a cookie. Its purpose is that of the encoder, without `value:`. */
export const encodeValue = (value, options) => encodeSingle('value', value, options);
export const decodeValue = (text, options) => decodeSingle('value', text, options);

/** The same without a cookie. */
export const encodeText = (value, options) => encodeSingle('blob', value, options);
export const decodeText = (text, options) => decodeSingle('blob', text, options);

// ---- Several cookies ----

const COOKIE = 4096, PARTS = 18;

/** Pairs of name and value. */
export function split(name, text, limit = 6000) {
  if (!text.startsWith('~') && name.length + text.length <= COOKIE) return [[name, text]];
  const digest = sha256(text).subarray(0, 6).toString('base64url');
  const length = COOKIE - `${name}.${PARTS}~${PARTS}.${digest}.`.length;
  const parts = text.match(new RegExp(`[^]{1,${length}}`, 'g'));
  const cookies = parts.map((part, i) => [i ? `${name}.${i}` : name, `~${parts.length}.${digest}.${part}`]);
  require(parts.length <= PARTS && cookies.flat().join('').length <= limit, 'too long');
  return cookies;
}

/**
 * The texts in the pairs of a request, in their order: one, unless a browser sends several cookies of the name, which
 * have other paths or domains.
 */
export function join(name, cookies) {
  const values = (wanted) => cookies.filter(([other, value]) => other === wanted && value).map(([, value]) => value);
  const firsts = values(name);
  const texts = firsts.map((first) => {
    if (!first.startsWith('~')) return first;
    const [prefix, count, digest] = /^~([1-9]|1[0-8])\.([A-Za-z0-9_-]{8})\./.exec(first) ?? [];
    if (!prefix) return undefined;
    const rest = Array.from({ length: count - 1 }, (_, i) =>
      values(`${name}.${i + 1}`).find((value) => value.startsWith(prefix)));
    if (rest.includes(undefined)) return undefined;
    const text = [first, ...rest].map((part) => part.slice(prefix.length)).join('');
    return sha256(text).subarray(0, 6).toString('base64url') === digest ? text : undefined;
  }).filter((text) => text !== undefined);
  require(texts.length > 0 || firsts.length === 0, 'INCOMPLETE');
  return [...new Set(texts)];
}

// ---- node madeleine.mjs batch: a line of JSON in, a line of JSON out ----

const withBytes = ({ secret, secrets, nonce, ...options }) => ({
  ...options,
  ...secret && { secret: Buffer.from(secret, 'hex') },
  ...secrets && { secrets: secrets.map((one) => Buffer.from(one, 'hex')) },
  ...nonce && { nonce: Buffer.from(nonce, 'hex') },
});

/** Attributes are JSON within JSON here, as a string, so that nothing is lost on the way. */
const OPERATIONS = {
  encode: ({ session, options }) => encode({ ...session, attributes: parse(session.attributes) }, withBytes(options)),
  decode: ({ text, options }) => {
    const session = decode(text, withBytes(options));
    return { ...session, attributes: readable(session.attributes) };
  },
  encodeValue: ({ value, options }) => encodeValue(fromJson(value), withBytes(options)),
  decodeValue: ({ text, options }) => toJson(decodeValue(text, withBytes(options))),
  encodeText: ({ value, options }) => encodeText(fromJson(value), withBytes(options)),
  decodeText: ({ text, options }) => toJson(decodeText(text, withBytes(options))),
  seal: ({ plaintext, options }) => seal(Buffer.from(plaintext, 'hex'), withBytes(options)),
  open: ({ text, options }) => hex(open(text, withBytes(options))),
  json: ({ json }) => readable(parse(Buffer.from(json, 'hex'))),
  split: ({ name, text, limit }) => split(name, text, limit),
  join: ({ name, cookies }) => join(name, cookies),
};

const readable = (attributes) => {
  const left = unreadable(attributes);
  return stringify(new Map([...attributes].filter(([name]) => !left.includes(name))));
};
const fromJson = ({ created, attribute }) => {
  const [[name, value]] = parse(attribute);
  return { name, value, created };
};
const toJson = ({ name, value, created }) => ({ created, attribute: stringify(new Map([[name, value]])) });

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'batch') {
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    let answer;
    try {
      answer = { result: OPERATIONS[request.op](request) };
    } catch (e) {
      answer = e instanceof Rejected ? { rejected: e.reason } : { error: String(e.stack) };
    }
    process.stdout.write(JSON.stringify(answer) + '\n');
  }
}
