// The tap: a relay between the client and Prism that changes nothing and remembers every exchange, with what Prism
// had to say about it.
import http from 'node:http'

function body(stream) {
  return new Promise((resolve, reject) => {
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => resolve(Buffer.concat(parts)))
    stream.on('error', reject)
  })
}

function words(violations) {
  return violations.map((v) => `${(v.location ?? []).join('.')}: ${v.message}`)
}

// Prism's own words about a request or an answer that strays from the document: in the answer it makes up itself, or in
// a header where it only remarks on something.
function objections({ headers, text }) {
  const noted = headers['sl-violations']
  if (headers['content-type'] === 'application/problem+json') {
    const problem = JSON.parse(text)
    return problem.validation ? words(problem.validation) : [`${problem.title} ${problem.detail}`]
  }
  if (!noted) return []
  try {
    return words(JSON.parse(noted))
  } catch {
    return [noted] // more than fits into a header
  }
}

export async function openTap(target) {
  const tap = { exchanges: [], prefer: null, onStray: null }
  const to = new URL(target)

  const pass = async (request, response) => {
    const exchange = { method: request.method, path: request.url, sent: request.headers }
    const sent = await body(request)
    const headers = { ...request.headers, host: to.host }
    const preferred = tap.prefer?.(request)
    if (preferred) headers.prefer = preferred
    const answer = await new Promise((resolve, reject) =>
      http
        .request({ ...address(to), method: request.method, path: request.url, headers }, resolve)
        .on('error', reject)
        .end(sent)
    )
    const came = await body(answer)
    Object.assign(exchange, { body: sent.toString(), status: answer.statusCode, headers: answer.headers, text: came.toString() })
    exchange.strays = objections(exchange)
    tap.exchanges.push(exchange)
    if (exchange.strays.length) tap.onStray?.()
    response.writeHead(answer.statusCode, answer.rawHeaders).end(came)
  }

  const server = http.createServer((request, response) =>
    pass(request, response).catch((error) => {
      tap.exchanges.push({ method: request.method, path: request.url, sent: {}, strays: [`no answer: ${error.message}`] })
      response.destroy()
    })
  )
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  tap.url = `http://127.0.0.1:${server.address().port}`
  tap.close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return tap
}

function address(url) {
  return { host: url.hostname, port: url.port, agent: false }
}
