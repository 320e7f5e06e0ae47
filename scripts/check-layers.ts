/**
 * Holds every module to the arrows of `layers.json`: which rooms, npm packages and Node modules it may import, and
 * which globals the pure rooms may not touch. Fails with one line for each breach. `--root` checks another tree.
 */
import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type Reference, readReferences } from './shared/imports.ts'
import { root as checkout } from './shared/paths.ts'
import { main } from './shared/terminal.ts'

const Layers = z.strictObject({
  rooms: z.record(z.string(), z.array(z.string())).describe('Room → folders or modules of others that it may import'),
  packages: z.record(z.string(), z.array(z.string())).describe('npm package → rooms that may import it'),
  node: z.array(z.string()).describe("Rooms that may import Node's built-in modules"),
  free: z.array(z.string()).describe('Folders that may import anything and that nothing imports'),
  pure: z.strictObject({
    rooms: z.array(z.string()),
    globals: z.array(z.string()).describe('Names, or names with a member, that reach the world outside'),
  }),
})
export type Layers = z.infer<typeof Layers>

export interface Breach {
  readonly file: string
  readonly line: number
  readonly message: string
}

export function readLayers(path = join(import.meta.dirname, 'layers.json')): Layers {
  return Layers.parse(JSON.parse(readFileSync(path, 'utf8')))
}

/** `tools/pprof/top` lies in `tools/pprof` and in `tools`, and in the module of its own name, but not in `tool`. */
const liesIn = (path: string, place: string) => path === place || path.startsWith(`${place}/`)
const withoutExtension = (path: string) => path.replace(/\.(d\.)?[cm]?tsx?$/, '')

function roomOf(path: string, layers: Layers): string | undefined {
  const holds = Object.keys(layers.rooms).filter((room) => liesIn(path, room))
  return holds.toSorted((a, b) => b.length - a.length)[0]
}

/** Tests and benchmarks sit beside the code; like `test/` they may use anything, and no module may use them. */
const isFree = (path: string, layers: Layers) =>
  /\.(test|bench|e2e)\.ts$/.test(path) || layers.free.some((folder) => liesIn(path, folder))

const packageName = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

/** Says what is wrong with one import of a module, or nothing. */
function importBreach(file: string, room: string, specifier: string, layers: Layers): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier)
    if (isFree(target, layers)) return `${room} may not import ${target}: tests and scripts are imported by nothing`
    const allowed = [room, ...(layers.rooms[room] ?? [])]
    if (allowed.some((place) => liesIn(withoutExtension(target), place))) return undefined
    return `${room} may not import ${target} (it may import: ${allowed.join(', ')})`
  }
  if (isBuiltin(specifier)) {
    return layers.node.some((place) => liesIn(room, place))
      ? undefined
      : `${room} may not import ${specifier}: it has to run without Node`
  }
  const name = packageName(specifier)
  // A package may belong to a part of a room: `services/database`.
  const rooms = layers.packages[name] ?? []
  if (rooms.some((place) => liesIn(withoutExtension(file), place))) return undefined
  return `${file} may not import the package ${name} (allowed in: ${rooms.join(', ') || 'no room'})`
}

export function checkModule(file: string, source: string, layers: Layers): Breach[] {
  if (isFree(file, layers)) return []
  const room = roomOf(file, layers)
  if (room === undefined) return [{ file, line: 1, message: 'lies in no room of scripts/layers.json' }]
  const { imports, globals, computed } = readReferences(file, source)
  const breach = ({ line }: Reference, message: string): Breach => ({ file, line, message })

  const found = imports.flatMap((reference) => {
    const message = importBreach(file, room, reference.name, layers)
    return message ? [breach(reference, message)] : []
  })
  if (layers.pure.rooms.some((place) => liesIn(room, place))) {
    for (const reference of globals.filter(({ name }) => layers.pure.globals.includes(name))) {
      found.push(breach(reference, `${room} is pure and may not use ${reference.name}`))
    }
    for (const reference of computed) found.push(breach(reference, `${room} is pure: an import must name its module`))
  }
  return found
}

export function checkTree(root: string, layers: Layers): { modules: number; breaches: Breach[] } {
  const top = [...Object.keys(layers.rooms), ...layers.free].map((place) => place.split('/')[0])
  const files = globSync(
    [...new Set(top)].map((folder) => `${folder}/**/*.ts`),
    { cwd: root },
  )
  const breaches = files
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
    .flatMap((file) => checkModule(file, readFileSync(join(root, file), 'utf8'), layers))
  return { modules: files.length, breaches }
}

if (import.meta.main) {
  await main(async () => {
    const { values } = parseArgs({ options: { root: { type: 'string', default: checkout } } })
    const { modules, breaches } = checkTree(values.root, readLayers())
    for (const { file, line, message } of breaches) console.log(`${file}:${line}: ${message}`)
    console.log(`${modules} modules read, ${breaches.length} breaches of scripts/layers.json`)
    return breaches.length > 0 || modules === 0 ? 1 : 0
  })
}
