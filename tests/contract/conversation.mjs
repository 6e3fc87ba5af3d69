// The conversation: every command and every endpoint, with every field that is known, through Prism. What goes wrong in
// it goes wrong because Prism objects, or because a command does not end as it should.
import assert from 'node:assert/strict'
import { COMMUNITY } from './stage.mjs'

const PAGE = 50 // events that the client asks for at once
const EVENING = '2026-12-15T18:00:00-08:00'

// The n-th free time of the next three weeks.
async function free(stage, n, calendar = 'self-guided') {
  const { slots } = await stage.run(0, `slots --days 21 --for ${calendar}`)
  return slots[n].startTime
}

async function look(stage) {
  await stage.run(0, 'doctor')
  const { sources } = await stage.run(0, 'sources')
  assert.equal(sources.length, 7)
  for (const calendar of ['self-guided', 'in-person']) assert.ok(await free(stage, 20, calendar))
}

// A booking with the fewest fields, moved, and cancelled.
async function bookMoveCancel(stage) {
  const booked = await stage.run(0, ['book', '--first-name', 'Ana', '--phone', '206 555 0101', '--start', await free(stage, 0)])
  const moved = await stage.run(0, ['reschedule', booked.appointmentId, '--start', await free(stage, 3)])
  assert.notEqual(moved.appointmentId, booked.appointmentId)
  await stage.run(0, ['cancel', moved.appointmentId, '--reason', 'no time', '--asked-by', 'prospect'])
}

function everything(start, more) {
  return {
    startTime: start, firstName: 'Ana María', lastName: 'Núñez "Nu" O’Neil', email: 'ana@example.com', phone: '(206) 555-0102',
    smsConsent: true, moveDate: '2027-01-15', bedrooms: ['studio', '1', '2', '3+'], occupants: 3, leaseTermMonths: 13,
    minBudget: 1500, maxBudget: 2500, message: 'Is there a balcony?\nAnd a lift? \u{1F3E0}', sourceTitle: 'Zillow', ...more }
}

// With all fields; with few of them, in other forms; on the other calendar; with and without an end; in somebody's place.
async function bookInEveryWay(stage) {
  await stage.run(0, 'book', everything(await free(stage, 6)))
  await stage.run(0, ['book', '--last-name', 'Li', '--email', 'li@example.com', '--sms-consent', 'no',
    '--for', 'in-person', '--start', await free(stage, 9, 'in-person')])
  await stage.run(0, ['book', '--first-name', 'Zoë', '--phone', '+44 20 7946 0018', '--start', await free(stage, 12)])
  const booked = await stage.run(0, 'book --replace', everything(await free(stage, 15)))

  const desk = stage.desk
  await stage.newDesk('end_time = "omit";')
  await stage.run(0, ['book', '--first-name', 'Om', '--email', 'om@example.com', '--start', await free(stage, 18)])
  stage.desk = desk
  return booked
}

// What only some communities do: look at requests by hand, answer with the prospect's id.
async function bookElsewhere(stage) {
  await stage.community({ instant: false, answer_prospect_id: true })
  const waiting = await stage.run(4, ['book', '--first-name', 'Pat', '--phone', '2065550103', '--start', await free(stage, 21)])
  assert.equal(waiting.status, 'PENDING')
  await stage.run(0, ['settle', waiting.operation, 'booked'])
  await stage.community({ instant: true, answer_prospect_id: false })
}

// A desk that was told to wait sends later, and once.
async function bookLater(stage) {
  await stage.faults('POST /appointment/request skip status=429,retry-after=1,body=gateway')
  const saved = await stage.run(5, ['book', '--first-name', 'Lee', '--phone', '2065550104', '--start', await free(stage, 24)])
  await stage.faults()
  const { operations } = await stage.run(0, 'sync')
  const sent = operations.find((operation) => operation.operation === saved.operation)
  assert.equal(sent.state, 'confirmed')
}

