// Prism in Knock's place: it answers with the examples of the document, all of which have to fit their schemas, and the
// one-shot commands have to understand each of them.
import assert from 'node:assert/strict'
import { operations, resolve } from './documents.mjs'
import { COMMUNITY } from './stage.mjs'

const IN = { communityId: COMMUNITY, appointmentId: '2', prospectId: '123' }
const START = '2026-12-01T09:30:00-07:00' // the second of the document's times
const PAGES = 40 // of events, that the client reads at most

// Asks Prism for every answer of every operation, by the operation's own example of a request.
async function askForEverything(stage, document) {
  let count = 0
  for (const operation of operations(document)) {
    const target = operation.path.replace(/\{(\w+)\}/g, (_, name) => IN[name]) + (operation.path.endsWith('times') ? '?forSelfGuided=true' : '')
    const body = operation.requestBody?.content['application/json'].example
    for (const [code, node] of Object.entries(operation.responses)) {
      const status = code.replace('XX', '03')
      const { examples } = resolve(document, node).content['application/json']
      for (const example of examples ? Object.keys(examples) : [null]) {
        stage.tap.prefer = () => `code=${status}` + (example ? `, example=${example}` : '')
        const answer = await stage.say(operation.method.toUpperCase(), target, body)
        assert.equal(answer.status, Number(status), `${operation.operationId} ${code} ${example ?? ''}`)
        count++
      }
    }
  }
  stage.tap.prefer = null
  return count
}

const book = (person, phone) => ['book', '--first-name', person, '--phone', phone, '--start', START]

async function runEverything(stage) {
  await stage.run(0, 'doctor')
  assert.deepEqual((await stage.run(0, 'sources')).sources, ['Property Website', 'Phone call'])
  assert.equal((await stage.run(0, 'slots --days 21')).slots[1].startTime, START)
  const booked = await stage.run(0, book('Ana', '2065550101'))
  assert.deepEqual([booked.state, booked.appointmentId, booked.prospectId], ['confirmed', '2', '123'])
  assert.equal((await stage.run(0, 'cancel 2')).status, 'CANCELLED')
  assert.equal((await stage.run(0, ['visit', '--prospect', '123', '--at', '2026-11-20 15:00'])).visitId, '12345')
  assert.equal((await stage.run(0, 'prospect 123')).email, 'ana@example.com')
  assert.equal((await stage.run(0, 'events 123')).events[0].status, 'confirmed')
}

// Runs a command on a desk of its own, while Prism prefers an answer for the requests that begin with `which`.
async function preferring(stage, which, answer, code, words) {
  await stage.newDesk()
  stage.tap.prefer = ({ method, url }) => (`${method} ${url}`.startsWith(which) ? answer : null)
  const result = await stage.run(code, words)
  stage.tap.prefer = null
  return result
}

const refusals = { 400: 'invalid', 401: 'key', 403: 'key', 404: 'not_known', 409: 'taken', 413: 'invalid', 422: 'invalid' }

async function refuseEverything(stage) {
  const asked = (answer, code) => preferring(stage, 'POST /appointment', answer, code, book('Cy', '2065550103'))
  for (const [status, reason] of Object.entries(refusals)) {
    const refused = await asked(`code=${status}`, 3)
    assert.deepEqual([refused.state, refused.reason, refused.httpStatus], ['refused', reason, Number(status)])
    assert.ok(refused.serverMessage, `${status} without the server's words`)
  }
  assert.equal((await asked('code=429', 5)).state, 'saved')
  assert.equal((await asked('code=503', 4)).state, 'unknown')
  const waiting = await asked('example=waiting', 4)
  assert.deepEqual([waiting.state, waiting.appointmentId, waiting.status], ['unknown', '2', 'PENDING'])
  await preferring(stage, 'GET /community', 'code=404', 3, 'sources')
  await preferring(stage, 'GET /community', 'code=503', 5, 'sources')
}

async function readWithoutEnd(stage) {
  const before = stage.tap.exchanges.length
  await preferring(stage, 'GET /prospect', 'example=endless', 0, 'events 123')
  assert.equal(stage.tap.exchanges.length - before, PAGES)
}

export async function imitate(stage, document) {
  const count = await askForEverything(stage, document)
  await runEverything(stage)
  await refuseEverything(stage)
  await readWithoutEnd(stage)
  console.log(`${count} examples that fit, and every command understood them`)
}
