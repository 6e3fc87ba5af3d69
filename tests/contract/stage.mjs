// The stage of a test: the sandbox, Prism in front of it (or instead of it), the tap in front of Prism, and a desk, which
// is a folder with a configuration and a ledger for tourdesk's one-shot commands.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { listen, run } from './programs.mjs'
import { openTap } from './tap.mjs'

export const COMMUNITY = 'b9XQN6eMvvrr07zg'
export const START = '2026-11-23T07:30:00-08:00' // a Monday
const KEYS = { appointment: 'syndication-appointment-TEST-KEY', prospect: 'syndication-prospect-TEST-KEY' }
const COMPANY = '4711'

const folders = new Set()
const remove = (folder) => rmSync(folder, { recursive: true, force: true })
process.on('exit', () => folders.forEach(remove))

// Something that Prism objected to; its message is what Prism said.
export class Stray extends Error {}

// Where a test is run: the programs, the folder with the packages, and one for its own files.
export class Stage {
  constructor(place) {
    this.place = place
    this.parts = []
  }

  // `document`: the text that Prism holds everything against. `mock`: it also answers by it, and there is no sandbox.
  // `profile`: the headers, "documented" or "gateway". `errors`: Prism puts an error in the place of what strays.
  static async open(place, { document, mock = false, profile = 'documented', errors = true, zone, clock = START }) {
    const stage = new Stage(place)
    try {
      Object.assign(stage, { profile, zone, clock, mock })
      stage.folder = await fs.mkdtemp(path.join(os.tmpdir(), 'tourdesk-contract-'))
      folders.add(stage.folder)
      await stage.#openSandbox()
      await stage.#openPrism(document, errors)
      stage.tap = await openTap(stage.prism.url)
      stage.parts.push(() => stage.tap.close())
      await stage.newDesk()
      return stage
    } catch (error) {
      await stage.close()
      throw error
    }
  }

  async close() {
    for (const stop of this.parts.reverse()) await stop()
    if (this.folder) remove(this.folder)
    folders.delete(this.folder)
  }

  async #openSandbox() {
    if (this.mock) return
    this.sandbox = await listen(this.place.sandbox, [
      '--until-eof', '--control', '--clock', this.clock, '--clock-speed', '0'])
    this.parts.push(() => this.sandbox.stop())
    await this.office({ gateway: this.profile === 'gateway' ? 'require' : 'off' })
    await this.setClock(this.clock)
  }

  async #openPrism(document, errors) {
    const file = path.join(this.folder, 'document.yaml')
    const prism = path.join(this.place.modules, 'node_modules/@stoplight/prism-cli/dist/index.js')
    const leash = new URL('leash.cjs', import.meta.url).pathname
    const mode = this.mock ? ['mock', file] : ['proxy', file, this.sandbox.url]
    await fs.writeFile(file, document)
    this.prism = await listen(process.execPath,
      ['--require', leash, prism, ...mode, '--port', '0', '--multiprocess', 'false', ...(errors ? ['--errors'] : [])],
      { FORCE_COLOR: '0', NODE_ENV: 'test' })
    this.parts.push(() => this.prism.stop())
  }

  // Another desk, which knows of nothing yet. `more` goes into its profile.
  async newDesk(more = '') {
    this.desk = await fs.mkdtemp(path.join(this.folder, 'desk-'))
    const headers = this.profile === 'gateway' ? `header_profile = "gateway"; company_id = "${COMPANY}";` : ''
    const text = `profiles = { contract = {
        base_url = "${this.tap.url}"; appointment_key = "${KEYS.appointment}"; prospect_key = "${KEYS.prospect}";
        ${headers} ${more} }; };
      communities = ( { id = "${COMMUNITY}"; timezone = "${this.zone ?? 'America/Los_Angeles'}";
        source = "Property Website"; units = [ "101", "M6-202" ]; sms_consent_url = "https://example.com/texts"; } );`
    await fs.writeFile(path.join(this.desk, 'tourdesk.conf'), text, { mode: 0o600 })
  }

  // Runs a one-shot command and resolves to the object it prints; it must end with `code`. Words may have spaces between
  // them, or come as a list; `input` is an object for --input.
  async run(code, words, input) {
    const list = Array.isArray(words) ? words : words.split(' ')
    const all = [...list, '--json', '--config', `${this.desk}/tourdesk.conf`, '--data', `${this.desk}/data`]
    if (input) all.push('--input', '-')
    const environment = { TOURDESK_CLOCK: this.mock ? this.clock : `@${this.folder}/clock` }
    const strayed = new AbortController() // the command would try again; there is no use in waiting for that
    this.tap.onStray = this.lenient ? null : () => strayed.abort()
    const result = await run(this.place.tourdesk, all,
      { input: input && JSON.stringify(input), environment, signal: strayed.signal })
    this.check()
    assert.equal(result.code, code, `tourdesk ${list.join(' ')} ended with ${result.code}, not ${code}:\n` +
      `${result.out}${result.err}\n${this.#last()}`)
    return result.out && JSON.parse(result.out)
  }

  // Speaks to Prism as another client would, and resolves to the status and the object of the answer.
  async say(method, target, body, headers = this.#headers(target)) {
    const response = await fetch(this.tap.url + target, {
      method, headers: { ...headers, 'content-type': 'application/json' }, body: body && JSON.stringify(body) })
    const text = await response.text()
    this.check()
    return { status: response.status, text }
  }

  #headers(target) {
    const key = /^\/(prospect|visit)/.test(target) ? KEYS.prospect : KEYS.appointment
    return this.profile === 'gateway'
      ? { apikey: key, 'company-id': COMPANY, 'property-id': COMMUNITY }
      : { 'x-api-key': key }
  }

  // Throws what Prism objected to, unless the test wants to look at it itself.
  check() {
    const strays = this.strays()
    if (strays.length && !this.lenient) throw new Stray(strays.join('\n'))
  }

  strays() {
    return this.tap.exchanges.flatMap((e) => e.strays.map((words) => `${e.method} ${e.path}: ${words}`))
  }

  #last() {
    return this.tap.exchanges.slice(-3).map((e) => `${e.method} ${e.path} ${e.body} -> ${e.status} ${String(e.text).slice(0, 400)}`).join('\n')
  }

  // --- the sandbox's control side ---

  async control(method, target, body) {
    const response = await fetch(`${this.sandbox.url}/_sandbox/${target}`, { method, body: body && JSON.stringify(body) })
    assert.ok(response.ok, `${method} ${target} at the sandbox: ${response.status}`)
    return response.status === 204 ? null : response.json()
  }

  // Moves the time, for the sandbox and the desk.
  async setClock(time) {
    await this.control('PUT', 'clock', { now: time, speed: 0 })
    await fs.writeFile(`${this.folder}/clock`, time)
  }

  office(settings) {
    return this.control('PATCH', 'office', settings)
  }

  community(settings) {
    return this.control('PATCH', `office/${COMMUNITY}`, settings)
  }

  // Has requests go wrong by these rules, in place of those before.
  async faults(...rules) {
    await this.control('DELETE', 'faults')
    if (rules.length) await this.control('POST', 'faults', { rules })
  }
}
