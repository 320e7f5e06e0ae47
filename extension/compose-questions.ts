/** The questions of "Add to Program…" and "Compose Programs…": what, and with which value. Escape leaves no trace. */
import { l10n, type Memento, type QuickPickItem, type Uri, window, workspace } from 'vscode'
import type { Operation } from '../analyzers/bpftrace/compose/compose.ts'
import type { ProgramRequests } from './program-requests.ts'

/** A program to merge: a template with its defaults, or a file. */
export type Part = { readonly template: string } | { readonly file: Uri }

/** What is added: programs to merge, then operations. */
export interface Addition {
  readonly parts: readonly Part[]
  readonly operations: readonly Operation[]
}

interface Question {
  readonly label: string
  readonly description: string
  readonly prompt: string
  readonly fallback: string
  operation(text: string): Operation
}

const questions = (): Readonly<Record<string, Question>> => ({
  filter: {
    label: l10n.t('$(filter) Filter…'),
    description: l10n.t('a condition that every probe for events gets'),
    prompt: l10n.t('Condition, as between the slashes of a predicate'),
    fallback: 'pid == 1234',
    operation: (condition) => ({ kind: 'filter', condition }),
  },
  timeLimit: {
    label: l10n.t('$(watch) Time Limit…'),
    description: l10n.t('the program ends by itself'),
    prompt: l10n.t('Time such as 500ms, 10s or 5m'),
    fallback: '10s',
    operation: (duration) => ({ kind: 'time_limit', duration }),
  },
  series: {
    label: l10n.t('$(graph-line) Series…'),
    description: l10n.t('prints what is collected again and again, and starts afresh'),
    prompt: l10n.t('Time between two prints'),
    fallback: '1s',
    operation: (interval) => ({ kind: 'series', interval }),
  },
  beginText: {
    label: l10n.t('$(arrow-up) Line at the Beginning…'),
    description: l10n.t('printed when the program begins'),
    prompt: l10n.t('The line to print'),
    fallback: 'Tracing. Press Ctrl-C to stop.',
    operation: (text) => ({ kind: 'begin_text', text }),
  },
  endText: {
    label: l10n.t('$(arrow-down) Line at the End…'),
    description: l10n.t('printed when the program ends'),
    prompt: l10n.t('The line to print'),
    fallback: 'Done.',
    operation: (text) => ({ kind: 'end_text', text }),
  },
})

/** `problemOf` is asked while the user types, so that what cannot be made is said in the box. */
export async function askForOperation(
  requests: ProgramRequests,
  memory: Memento,
  problemOf: (addition: Addition) => Promise<string | undefined>,
): Promise<Addition | undefined> {
  const known = questions()
  const merges = [
    { key: 'template', label: l10n.t('$(file-code) Template…'), description: l10n.t('merged, with its defaults') },
    { key: 'file', label: l10n.t('$(combine) Other Script…'), description: l10n.t('merged, clashing names apart') },
  ]
  const items = [
    ...Object.entries(known).map(([key, { label, description }]) => ({ key, label, description })),
    ...merges,
  ]
  const chosen = await window.showQuickPick(items, { placeHolder: l10n.t('What should the program get?') })
  if (chosen === undefined) return undefined
  const question = known[chosen.key]
  if (question === undefined) {
    const part = chosen.key === 'template' ? await askForTemplate(requests) : await askForFile()
    return part && { parts: [part], operations: [] }
  }
  const remembered = `compose.${chosen.key}`
  const additionOf = (text: string): Addition => ({ parts: [], operations: [question.operation(text.trim())] })
  const text = await window.showInputBox({
    title: question.label.replace(/^\$\(\S+\) /, ''),
    prompt: question.prompt,
    value: memory.get(remembered, question.fallback),
    validateInput: (typed) => problemOf(additionOf(typed)),
  })
  if (text === undefined) return undefined
  await memory.update(remembered, text)
  return additionOf(text)
}

async function askForTemplate(requests: ProgramRequests): Promise<Part | undefined> {
  const options = { placeHolder: l10n.t('Template to merge'), matchOnDescription: true, matchOnDetail: true }
  return (await window.showQuickPick(templateItems(requests), options))?.part
}

async function askForFile(): Promise<Part | undefined> {
  const active = window.activeTextEditor?.document.uri
  const items = await fileItems(active)
  if (items.length === 0) {
    void window.showInformationMessage(l10n.t('There is no other .bt file in the workspace to merge.'))
    return undefined
  }
  return (await window.showQuickPick(items, { placeHolder: l10n.t('Script to merge') }))?.part
}

/** Several, of files and templates alike. */
export async function askForPrograms(requests: ProgramRequests, own: Uri): Promise<readonly Part[] | undefined> {
  const items = Promise.all([fileItems(own), templateItems(requests)]).then((all) => all.flat())
  const chosen = await window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: l10n.t('Scripts and templates to merge into this one'),
    matchOnDescription: true,
    matchOnDetail: true,
  })
  return chosen === undefined || chosen.length === 0 ? undefined : chosen.map(({ part }) => part)
}

type PartItem = QuickPickItem & { readonly part: Part }

async function templateItems(requests: ProgramRequests): Promise<PartItem[]> {
  const templates = await requests.templates()
  return templates.map(({ name, question, category }) => ({
    label: `$(file-code) ${name}`,
    description: category,
    detail: question,
    part: { template: name },
  }))
}

const MAX_FILES = 500

async function fileItems(own: Uri | undefined): Promise<PartItem[]> {
  const files = await workspace.findFiles('**/*.bt', '**/node_modules/**', MAX_FILES)
  return files
    .filter((uri) => uri.toString() !== own?.toString())
    .toSorted((a, b) => a.path.localeCompare(b.path))
    .map((file) => ({ label: `$(file) ${workspace.asRelativePath(file)}`, part: { file } }))
}
