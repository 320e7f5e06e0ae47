/** What users and hosts expect of an extension's manifest, held as rules over `package.json`. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { localizedTexts } from '../../scripts/generate-localization.ts'
import { generateSettings } from '../../scripts/generate-settings.ts'

const root = path.join(import.meta.dirname, '..', '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const manifest = JSON.parse(read('package.json'))
const texts: Readonly<Record<string, string>> = JSON.parse(read('package.nls.json'))
const { contributes } = manifest
const source = globSync(['extension/**/*.ts', 'webviews/protocol.ts', 'webviews/*/*.ts'], { cwd: root })
  .filter((file) => !file.endsWith('.test.ts'))
  .map(read)
  .join('\n')

interface Property {
  readonly type?: string
  readonly default?: unknown
  readonly scope?: string
  readonly enum?: readonly string[]
  readonly markdownDescription: string
  readonly markdownEnumDescriptions?: readonly string[]
}

const properties: Readonly<Record<string, Property>> = Object.assign(
  {},
  ...contributes.configuration.map((category: { properties: object }) => category.properties),
)

/** `%name%` as users read it. */
const text = (reference: string) => texts[reference.replace(/^%|%$/g, '')] ?? `nothing for ${reference}`

describe('activation', () => {
  test('nothing starts with the editor', () => {
    expect(manifest.activationEvents).not.toContain('*')
    expect(manifest.activationEvents).not.toContain('onStartupFinished')
  })

  test('the editor that is asked for has the API for MCP servers, and its types are not newer', () => {
    const [, minor] = manifest.engines.vscode.match(/^\^1\.(\d+)\.0$/) ?? []
    expect(Number(minor)).toBeGreaterThanOrEqual(101)
    const [, types] = manifest.devDependencies['@types/vscode'].match(/^1\.(\d+)\./) ?? []
    expect(Number(types)).toBeLessThanOrEqual(Number(minor))
  })

  test('it runs where the kernel and the files are', () => {
    expect(manifest.extensionKind).toEqual(['workspace'])
  })
})

