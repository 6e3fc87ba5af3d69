// Answers and requests that stray, one by one: Prism must object to each, and a request must not get through.
import assert from 'node:assert/strict'
import { COMMUNITY } from './stage.mjs'

const SLOTS = `/community/${COMMUNITY}/available-times?forSelfGuided=true`
const START = '2026-11-24T14:00:00-08:00'
const CONSENT = { smsConsent: true, smsConsentDisclaimer: 'May we text you?' }

function booking(changes = {}, profile = {}, time = {}) {
  return {
    communityId: COMMUNITY, requestedTimes: [{ startTime: START, ...time }], profile: { firstName: 'Ana', phone: '2065550155', ...profile },
    sourceTitle: 'Property Website', tourType: 'SELF_GUIDED', ...changes }
}

function visit(changes) {
  return { prospectId: '1', visitTime: '2026-11-20T15:00:00-08:00', isSelfGuided: true, ...changes }
}

function prospect(changes) {
  return { communityId: COMMUNITY, firstName: 'Ana', phone: '2065550155', sourceTitle: 'Zillow', autorespond: false, ...changes }
}

// What the sandbox is told to spoil, the request it spoils, and what Prism must say.
const answers = [
  ['wrong-type', 'GET', SLOTS, null, 'Response body must be object'],
  ['wrong-type', 'POST', '/appointment/request', booking(), 'Response body must be object'],
  ['extra-fields', 'POST', '/prospect', prospect(), "found 'futureField'"],
  ['extra-fields', 'PUT', '/appointment/ID/cancel', null, "found 'futureField'"],
  ['numeric-ids', 'POST', '/appointment/request', booking(), 'appointmentId must be string'],
  ['no-id', 'POST', '/appointment/request', booking(), "must have required property 'appointmentId'"],
  ['null-fields', 'POST', '/appointment/request', booking(), 'appointment.status must be string'],
  ['null-fields', 'GET', `/community/${COMMUNITY}/sources`, null, 'edges must be array'],
  ['status-word=HELD', 'POST', '/appointment/request', booking(), 'must be equal to one of the allowed values: CONFIRMED, PENDING'],
  ['z-offset', 'GET', SLOTS, null, 'must match pattern'],
  ['objects', 'GET', SLOTS, null, 'acceptableTimes.0 must be string'],
  ['bare-list', 'GET', SLOTS, null, 'Response body must be object'],
  ['other-name', 'GET', SLOTS, null, "found 'available_times'"],
  ['bad-entries=3', 'GET', SLOTS, null, 'must match format "date-time"'],
  ['no-date', 'GET', SLOTS, null, "must have required property 'date'"],
  ['body=truncated', 'GET', SLOTS, null, 'invalid json response body'],
  ['body=notjson', 'GET', SLOTS, null, 'The received media type "text/plain" does not match'],
  ['status=418', 'GET', SLOTS, null, 'Unable to match the returned status code'],
  ['status=201', 'POST', '/prospect', prospect(), 'Unable to match the returned status code'],
  ['status=404,body=gateway', 'PUT', '/appointment/ID/cancel', null, "must have required property 'errorMessage'"],
  ['status=500,body=notjson', 'POST', '/visit', visit(), 'The received media type "text/plain" does not match'],
]