// The endpoints and fields that other clients use, so that the sandbox is held to them too.
async function speakAsOthersDo(stage) {
  const contact = { firstName: 'Kim', lastName: 'Sample', email: 'kim@example.com', phone: '2065550105' }
  const wishes = { moveDate: '2027-02-01', bedrooms: ['1_BEDROOM'], occupants: 1, leaseTermMonths: 12, minBudget: 1000, maxBudget: 2000 }
  const consent = { smsConsent: true, smsConsentDisclaimer: 'May we text you?', smsConsentUrl: 'https://example.com/texts' }
  const made = await stage.say('POST', '/prospect', {
    communityId: COMMUNITY, knockTrackingEmail: 'harbor.flats@example.com', sourceTitle: 'Google', ...contact, ...wishes, ...consent,
    autorespond: false, message: 'Hello', agent: { username: 'agent@example.com' }, address: '1 Main Street', city: 'Seattle',
    state: 'WA', zip: '98101', unit: '101', firstContactType: 'internet', prospectIpAddress: '192.0.2.1' })
  const { id } = JSON.parse(made.text)
  await stage.say('POST', '/appointment/request', {
    communityId: COMMUNITY, requestedTimes: [{ startTime: await free(stage, 27) }], profile: { ...contact, ...wishes, pets: [] },
    message: 'Hello again', firstContactType: 'internet', ...consent, sourceTitle: 'Google', tourType: 'SELF_GUIDED' })
  for (let i = 0; i < PAGE; i++) await stage.say('POST', `/prospect/${id}/email`, { subject: `Your tour, ${i}` })
  return id
}

// A guest card, and a history of two pages.
async function readPerson(stage, id) {
  const card = await stage.run(0, ['prospect', id])
  assert.ok(JSON.stringify(card).includes('kim@example.com'))
  const { events } = await stage.run(0, ['events', id])
  assert.ok(events.length > PAGE)
}

async function visit(stage, booked, id) {
  await stage.run(0, ['visit', '--appointment', booked.appointmentId, '--unit', '101', '--unit', 'm6 - 202', '--source', 'Walk-in'])
  await stage.run(0, ['visit', '--appointment', booked.appointmentId, '--again'])
  await stage.run(0, ['visit', '--prospect', id, '--at', '2026-11-20 15:00', '--unit', 'Penthouse', '--any-unit'])
}

async function call(stage, booked, id) {
  const agent = ['--username', 'agent@example.com', '--agent-phone', '2065550199']
  await stage.run(0, ['log-call', '--prospect', id, '--start', '2026-11-20 15:00', '--end', '2026-11-20 15:04',
    '--outcome', 'answered', '--source', 'Google', ...agent])
  for (const outcome of ['missed-no-voicemail', 'missed-voicemail', 'hung-up', 'failed', 'terminated'])
    await stage.run(0, ['log-call', '--again', '--appointment', booked.appointmentId, '--type', 'outbound',
      '--start', '2026-11-20 16:00', '--end', '2026-11-20 16:02', '--outcome', outcome, ...agent])
}

// What was sent that Prism does not look at: the headers and parameters that the document does not name.
function checkRest(stage) {
  const common = ['host', 'connection', 'user-agent', 'accept', 'accept-encoding', 'content-type', 'content-length']
  const own = stage.profile === 'gateway' ? ['apikey', 'company-id', 'property-id'] : ['x-api-key']
  for (const { method, path, sent } of stage.tap.exchanges) {
    if (!sent['user-agent'].startsWith('tourdesk')) continue
    const what = `${method} ${path}`
    assert.equal(sent['content-type'], 'application/json', what)
    for (const name of own) assert.ok(sent[name], `${what} goes without ${name}`)
    for (const name of Object.keys(sent)) assert.ok([...common, ...own].includes(name), `${what} has the header ${name}`)
    if (sent['property-id']) assert.equal(sent['property-id'], COMMUNITY, what)
    for (const name of new URL(path, 'http://knock').searchParams.keys())
      assert.ok(['forSelfGuided', 'first', 'after'].includes(name), `${what} has the parameter ${name}`)
  }
}

export async function converse(stage) {
  await look(stage)
  await bookMoveCancel(stage)
  const booked = await bookInEveryWay(stage)
  await bookElsewhere(stage)
  await bookLater(stage)
  const id = await speakAsOthersDo(stage)
  await readPerson(stage, id)
  await stage.setClock(EVENING)
  await visit(stage, booked, id)
  await call(stage, booked, id)
  await stage.run(0, 'board --date 2026-11-24')
  await stage.run(0, 'status --days 30')
  checkRest(stage)
}