describe('commands', () => {
  const commands: readonly { command: string; title: string; category?: string }[] = contributes.commands
  const declared = commands.map(({ command }) => command).toSorted()

  test('every command in code is in the manifest, and the other way round', () => {
    const registered = [...source.matchAll(/registerCommand\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '')
    const mentioned = [...source.matchAll(/'(tracewright\.[\w.]+)'/g)].map((match) => match[1] ?? '')
    expect(registered.filter((command) => !declared.includes(command))).toEqual([])
    // Some are registered from a list of actions, whose names are in kebab case.
    const isNamed = (command: string) => {
      const name = command.split('.').at(-1) ?? ''
      return (
        source.includes(name) || source.includes(`'${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}'`)
      )
    }
    expect(declared.filter((command) => !mentioned.includes(command) && !isNamed(command))).toEqual([])
  })

  test.each(commands)('$command has a title in title case under our category', ({ command, title, category }) => {
    expect(command).toMatch(/^tracewright\.[a-z]\w*(\.[a-z]\w*)*$/)
    expect(category).toBe('Tracewright')
    const words = text(title).split(/\s+/)
    const small = /^(of|the|a|an|to|in|on|and|or|for|by|with|bpftrace|as|from|at|into)$/
    expect(words.filter((word) => !/^[A-Z]/.test(word) && !small.test(word))).toEqual([])
    expect(text(title)).not.toMatch(/\.$/)
  })

  test('the palette shows none that cannot work where one is', () => {
    const names = [
      'showOutput',
      'openProfile',
      'compareProfile',
      'newFromTemplate',
      'openWalkthrough',
      'openSampleScript',
    ]
    const always = [...names, 'copyMcpConfiguration'].map((name) => `tracewright.${name}`)
    const conditions = new Map<string, string>(
      contributes.menus.commandPalette.map((entry: { command: string; when: string }) => [entry.command, entry.when]),
    )
    const languageCommands = declared.filter(
      (command) => !/explorer|flameGraph/.test(command) && !always.includes(command),
    )
    for (const command of languageCommands) expect(conditions.get(command), command).toBeTruthy()
  })
})

describe('the walkthrough', () => {
  interface Step {
    readonly id: string
    readonly description: string
    readonly media: { readonly svg: string; readonly altText: string }
    readonly completionEvents: readonly string[]
  }
  const [walkthrough]: readonly { id: string; when: string; steps: readonly Step[] }[] = contributes.walkthroughs
  const steps = walkthrough?.steps ?? []
  const commands: readonly string[] = contributes.commands.map(({ command }: { command: string }) => command)

  test('has three to six steps and is not opened by force', () => {
    expect(steps.length).toBeGreaterThanOrEqual(3)
    expect(steps.length).toBeLessThanOrEqual(6)
    // The editor opens at installation what it may show then.
    expect(walkthrough?.when).toBe('tracewright.isActive')
    expect(source).toContain(`'${walkthrough?.id}'`)
  })

  test.each(steps)(
    '$id checks itself, and its links and its picture are there',
    ({ description, media, completionEvents }) => {
      const links = [...text(description).matchAll(/\]\(command:([\w.]+)\)/g)].map((match) => match[1] ?? '')
      expect(links.length).toBeGreaterThan(0)
      expect(links.filter((command) => command.startsWith('tracewright.') && !commands.includes(command))).toEqual([])
      expect(completionEvents.some((event) => links.includes(event.replace('onCommand:', '')))).toBe(true)
      expect(text(media.altText)).toMatch(/^[A-Z].+\w$/)
      const picture = read(media.svg)
      expect(picture).toMatch(/var\(--vscode-/)
      expect(picture.match(/(fill|stroke)="(?!none|var\(|transparent)[^"]*"/g)).toBeNull()
    },
  )
})

describe('menus and keys', () => {
  interface Entry {
    readonly command?: string
    readonly submenu?: string
    readonly when?: string
    readonly group?: string
  }
  const menus: Readonly<Record<string, readonly Entry[]>> = contributes.menus
  const entries = Object.entries(menus).flatMap(([menu, all]) => all.map((entry) => ({ menu, ...entry })))
  const commands: readonly { command: string; icon?: string }[] = contributes.commands

  test('name only commands that there are', () => {
    const known = new Set(commands.map(({ command }) => command))
    expect(entries.filter(({ command }) => command !== undefined && !known.has(command))).toEqual([])
  })

  test('each entry says when it is shown and, outside the palette, where it stands', () => {
    // A new file can always be asked for, and its menu has one group.
    const sometimes = entries.filter(({ menu }) => menu !== 'file/newFile')
    expect(sometimes.filter(({ when }) => !when)).toEqual([])
    const placed = sometimes.filter(({ menu }) => menu !== 'commandPalette')
    expect(placed.filter(({ group }) => !/^(navigation|inline|\d_\w+)@\d+$/.test(group ?? ''))).toEqual([])
  })

  test('what stands in a toolbar has an icon', () => {
    const inToolbar = entries.filter(({ menu, group }) => {
      const isTitle = menu === 'view/title' || menu === 'editor/title'
      return (isTitle && group?.startsWith('navigation')) || group?.startsWith('inline')
    })
    const icons = new Map(commands.map(({ command, icon }) => [command, icon]))
    expect(inToolbar.length).toBeGreaterThan(2)
    expect(inToolbar.filter(({ command = '' }) => !icons.get(command)?.match(/^\$\([a-z-]+\)$/))).toEqual([])
  })

  test('few entries in the menus of everybody', () => {
    for (const menu of ['explorer/context', 'editor/context', 'editor/title']) {
      expect((menus[menu] ?? []).length, menu).toBeLessThanOrEqual(6)
    }
  })

  test('the palette hides what only a row or a frame can be meant by', () => {
    const hidden = (menus.commandPalette ?? []).filter(({ when }) => when === 'false').map(({ command }) => command)
    const ofRows = (menus['view/item/context'] ?? []).map(({ command }) => command)
    const alsoElsewhere = ['tracewright.compareProfile']
    expect(ofRows.filter((command) => !hidden.includes(command) && !alsoElsewhere.includes(command ?? ''))).toEqual([])
  })

  test('no key is taken from anybody', () => {
    const keys: readonly { key: string; when?: string }[] = contributes.keybindings ?? []
    expect(keys.filter(({ key, when }) => !when || !key.includes(' '))).toEqual([])
  })
})

describe('what is opened and shown', () => {
  test('names that others use too are left to them', () => {
    const editors: readonly { priority: string; selector: readonly { filenamePattern: string }[] }[] =
      contributes.customEditors
    const byDefault = editors.filter(({ priority }) => priority === 'default').flatMap(({ selector }) => selector)
    expect(byDefault.map(({ filenamePattern }) => filenamePattern)).toEqual([
      '*.pprof',
      '*.pb.gz',
      '*.pprof.gz',
      '*.pprof.zst',
    ])
    expect(editors.every(({ priority }) => priority === 'default' || priority === 'option')).toBe(true)
  })

  test('no container of our own; an empty view says what to do, with one or two links', () => {
    expect(contributes.viewsContainers).toBeUndefined()
    for (const { contents } of contributes.viewsWelcome) {
      const links = text(contents).match(/\(command:/g) ?? []
      expect(links.length).toBeGreaterThanOrEqual(1)
      expect(links.length).toBeLessThanOrEqual(2)
    }
  })
})

describe('settings', () => {
  test('stand in two to four titled groups, in order', () => {
    const groups: readonly { title: string; order: number }[] = contributes.configuration
    expect(groups.length).toBeGreaterThanOrEqual(2)
    expect(groups.length).toBeLessThanOrEqual(4)
    expect(groups.map(({ order }) => order)).toEqual(groups.map((_, index) => index))
  })

  test('the manifest has what the schema says', () => {
    const generated = generateSettings()
    expect(contributes.configuration).toEqual(JSON.parse(JSON.stringify(generated.configuration)))
    expect(texts).toMatchObject(generated.texts)
  })

  test.each(Object.entries(properties))('%s is explained', (name, property) => {
    expect(name).toMatch(/^tracewright\./)
    const description = text(property.markdownDescription)
    expect(description).toMatch(/\.$/)
    if (property.type === 'boolean') expect(description).toMatch(/^Controls whether /)
    expect(property).toHaveProperty('default')
    expect(property.scope).toBeTruthy()
    if (property.enum) expect(property.markdownEnumDescriptions).toHaveLength(property.enum.length)
    for (const [, other = ''] of description.matchAll(/`#([\w.]+)#`/g)) {
      expect(other.startsWith('tracewright.') ? Object.keys(properties) : [other]).toContain(other)
    }
  })

  test('programs and files that a workspace could name are restricted until it is trusted', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities
    expect(untrustedWorkspaces.supported).toBe('limited')
    const paths = Object.keys(properties).filter((name) => properties[name]?.scope === 'machine-overridable')
    expect(untrustedWorkspaces.restrictedConfigurations.toSorted()).toEqual(paths.toSorted())
    expect(virtualWorkspaces.supported).toBe('limited')
  })

  test('only our language gets defaults', () => {
    expect(Object.keys(contributes.configurationDefaults)).toEqual(['[bpftrace]'])
  })
})

describe('texts', () => {
  test('every text of the manifest can be translated, and none is left over', () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([\w.-]+)%"/g)].map((match) => match[1] ?? ''))
    expect([...used].filter((name) => texts[name] === undefined)).toEqual([])
    expect(Object.keys(texts).filter((name) => !used.has(name))).toEqual([])
  })

  test('every text of the code is in the bundle that translations start from', () => {
    expect(Object.keys(JSON.parse(read('l10n/bundle.l10n.json')))).toEqual(localizedTexts())
  })
})
