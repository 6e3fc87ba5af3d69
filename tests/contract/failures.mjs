// The failures: what the sandbox itself refuses, and what it can be told to refuse, is foreseen in the document.
import assert from 'node:assert/strict'
import { COMMUNITY } from './stage.mjs'

const NOBODY = '999999'
const ELSEWHERE = '0000000000000000'
const TAKEN = '2026-11-24T14:00:00-08:00'
const PAST = '2026-11-20T14:00:00-08:00'

const booking = (startTime, communityId = COMMUNITY) => ({
  communityId, requestedTimes: [{ startTime }], profile: { firstName: 'Ana', phone: '2065550155' },
  sourceTitle: 'Property Website', tourType: 'SELF_GUIDED' })
const visit = (changes) => ({ prospectId: '1', visitTime: PAST, isSelfGuided: true, ...changes })
const prospect = { firstName: 'Bo', phone: '2065550156', sourceTitle: 'Zillow', autorespond: false }

// What the sandbox refuses when APPOINTMENT is cancelled and its visit recorded, and PERSON is another prospect.
const own = [
  [404, 'GET', `/community/${ELSEWHERE}/available-times?forSelfGuided=true`],
  [404, 'GET', `/community/${ELSEWHERE}/sources`],
  [404, 'GET', `/prospect/${NOBODY}`],
  [404, 'GET', `/prospect/${NOBODY}/events`],
  [400, 'GET', '/prospect/PERSON/events?after=nowhere'],
  [404, 'POST', `/prospect/${NOBODY}/email`, { subject: 'Your tour' }],
  [404, 'POST', '/prospect', { communityId: ELSEWHERE, ...prospect }],
  [404, 'POST', '/appointment/request', booking(TAKEN, ELSEWHERE)],
  [409, 'POST', '/appointment/request', booking(TAKEN)],
  [422, 'POST', '/appointment/request', booking(PAST)],
  [422, 'POST', '/appointment/request', booking('2026-11-24T02:00:00-08:00')],
  [422, 'POST', '/appointment/request', booking('2027-11-24T14:00:00-08:00')],
  [404, 'PUT', `/appointment/${NOBODY}/cancel`],
  [409, 'PUT', '/appointment/APPOINTMENT/cancel'],
  [404, 'POST', '/visit', visit({ prospectId: NOBODY })],
  [404, 'POST', '/visit', visit({ prospectId: 'PERSON', appointmentId: NOBODY })],
  [409, 'POST', '/visit', visit({ prospectId: 'OWNER', appointmentId: 'APPOINTMENT' })],
  [422, 'POST', '/visit', visit({ prospectId: 'PERSON', appointmentId: 'APPOINTMENT' })],
  [422, 'POST', '/visit', visit({ prospectId: 'PERSON', visitTime: '2026-12-24T14:00:00-08:00' })],
]

// What it is told to answer, to everything.
const told = ['status=401', 'status=403,body=gateway', 'status=429', 'status=429,retry-after=2,body=gateway', 'status=500',
  'status=502,body=html', 'status=503,body=gateway', 'status=504,body=json']

// A tour that was cancelled and visited all the same, its owner, and somebody else; TAKEN is taken.
async function prepare(stage) {
  await stage.community({ repeat_cancel_ok: false, duplicate_visit_ok: false })
  const person = await stage.say('POST', '/prospect', { communityId: COMMUNITY, ...prospect })
  const owner = await stage.say('POST', '/prospect', { communityId: COMMUNITY, ...prospect, phone: '2065550155' })
  const made = await stage.say('POST', '/appointment/request', booking('2026-11-24T15:00:00-08:00'))
  const names = { APPOINTMENT: JSON.parse(made.text).appointmentId, PERSON: JSON.parse(person.text).id, OWNER: JSON.parse(owner.text).id }
  await stage.say('PUT', `/appointment/${names.APPOINTMENT}/cancel`)
  await stage.say('POST', '/visit', visit({ prospectId: names.OWNER, appointmentId: names.APPOINTMENT }))
  await stage.control('POST', 'appointments', { communityId: COMMUNITY, startTime: TAKEN })
  return names
}

export async function fail(stage) {
  const names = await prepare(stage)
  const named = JSON.parse(JSON.stringify(own).replace(/APPOINTMENT|PERSON|OWNER/g, (name) => names[name]))
  for (const [status, method, target, body] of named) {
    const answer = await stage.say(method, target, body)
    assert.equal(answer.status, status, `${method} ${target} ${JSON.stringify(body)}: ${answer.text}`)
  }
  const wrong = await stage.say('GET', `/community/${COMMUNITY}/sources`, null, { 'x-api-key': 'not-a-key' })
  assert.equal(wrong.status, 403)
  for (const effect of told) {
    await stage.faults(`* * skip ${effect}`)
    const status = Number(/\d+/.exec(effect)[0])
    for (const [, method, target, body] of named.filter(([code]) => code === 404))
      assert.equal((await stage.say(method, target, body)).status, status, `${effect}: ${method} ${target}`)
  }
  console.log(`${own.length} failures of the sandbox's own and ${told.length} that it was told, all of them foreseen`)
}
