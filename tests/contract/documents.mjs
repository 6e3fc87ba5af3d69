// The document as an object: read, walked, and changed on purpose. A changed one is written as JSON, which is YAML too.
import { createRequire } from 'node:module'
import path from 'node:path'

export class Documents {
  constructor(modules, text) {
    this.text = text
    this.yaml = createRequire(path.join(modules, 'package.json'))('yaml')
  }

  // A fresh copy, which the caller may change.
  read() {
    return this.yaml.parse(this.text)
  }

  // The text of the document after `change`.
  changed(change) {
    const document = this.read()
    change(document)
    return JSON.stringify(document)
  }
}

export function resolve(document, node) {
  return node?.$ref ? node.$ref.slice(2).split('/').reduce((at, name) => at[name], document) : node
}

const METHODS = ['get', 'put', 'post']

// Every operation, with its method, its path and all its parameters.
export function operations(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({
      ...item[method], method, path,
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((p) => resolve(document, p)) })))
}

// The operation that a request is, or undefined.
export function operationOf(list, method, target) {
  const path = target.split('?')[0]
  return list.find((operation) => operation.method === method.toLowerCase() && operation.pattern.test(path))
}

// The places of all properties below a schema, "profile.firstName", list items without their number.
export function places(document, node, prefix = '') {
  const schema = resolve(document, node)
  if (!schema || typeof schema !== 'object') return []
  const inside = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    [`${prefix}${name}`, ...places(document, property, `${prefix}${name}.`)])
  const also = [schema.items, schema.then, schema.else, ...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])]
  return [...new Set([...inside, ...also.flatMap((other) => places(document, other, prefix))])]
}
