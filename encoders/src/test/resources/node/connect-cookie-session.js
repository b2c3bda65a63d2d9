'use strict'
// The real connect-cookie-session on the connect of its time. One JSON object per line comes in, one goes out for each.
const readline = require('readline')
const connect = require('connect')
const connectCookieSession = require('connect-cookie-session')

// A request through connect's cookie parser and the middleware.
function request (call, application) {
  const headers = {}
  const req = { headers: call.cookie ? { cookie: call.cookie } : {}, connection: {} }
  const res = { setHeader: (name, value) => { headers[name] = value }, writeHead: () => {} }
  const answer = {}
  const session = connectCookieSession({ key: call.name, secret: call.secret })
  connect.cookieParser()(req, res, () => session(req, res, () => application(req, answer)))
  res.writeHead(200)
  answer.cookie = headers['Set-Cookie']
  return answer
}

const operations = {
  write: (call) => request(call, (req) => { req.session = JSON.parse(call.session) }),
  read: (call) => request(call, (req, answer) => { answer.session = JSON.stringify(req.session) })
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const call = JSON.parse(line)
  console.log(JSON.stringify(operations[call.op](call)))
})
