// The test of the test: the document is changed in one place, and the conversation that fits it otherwise must fail, in
// Prism's words for just that.
import assert from 'node:assert/strict'
import { converse } from './conversation.mjs'
import { Stray } from './stage.mjs'

function rename(schema, from, to) {
  schema.properties[to] = schema.properties[from]
  delete schema.properties[from]
  schema.required = schema.required.map((name) => (name === from ? to : name))
}

// Each: what is changed, how, and what Prism must say.
const mutations = [
  ['one field more is required of a booking', ({ schemas }) => schemas.AppointmentRequest.required.push('timezone'),
    "must have required property 'timezone'"],
  ['a cancel is answered with one L', ({ schemas }) => (schemas.CancelStatus.enum = ['CANCELED']),
    'appointment.status must be equal to one of the allowed values: CANCELED'],
  ['a field of an answer has another name', ({ schemas }) => rename(schemas.AvailableTimes, 'acceptableTimes', 'available_times'),
    "Response body must NOT have additional properties; found 'acceptableTimes'"],
  ['a parameter has another name', ({ parameters }) => (parameters.ForSelfGuided.name = 'selfGuided'),
    "Request query must have required property 'selfguided'"],
  ['the key goes with other headers', (_, document) => document.security.shift(), 'Invalid security scheme used'],
]

async function mutateOnce(staged, documents, [what, change, words]) {
  const document = documents.changed((whole) => change(whole.components, whole))
  const error = await staged({ document }, converse).then(() => null, (reason) => reason)
  assert.ok(error, `${what}: nobody noticed`)
  assert.ok(error instanceof Stray, `${what}: ${error.stack}`)
  assert.ok(error.message.includes(words), `${what}: Prism says something else:\n${error.message}`)
  console.log(`${what}:\n    ${error.message.split('\n')[0]}`)
}

// Two at a time, since most of it is waiting for Prism to start.
export async function mutate(staged, documents) {
  const queue = [...mutations]
  const work = async () => {
    while (queue.length) await mutateOnce(staged, documents, queue.shift())
  }
  await Promise.all([work(), work()])
}
