// The programs of a test: those that listen, until they are stopped, and those that run to their end.
import { spawn } from 'node:child_process'

const READY_MS = 30000
const END_MS = 10000

// What is killed when the test itself is told to end.
const running = new Set()
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

function start(command, words, environment) {
  const child = spawn(command, words, { stdio: 'pipe', env: { ...process.env, ...environment } })
  running.add(child)
  child.on('close', () => running.delete(child))
  child.stdin.on('error', () => {}) // it may end before it has read everything
  return child
}

// Starts a program and waits for its line "listening on URL". It ends with its standard input, so that nothing is left
// running when a test is killed.
export function listen(command, words, environment = {}) {
  const child = start(command, words, environment)
  const program = { url: '', said: '' }
  const ended = new Promise((resolve) => child.on('close', resolve))
  program.stop = async () => {
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS)
    child.stdin.end()
    await ended
    clearTimeout(late)
  }
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      child.kill('SIGKILL')
      reject(new Error(`${command} ${words[0]} ${why}; it said:\n${program.said}`))
    }
    const late = setTimeout(fail, READY_MS, 'did not say that it listens')
    child.on('error', (error) => fail(error.message))
    child.on('close', () => fail('ended'))
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        program.said += text
        const found = !program.url && /listening on (http:\/\/[\d.]+:\d+)\n/.exec(program.said)
        if (!found) return
        program.url = found[1]
        clearTimeout(late)
        resolve(program)
      })
  })
}

// Runs a program to its end, `input` as its standard input, and resolves to its exit code and what it printed. `signal`
// ends it before.
export function run(command, words, { input = '', environment = {}, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = start(command, words, environment)
    signal?.addEventListener('abort', () => child.kill())
    const result = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (text) => (result.out += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (result.err += text))
    child.on('error', reject)
    child.on('close', (code, by) => resolve({ ...result, code: code ?? by }))
    child.stdin.end(input)
  })
}