// What is wrong with a request, and what Prism must say.
const requests = [
  ['POST', '/appointment/request', booking({ timezone: 'America/Los_Angeles' }), "found 'timezone'"],
  ['POST', '/appointment/request', booking({}, { middleName: 'M' }), "found 'middleName'"],
  ['POST', '/appointment/request', booking({}, {}, { duration: 30 }), "found 'duration'"],
  ['POST', '/appointment/request', booking({ tourType: 'VIRTUAL' }), 'tourType must be equal to one of the allowed values'],
  ['POST', '/appointment/request', booking({ communityId: undefined }), "required property 'communityId'"],
  ['POST', '/appointment/request', booking({ sourceTitle: undefined }), "required property 'sourceTitle'"],
  ['POST', '/appointment/request', booking({ sourceTitle: '' }), 'sourceTitle must NOT have fewer than 1 characters'],
  ['POST', '/appointment/request', booking({ requestedTimes: [] }), 'requestedTimes must NOT have fewer than 1 items'],
  ['POST', '/appointment/request', booking({ requestedTimes: [{ startTime: START }, { startTime: START }] }), 'must NOT have more than 1 items'],
  ['POST', '/appointment/request', booking({ message: 'x'.repeat(1001) }), 'message must NOT have more than 1000 characters'],
  ['POST', '/appointment/request', booking({ smsConsent: true }), "required property 'smsConsentDisclaimer'"],
  ['POST', '/appointment/request', booking({ ...CONSENT, smsConsent: false }), 'smsConsentDisclaimer must NOT be valid'],
  ['POST', '/appointment/request', booking({ smsConsentUrl: 'https://example.com/' }), 'smsConsentUrl must NOT be valid'],
  ['POST', '/appointment/request', booking({}, {}, { startTime: '2026-11-24T14:00:00' }), 'startTime must match format "date-time"'],
  ['POST', '/appointment/request', booking({}, {}, { startTime: '2026-11-24T14:00-08:00' }), 'startTime must match'],
  ['POST', '/appointment/request', booking({}, {}, { startTime: '2026-11-24T22:00:00Z' }), 'startTime must match pattern'],
  ['POST', '/appointment/request', booking({}, {}, { endTime: null }), 'endTime must be string'],
  ['POST', '/appointment/request', booking({}, { phone: '206-555-0155' }), 'phone must match pattern'],
  ['POST', '/appointment/request', booking({}, { phone: '' }), 'phone must match pattern'],
  ['POST', '/appointment/request', booking({}, { email: 'ana at example.com' }), 'email must match format "email"'],
  ['POST', '/appointment/request', booking({}, { phone: undefined }), "required property 'email'"],
  ['POST', '/appointment/request', booking({}, { firstName: undefined }), "required property 'lastName'"],
  ['POST', '/appointment/request', booking({}, { moveDate: '' }), 'moveDate must match format "date"'],
  ['POST', '/appointment/request', booking({}, { bedrooms: [] }), 'bedrooms must NOT have fewer than 1 items'],
  ['POST', '/appointment/request', booking({}, { bedrooms: ['1_BEDROOMS'] }), 'bedrooms.0 must be equal to one of the allowed values'],
  ['POST', '/appointment/request', booking({}, { occupants: 0 }), 'occupants must be >= 1'],
  ['POST', '/appointment/request', booking({}, { leaseTermMonths: '12' }), 'leaseTermMonths must be integer'],
  ['POST', '/appointment/request', booking({}, { minBudget: 999.5 }), 'minBudget must be integer'],
  ['POST', '/appointment/request', null, 'Body parameter is required'],
  ['POST', '/prospect', prospect({ autorespond: true }), 'autorespond must be equal to constant'],
  ['POST', '/prospect', prospect({ autorespond: undefined }), "required property 'autorespond'"],
  ['POST', '/prospect', prospect({ profile: { firstName: 'Ana' } }), "found 'profile'"],
  ['POST', '/prospect', prospect({ state: 'Washington' }), 'state must match pattern'],
  ['POST', '/visit', visit({ is_self_guided: true }), "found 'is_self_guided'"],
  ['POST', '/visit', visit({ prospectId: 1 }), 'prospectId must be string'],
  ['POST', '/visit', visit({ visitTime: undefined }), "required property 'visitTime'"],
  ['POST', '/visit', visit({ unitNames: [''] }), 'unitNames.0 must NOT have fewer than 1 characters'],
  ['PUT', '/appointment/1/cancel', { reason: 'no time' }, 'request included a non-empty body'],
  ['PUT', '/appointment/one/cancel', null, 'appointmentid must match pattern'],
  ['GET', `/community/${COMMUNITY}/available-times`, null, "required property 'forselfguided'"],
  ['GET', `/community/${COMMUNITY}/available-times?forSelfGuided=yes`, null, 'forselfguided must be boolean'],
  ['GET', '/prospect/1/events?first=0', null, 'first must match pattern'],
  ['GET', '/prospect/1/visits', null, 'Route not resolved'],
  ['GET', '/prospect', null, 'Route resolved, but no method matched'],
]

function expectStray(stage, words, what) {
  const said = stage.strays().join('\n')
  assert.ok(said, `${what}: Prism has nothing against it`)
  assert.ok(said.includes(words), `${what}: Prism says something else than ${words}:\n${said}`)
  stage.tap.exchanges.length = 0
}

async function strayingAnswers(stage) {
  const made = await stage.say('POST', '/appointment/request', booking())
  assert.deepEqual(stage.strays(), [])
  const { appointmentId } = JSON.parse(made.text)
  for (const [effect, method, path, body, words] of answers) {
    const target = path.replace('ID', appointmentId)
    await stage.faults(`${method} ${target.split('?')[0]} skip ${effect}`)
    await stage.say(method, target, body)
    expectStray(stage, words, `${effect} for ${method} ${path}`)
  }
  await stage.faults()
}

async function strayingRequests(stage) {
  const before = (await stage.control('GET', 'log')).length
  for (const [method, target, body, words] of requests) {
    await stage.say(method, target, body)
    expectStray(stage, words, `${method} ${target} ${JSON.stringify(body)}`)
  }
  assert.equal((await stage.control('GET', 'log')).length, before, 'a request got through')
}

// The headers of one profile where the other is wanted, or half of them.
async function strayingHeaders(stage) {
  const target = `/community/${COMMUNITY}/sources`
  const wrong = [{}, { apikey: 'k' }, { apikey: 'k', 'company-id': '1' }, { 'company-id': '1', 'property-id': COMMUNITY },
    { apikey: 'k', 'company-id': '', 'property-id': COMMUNITY }]
  for (const headers of wrong) {
    await stage.say('GET', target, null, headers)
    expectStray(stage, 'Invalid security scheme used', JSON.stringify(headers))
  }
  await stage.say('GET', target, null, { apikey: 'k', 'company-id': '1', 'property-id': 'Harbor Flats' })
  expectStray(stage, 'property-id must match pattern', 'a property-id that is a name')
}

export async function stray(stage) {
  stage.lenient = true
  await strayingAnswers(stage)
  await strayingRequests(stage)
  await strayingHeaders(stage)
  console.log(`${answers.length} answers and ${requests.length} requests that stray, all of them objected to`)
}
