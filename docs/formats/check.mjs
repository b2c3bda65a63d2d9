// Checks every example of ../formats.md with the implementation beside it: node docs/formats/check.mjs

import { readFileSync } from 'node:fs';
import { decode, encode, extract, keyHash, keyId, open, parse, Rejected, seal, stringify, subjectHash, subkey }
  from './madeleine.mjs';

const lines = readFileSync(new URL('../formats.md', import.meta.url), 'utf8').split('\n');
let passed = 0, failed = 0;
const skipped = [];

function check(what, line, condition) {
  let good = false, because = '';
  try {
    good = condition();
  } catch (e) {
    because = `: ${e.message}`;
  }
  if (good) passed++; else failed++;
  if (!good) console.log(`formats.md:${line + 1}: ${what}${because}`);
}

const rejects = (json) => {
  try {
    parse(json);
  } catch (e) {
    if (e instanceof Rejected) return true;
    throw e;
  }
  return false;
};

// ---- Tokens: the lines of a block are a word and what it is worth ----

const ALGORITHM = /^(HMAC-SHA-256|XAES-256-GCM|XChaCha20-Poly1305|AES-256-GCM-SIV)(?: again.*)?$/;
const FIELD = /^(secret|PRK|key id|subkey|header|payload|plaintext|token) {2,}(?!=)(\S+)/;
const COUNTED = Buffer.from(Array.from({ length: 24 }, (_, i) => i)); // the nonce of the examples

// What the text says about the sessions of the examples.
const BARE = { created: Date.parse('2023-11-14T22:13:20.123Z'), refreshed: Date.parse('2023-11-14T22:14:20.456Z'),
  maxIdle: 30 * 60, subject: null, keys: [], remembered: false, beside: false };
const FULL = { ...BARE, subject: { hash: subjectHash('marcel'), generation: 7 }, remembered: true,
  keys: ['tenant:combray', 'sid:4711'].map(keyHash).sort() };
const USER = '{"user":"marcel","views":1}', SHRUNK = 'madeleine '.repeat(20);

const context = { algorithm: 'HMAC-SHA-256', cookie: '__Host-session' };
let secret, block = {};

function checkField(name, value, line) {
  block[name] = value;
  const { algorithm } = context;
  if (name === 'secret') secret = Buffer.from(value, 'hex');
  if (name === 'PRK') check('PRK', line, () => extract(secret).toString('hex') === value);
  if (name === 'key id') check('key id', line, () => keyId(secret) === value);
  if (name === 'subkey') check('subkey', line, () => subkey(secret, context).toString('hex') === value);
  if (name !== 'token') return;
  if (algorithm === 'AES-256-GCM-SIV') {
    skipped.push(`formats.md:${line + 1}: node:crypto has no ${algorithm}`);
    return;
  }
  const read = () => open(value, { ...context, secrets: [secret] });
  const { header, plaintext, payload } = block;
  if (plaintext) check('plaintext', line, () => read().toString('hex') === plaintext);
  if (header) {
    const bytes = Buffer.from(value, 'base64url').toString('hex');
    check('header', line, () => bytes.startsWith(header));
    const text = payload?.startsWith('{') ? Buffer.from(payload).toString('hex') : payload;
    if (payload) check('payload', line, () => bytes.slice(header.length, -64) === text);
  }
  check('token, sealed', line, () => seal(read(), { ...context, secret, nonce: COUNTED }) === value);
  check('token, decoded', line, () => {
    const { id, attributes, unreadable, ...session } = decode(value, { ...context, secrets: [secret] });
    const texts = [...attributes.values()];
    return id === '00112233445566778899aabbccddeeff' && unreadable.length === 0
        && (stringify(attributes) === USER || texts.includes(SHRUNK))
        && [BARE, FULL, { ...FULL, beside: true }].some((one) => JSON.stringify(one) === JSON.stringify(session));
  });
  check('token, encoded', line, () => {
    const session = decode(value, { ...context, secrets: [secret] });
    const options = { ...context, secret, nonce: COUNTED, padTo: plaintext ? 64 : 0 };
    if (stringify(session.attributes) === USER) return encode(session, options) === value;
    const ours = encode(session, { ...options, deflated: true }); // another deflate may write another stream
    return JSON.stringify(decode(ours, { ...context, secrets: [secret] })) === JSON.stringify(session);
  });
}

// ---- Attributes: whatever stands in backticks and looks like JSON ----

let section = '';

function checkJson(text, line) {
  const refused = section === 'What is refused';
  if (/^\{".*\}$/.test(text) && !/[…]/.test(text)) {
    const attribute = `{"a":${text}}`;
    if (refused) check(`${text} is refused`, line, () => rejects(attribute));
    else check(text, line, () => stringify(parse(attribute)) === attribute);
  } else if (/^-?[0-9]+(\.[0-9]+(E-?[0-9]+)?|[eE]-?[0-9]+)$/.test(text) || text === '-0') {
    const attribute = `{"a":${text}}`;
    if (refused) check(`${text} is refused`, line, () => rejects(attribute));
    else if (section === 'What is taken though it is not canonical') {
      check(`${text} is taken`, line, () => stringify(parse(attribute)) !== attribute);
    } else check(text, line, () => stringify(parse(attribute)) === attribute);
  } else if (refused && /^~/.test(text)) {
    check(`${text} is refused`, line, () => text === '~own' || rejects(`{"a":{"${text}":"5"}}`));
  }
}

let fenced = false, cbor = false;
for (const [at, line] of lines.entries()) {
  if (line.startsWith('```')) {
    fenced = !fenced;
    block = {};
  } else if (line.startsWith('#') && !fenced) {
    section = line.replace(/^#+ /, '');
    cbor ||= section.includes('CBOR');
  } else if (ALGORITHM.test(line) || line.startsWith('XAES-256-GCM again')) {
    context.algorithm = /^[^ ]+/.exec(line)[0];
  } else if (fenced) {
    block = line === '' ? {} : block;
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name) checkField(name, value, at);
  } else {
    for (const [, text] of line.matchAll(/`([^`]+)`/g)) if (!cbor) checkJson(text, at);
  }
}

for (const reason of skipped) console.log(`skipped: ${reason}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed < 50 ? 1 : 0;
