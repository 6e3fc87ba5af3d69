// contract.mjs NAME MODULES TOURDESK SANDBOX: runs one of the tests below (see contract.sh).
import fs from 'node:fs/promises'
import { Stage } from './stage.mjs'
import { converse } from './conversation.mjs'
import { cover, forbidEverything } from './coverage.mjs'
import { Documents } from './documents.mjs'
import { prove } from './evidence.mjs'
import { fail } from './failures.mjs'
import { imitate } from './mock.mjs'
import { mutate } from './mutations.mjs'
import { stray } from './strays.mjs'

const [name, modules, tourdesk, sandbox] = process.argv.slice(2)
const place = { modules, tourdesk, sandbox }
const document = await fs.readFile(new URL('knock.yaml', import.meta.url), 'utf8')

async function staged(options, test) {
  const stage = await Stage.open(place, { document, ...options })
  try {
    await test(stage)
  } finally {
    await stage.close()
  }
}

const documents = new Documents(modules, document)

const tests = {
  evidence: () => prove(documents.read()),
  mock: () => staged({ mock: true, zone: 'America/Denver' }, (stage) => imitate(stage, documents.read())),
  failures: () => staged({}, fail),
  strays: () => staged({}, stray),
  mutations: () => mutate(staged, documents),
  documented: () => staged({}, converse),
  gateway: () => staged({ profile: 'gateway' }, converse),
  coverage: () =>
    staged({ profile: 'gateway', errors: false, document: documents.changed(forbidEverything) }, (stage) =>
      cover(stage, documents.read())),
}

try {
  await tests[name]()
} catch (error) {
  console.error(error.constructor.name === 'Stray' ? `Prism objects:\n${error.message}` : error)
  process.exitCode = 1
}
