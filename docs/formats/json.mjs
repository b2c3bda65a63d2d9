// The attributes as JSON: reading, writing, and everything that is refused. See "Attributes as JSON" in ../formats.md.
//
// JavaScript has one kind of number where the format has two, and moves names such as "1" to the front of an object.
// So a value is here
//
//   null, true, false, string   as they are
//   bigint                      an integer: Integer and Long of Java
//   number                      a fraction: Double of Java, also if it is whole; 1 is written as 1.0
//   array                       a List
//   Map                         a Map. A value with a tag stays one too: {"~long":"5"} is new Map([['~long', '5']])
//
// write() takes plain objects as well.

export class Rejected extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

function require(condition, reason) {
  if (!condition) throw new Rejected(reason);
}

// ---- Reading: the grammar of RFC 8259, names, limits, and the tags after that ----

const DEPTH = 16, NAME = 128, NAMES = 512, VALUES = 1000, NUMBER = 32;
const HALF = /\p{Surrogate}/u; // with u, a pair is one character
const WORDS = new Map([['true', true], ['false', false], ['null', null]]);
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads bytes or a string; returns the Map of the attributes. */
export function parse(json) {
  let text;
  try {
    text = typeof json === 'string' ? json : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(json);
  } catch {
    throw new Rejected('json: not UTF-8');
  }
  let at = 0, names = 0, values = 0;

  function token(regex) { // regex is sticky
    regex.lastIndex = at;
    const match = regex.exec(text);
    if (match) at = regex.lastIndex;
    return match?.[0];
  }
  const space = () => token(/[ \t\n\r]*/y);
  function expect(characters) {
    space();
    require(at < text.length && characters.includes(text[at]), 'json: grammar');
    return text[at++];
  }

  function value(depth) {
    require(++values <= VALUES, 'json: too many values');
    space();
    if (text[at] === '{' || text[at] === '[') {
      require(depth < DEPTH, 'json: too deep');
      return text[at] === '{' ? object(depth + 1) : array(depth + 1);
    }
    if (text[at] === '"') return string();
    const word = token(/true|false|null/y);
    return word ? WORDS.get(word) : number();
  }

  function object(depth) {
    const result = new Map();
    expect('{');
    space();
    if (text[at] === '}') return at++, result;
    do {
      space();
      require(text[at] === '"', 'json: grammar');
      const name = string();
      require(name.length <= NAME, 'json: name too long');
      require(!HALF.test(name), 'json: half a character in a name');
      require(!result.has(name), 'json: duplicate name');
      require(++names <= NAMES, 'json: too many names');
      expect(':');
      result.set(name, value(depth));
    } while (expect(',}') === ',');
    return result;
  }

  function array(depth) {
    const result = [];
    expect('[');
    space();
    if (text[at] === ']') return at++, result;
    do result.push(value(depth)); while (expect(',]') === ',');
    return result;
  }

  function string() {
    const quoted = token(/"(?:[^"\\\u0000-\u001f]|\\["\\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y);
    require(quoted !== undefined, 'json: grammar');
    return quoted.slice(1, -1).replace(/\\(?:u(....)|(.))/g,
        (_, hex, letter) => hex ? String.fromCharCode(parseInt(hex, 16)) : ESCAPES[letter]);
  }

  function number() {
    const digits = token(/-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y);
    require(digits !== undefined, 'json: grammar');
    require(digits.length <= NUMBER, 'json: number too long');
    if (/[.eE]/.test(digits)) {
      require(Number.isFinite(Number(digits)), 'json: number beyond a double');
      return Number(digits);
    }
    require(digits !== '-0', 'json: -0');
    require(BigInt.asIntN(64, BigInt(digits)) === BigInt(digits), 'json: integer beyond 64 bits');
    return BigInt(digits);
  }

  space();
  require(text[at] === '{', 'json: the root is no object');
  const root = value(0);
  space();
  require(at === text.length, 'json: something stands behind the root');
  for (const attribute of root.values()) checkTags(attribute, true);
  return root;
}

// ---- Tags: an object whose first name begins with ~ ----

const isText = (value) => typeof value === 'string';
const isMap = (value) => value instanceof Map;
const firstName = (value) => isMap(value) ? value.keys().next().value : undefined;
const tagOf = (value) => firstName(value)?.startsWith('~') ? firstName(value) : undefined;
const LISTS = ['~set', '~treeset', '~linkedlist', '~vector', '~stack', '~copyonwritelist'];
const MAPS = ['~treemap', '~concurrentmap', '~hashtable'];
const SETS = ['~set', '~treeset'];
const known = ['~', '~own', ...LISTS, ...MAPS];
/** A tag of a later release, or the word of a converter, of which there are none here. */
const isLater = (tag) => tag !== undefined && !known.includes(tag) && !Object.hasOwn(TEXTS, tag);

/** Refuses what breaks the rules of tags. What stands in ~own is plain JSON, without tags. */
function checkTags(value, wholeAttribute) {
  const tag = tagOf(value);
  if (tag === undefined) {
    for (const inner of isMap(value) || Array.isArray(value) ? value.values() : []) checkTags(inner, false);
    return;
  }
  require(value.size === 1, 'tag: a second member');
  const content = value.get(tag);
  if (tag === '~own') {
    require(wholeAttribute, 'tag: ~own within a value');
  } else if (tag === '~') {
    require(tagOf(content) !== undefined, 'tag: an escape that is not needed');
    for (const inner of content.values()) checkTags(inner, false);
  } else if (LISTS.includes(tag)) {
    require(Array.isArray(content), 'tag: another value');
    checkTags(content, false);
    if (SETS.includes(tag)) {
      require(!hasBytes(content), 'tag: bytes in a set');
      require(new Set(content.map(equality)).size === content.length, 'tag: equal elements');
    }
    require(tag !== '~treeset' || isAscending(content.map(ordered)), 'tag: elements out of order');
  } else if (MAPS.includes(tag)) {
    const map = tagOf(content) === '~' ? content.get('~') : content;
    require(isMap(map) && (map !== content || tagOf(content) === undefined), 'tag: another value');
    checkTags(content, false);
    require(isAscending([...map.keys()]), 'tag: names out of order');
    require(tag === '~treemap' || [...map.values()].every((inner) => inner !== null), 'tag: null in a map');
  } else if (Object.hasOwn(TEXTS, tag)) {
    require(isText(content), 'tag: another value');
    require(TEXTS[tag](content), `tag: not the text of a ${tag}`);
  } else {
    require(/^~[a-z][a-z0-9-]{0,31}$/.test(tag), 'tag: no tag of a later release');
    checkTags(content, false);
  }
}

/** What an element of a ~treeset is compared as. */
function ordered(element) {
  const isLong = tagOf(element) === '~long';
  const value = isLong ? BigInt(element.get('~long')) : element;
  require(isText(value) || typeof value === 'bigint', 'tag: an element without an order');
  const type = isText(value) ? 'text' : isLong || BigInt.asIntN(32, value) !== value ? 'long' : 'int';
  return { type, value };
}

/** Whether names, or elements of one type, ascend. */
function isAscending(values) {
  const parts = values.map((value) => isText(value) ? { type: 'text', value } : value);
  return parts.every(({ type, value }, i) => i === 0 || parts[i - 1].type === type && parts[i - 1].value < value);
}

/** Whether there are bytes, but for those in a tag of a later release, about which nothing is known. */
function hasBytes(value) {
  const tag = tagOf(value);
  if (tag === '~bytes' || isLater(tag)) return tag === '~bytes';
  const inner = tag === '~' ? value.get('~') : value;
  return (isMap(inner) || Array.isArray(inner)) && [...inner.values()].some(hasBytes);
}

/**
 * Equal texts for equal elements: maps and sets are equal in any order, and a tag of a later release equals nothing.
 * URIs are compared as they stand here.
 */
function equality(value) {
  if (Array.isArray(value)) return `[${value.map(equality)}]`;
  if (!isMap(value)) return write(value);
  const tag = tagOf(value);
  if (isLater(tag)) return `later(${unique++})`;
  if (SETS.includes(tag)) return `set(${value.get(tag).map(equality).sort()})`;
  if (LISTS.includes(tag) || MAPS.includes(tag)) return equality(value.get(tag)); // The class does not matter.
  if (tag !== undefined && tag !== '~') return write(value);
  const members = [...tag === '~' ? value.get('~') : value];
  return `map(${members.map(([name, inner]) => `${write(name)}:${equality(inner)}`).sort()})`;
}
let unique = 0;

/** The names of the attributes that a reader leaves out, since they hold a tag of a later release. */
export function unreadable(attributes) {
  const later = (value) => {
    const tag = tagOf(value);
    if (tag === '~own') return false;
    if (tag === '~') return [...value.get('~').values()].some(later);
    if (isLater(tag)) return true;
    return (isMap(value) || Array.isArray(value)) && [...value.values()].some(later);
  };
  return [...attributes].filter(([, value]) => later(value)).map(([name]) => name);
}

const matches = (...parts) => {
  const regex = new RegExp(`^(?:${parts.join('')})$`);
  return (text) => regex.test(text);
};
const isInt = matches('0|-?[1-9][0-9]*');
const signed = (bits) => (text) => isInt(text) && BigInt.asIntN(bits, BigInt(text)) === BigInt(text);
const within = (max) => (text) => isInt(text) && BigInt(text) >= -max && BigInt(text) <= max;

const YEAR = '(?:[0-9]{4}|\\+[1-9][0-9]{4,8}|-(?!0000)[0-9]{4}|-[1-9][0-9]{4,8})';
const DATE = `${YEAR}-[0-9]{2}-[0-9]{2}`;
const MINUTE = '(?:[01][0-9]|2[0-3]):[0-5][0-9]';
const DECIMALS = '(?:\\.(?:[0-9]{3}){0,2}(?!000)[0-9]{3})';
const TIME = `${MINUTE}(?::[0-5][0-9]${DECIMALS}|:(?!00)[0-5][0-9])?`;
const OFFSET = '(?:Z|[+-](?!00:00(?!:))(?:(?:0[0-9]|1[0-7]):[0-5][0-9](?::(?!00)[0-5][0-9])?|18:00))';

/** The days of the month, 400 years being a cycle of the calendar. */
function isDate(text) {
  const [, year, month, day] = /^(.\d+)-(\d\d)-(\d\d)/.exec(text) ?? [];
  const date = new Date(0);
  date.setUTCFullYear(2000 + Number(year) % 400, Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
const dated = (...parts) => (text) => matches(...parts)(text) && isDate(text);

function isDuration(text) {
  const part = (sign) => `(?:${sign}([1-9][0-9]*)H)?(?:${sign}([1-9]|[1-5][0-9])M)?`
      + `(?:${sign}((?:[1-9]|[1-5][0-9])|(?:[0-9]|[1-5][0-9])\\.[0-9]{0,8}[1-9])S)?`;
  const match = new RegExp(`^PT(?=.)(?:${part('')}|${part('-')})$`).exec(text);
  if (!match) return text === 'PT0S';
  const [hours, minutes, seconds] = match.slice(text[2] === '-' ? 4 : 1);
  const total = BigInt(hours ?? 0) * 3600n + BigInt(minutes ?? 0) * 60n + BigInt((seconds ?? '0').split('.')[0]);
  return total < 2n ** 63n || total === 2n ** 63n && text[2] === '-' && !text.includes('.');
}

function isPeriod(text) {
  const match = /^P(?=.)(?:(-?[1-9]\d*)Y)?(?:(-?[1-9]\d*)M)?(?:(-?[1-9]\d*)D)?$/.exec(text);
  return text === 'P0D' || match !== null && match.slice(1).every((part) => part === undefined || signed(32)(part));
}

/** The text is what BigDecimal.toString makes of the number and scale in it. */
function isDecimal(text) {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]\d+))?$/.exec(text);
  if (!match || text.length > 64) return false;
  const [, sign, whole, decimals = '', exponent = '0'] = match;
  const scale = decimals.length - Number(exponent);
  const digits = BigInt(whole + decimals).toString();
  const adjusted = digits.length - 1 - scale;
  let canonical = digits;
  if (scale < 0 || adjusted < -6) {
    canonical = digits[0] + (digits.length > 1 ? '.' + digits.slice(1) : '')
        + (adjusted === 0 ? '' : `E${adjusted < 0 ? '' : '+'}${adjusted}`);
  } else if (scale > 0) {
    const padded = digits.padStart(scale + 1, '0');
    canonical = `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  }
  return Math.abs(scale) <= 64 && text === sign + canonical && !(sign && digits === '0');
}

function isFloat(text) {
  if (!/^-?[0-9]+\.[0-9]+(E-?[0-9]+)?$/.test(text)) return false;
  const number = Math.fround(Number(text));
  if (!Number.isFinite(number)) return false;
  if (number === 0) return text === '0.0' || text === '-0.0';
  for (let digits = 2; digits <= 9; digits++) { // the fewest that read back, and of these the nearest
    const [mantissa, exponent] = number.toExponential(digits - 1).replace('.', '').split('e');
    const [near, ...others] = [0, 1, -1]
        .map((step) => Number(`${Number(mantissa) + step}e${exponent - digits + 1}`))
        .filter((candidate) => Math.fround(candidate) === number)
        .sort((a, b) => Math.abs(a - number) - Math.abs(b - number));
    if (near !== undefined) return text === fraction(near);
  }
  return false;
}

const MONTHS = 'JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER';
const WEEKDAYS = 'MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY';

/** Whether a text is the one of a value. Zones, locales and URIs need Java's own; they are taken as they stand. */
const TEXTS = {
  '~long': signed(32),
  '~float': isFloat,
  '~short': signed(16),
  '~byte': signed(8),
  '~char': (text) => text.length === 1,
  '~decimal': isDecimal,
  '~integer': (text) => isInt(text) && text.length <= 64,
  '~instant': dated(`(?:${YEAR}|[+-]1000000000)-..-..T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}${DECIMALS}?Z`),
  '~date': dated(DATE),
  '~time': matches(TIME),
  '~datetime': dated(DATE, 'T', TIME),
  '~offsetdatetime': dated(DATE, 'T', TIME, OFFSET),
  '~offsettime': matches(TIME, OFFSET),
  '~zoneddatetime': dated(DATE, 'T', TIME, OFFSET, `(?:\\[(?!${OFFSET}\\])[A-Za-z0-9/_+:.-]+\\])?`),
  '~duration': isDuration,
  '~period': isPeriod,
  '~year': within(999_999_999n),
  '~yearmonth': matches('(?:[0-9]{4}|-(?!0000)[0-9]{4}|-[1-9][0-9]{4,8})-(?:0[1-9]|1[0-2])'),
  '~monthday': (text) => /^--\d\d-\d\d$/.test(text) && isDate('2000' + text.slice(1)),
  '~month': matches(MONTHS),
  '~weekday': matches(WEEKDAYS),
  '~zone': matches('[A-Za-z0-9/_+:.-]+'),
  '~utildate': signed(64),
  '~uuid': matches('[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'),
  '~bytes': (text) => Buffer.from(text, 'base64url').toString('base64url') === text,
  '~locale': matches('[A-Za-z0-9-]+'),
  '~uri': () => true,
};

// ---- Writing: one text for each value ----

/** The canonical text of the attributes, a Map or an object. It reads its own text again, for limits and tags. */
export function stringify(attributes) {
  const text = write(attributes);
  parse(text);
  return text;
}

function write(value) {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return fraction(value);
  if (isText(value)) return quote(value);
  if (Array.isArray(value)) return `[${value.map(write)}]`;
  require(typeof value === 'object', 'json: no such value');
  const members = isMap(value) ? [...value] : Object.entries(value);
  return `{${members.map(([name, inner]) => `${quote(name)}:${write(inner)}`)}}`;
}

function quote(text) {
  const short = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r' };
  const escape = (c) => short[c] ?? '\\u' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `"${text.replace(/["\\\u0000-\u001f]|\p{Surrogate}/gu, escape)}"`;
}

/** As Java writes a double: the fewest digits, but two at least. JavaScript finds the same ones, but one is enough. */
function fraction(number) {
  require(Number.isFinite(number), 'json: number beyond a double');
  if (number === 0) return Object.is(number, -0) ? '-0.0' : '0.0';
  let text = number.toExponential();
  if (!text.includes('.')) text = number.toExponential(1); // 5e-324 is 4.9e-324 with two digits
  const [, sign, first, rest, exponent] = /^(-?)(\d)\.(\d+)e([+-]\d+)$/.exec(text);
  const power = Number(exponent);
  if (power < -3 || power >= 7) return `${sign}${first}.${rest}E${power}`;
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${first}${rest.replace(/^0$/, '')}`;
  const digits = (first + rest).padEnd(power + 2, '0');
  return `${sign}${digits.slice(0, power + 1)}.${digits.slice(power + 1)}`;
}
