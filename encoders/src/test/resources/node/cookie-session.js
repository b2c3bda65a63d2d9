'use strict'
// The real cookie-session and keygrip. One JSON object per line comes in, one goes out for each.
const http = require('http')
const readline = require('readline')
const cookieSession = require('cookie-session')
const Keygrip = require('keygrip')

const keygrip = ({ keys, algorithm, encoding }) =>
  new Keygrip(keys.map((key) => Buffer.from(key, 'base64')), algorithm, encoding)

// A request through the middleware: what the application does with req.session, and the response's cookies.
function request (call, application) {
  const req = { headers: {}, socket: {} }
  if (call.cookie) req.headers.cookie = call.cookie
  const res = new http.ServerResponse({ method: 'GET', httpVersionMajor: 1, httpVersionMinor: 1 })
  const answer = {}
  cookieSession({ name: call.name, keys: keygrip(call) })(req, res, () => application(req, answer))
  res.writeHead(200)
  answer.cookies = res.getHeader('set-cookie') || []
  return answer
}

const operations = {
  write: (call) => request(call, (req) => { req.session = JSON.parse(call.session) }),
  read: (call) => request(call, (req, answer) => {
    answer.session = req.session.isNew ? null : JSON.stringify(req.session)
  }),
  change: (call) => request(call, (req) => { req.session.seenByExpress = true }),
  sign: (call) => ({ signature: keygrip(call).sign(call.text) }),
  index: (call) => ({ index: keygrip(call).index(call.text, call.signature) }),
  bytes: (call) => ({ hex: Buffer.from(call.text).toString('hex') }),
  number: (call) => ({ text: String(Buffer.from(call.bits, 'hex').readDoubleBE()) }),
  names: () => ({ names: Object.getOwnPropertyNames(Object.prototype) })
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line)
  console.log(JSON.stringify(operations[call.op](call)))
})
