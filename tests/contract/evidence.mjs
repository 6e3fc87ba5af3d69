// Every part of the document names its evidence, by marks that its table explains.
import assert from 'node:assert/strict'
import { operations, resolve } from './documents.mjs'

// The marks of the table in the document's description.
function explained(document) {
  const rows = document.info.description.split('\n').filter((line) => line.startsWith('| `'))
  return new Set(rows.flatMap((row) => [...row.split('|')[1].matchAll(/`(\w+)`/g)].map((match) => match[1])))
}

function parts(document) {
  const { schemas, ...others } = document.components
  const list = []
  const add = (name, part) => list.push([name, part])
  for (const operation of operations(document)) {
    add(operation.operationId, operation)
    for (const [status, answer] of Object.entries(operation.responses)) add(`${operation.operationId} ${status}`, resolve(document, answer))
  }
  for (const [kind, group] of Object.entries(others))
    for (const [name, part] of Object.entries(group)) add(`${kind} ${name}`, part)
  for (const [name, schema] of Object.entries(schemas)) {
    add(name, schema)
    for (const [property, part] of Object.entries(schema.properties ?? {})) add(`${name}.${property}`, part)
  }
  return list
}

export function prove(document) {
  const marks = explained(document), used = new Set()
  for (const [name, part] of parts(document)) {
    const evidence = part['x-evidence']
    assert.ok(evidence?.length, `${name} has no evidence`)
    for (const mark of evidence) assert.ok(marks.has(mark), `${name}: what is ${mark}?`)
    assert.ok(!part.properties || name in document.components.schemas, `${name} is an object inside another; make it a schema of its own`)
    evidence.forEach((mark) => used.add(mark))
  }
  for (const mark of marks) assert.ok(used.has(mark), `nothing rests on ${mark}`)
  console.log(`${parts(document).length} parts, each with its evidence`)
}
