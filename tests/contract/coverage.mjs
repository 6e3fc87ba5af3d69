// Does Prism really look at everything? Each property and parameter of the document is made one that nothing can fulfil. The
// conversation, which then goes on in spite of what Prism remarks, must have it remarked on every one of them.
import assert from 'node:assert/strict'
import { converse } from './conversation.mjs'
import { operationOf, operations, places } from './documents.mjs'

// These decide which of two schemas applies, and would decide wrongly.
const DECIDING = ['HasName', 'HasContact', 'Consenting', 'NotConsenting', 'OfAppointment', 'WithAppointment', 'WithMessage']

// The sandbox's list of sources is not paged.
const NEVER = ['getSources response.body.pageInfo', 'getSources response.body.pageInfo.endCursor',
  'getSources response.body.pageInfo.hasNextPage']

export function forbidEverything(document) {
  const { schemas, parameters, headers } = document.components
  for (const [name, schema] of Object.entries(schemas))
    for (const property of Object.values(DECIDING.includes(name) ? {} : schema.properties ?? {})) property.not = {}
  for (const part of [...Object.values(parameters), ...Object.values(headers)]) part.schema.not = {}
}

function expected(document) {
  return operations(document).flatMap((operation) => {
    const asked = places(document, operation.requestBody?.content['application/json'].schema)
    const told = places(document, operation.responses['200'].content['application/json'].schema)
    return [
      ...operation.parameters.map((p) => `request.${p.in}.${p.name.toLowerCase()}`),
      ...asked.map((place) => `request.body.${place}`),
      ...told.map((place) => `response.body.${place}`),
      ...Object.keys(operation.responses['200'].headers).map((name) => `response.header.${name.toLowerCase()}`),
    ].map((place) => `${operation.operationId} ${place}`)
  })
}

// What Prism's log remarks on: a request's line comes first, then a line for each of its violations.
function remarked(document, log) {
  const list = operations(document), found = new Set()
  let operation
  for (const line of log.split('\n')) {
    const request = /\[HTTP SERVER\] (\w+) (\S+) .*Request received/.exec(line)
    if (request) operation = operationOf(list, request[1], request[2])
    const violation = /Violation: ((?:request|response)\.\S+) .*must NOT be valid/.exec(line)
    if (violation) found.add(`${operation.operationId} ${violation[1].replace(/\.\d+(?=\.|$)/g, '')}`)
  }
  return found
}

export async function cover(stage, document) {
  stage.lenient = true
  await converse(stage)
  const found = remarked(document, stage.prism.said)
  const wanted = expected(document).filter((place) => !NEVER.includes(place))
  const missing = wanted.filter((place) => !found.has(place))
  assert.deepEqual(missing, [], 'Prism did not look at these, or nobody said them')
  console.log(`${wanted.length} properties, parameters and headers, all of them checked by Prism`)
}
