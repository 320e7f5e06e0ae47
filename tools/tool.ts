/**
 * What a tool is. One file per tool exports one `defineTool({...})` as its default; the registry is generated from the
 * folder listing. From the same object come the MCP registration, the command line, `docs/tools.md` and the tests that
 * hold every result against its schema.
 */
import type { z } from 'zod'
import type { ToolContext } from './context.ts'

export type ToolKind = 'read' | 'write' | 'run'

/** Rising progress of a long call; `total` is absent where it cannot be known. */
export type ReportProgress = (progress: { done: number; total?: number; message: string }) => void

/** What a person is asked before something runs on the machine. */
export interface ApprovalRequest {
  /** One sentence: what would run, for how long, and what speaks against it. */
  readonly message: string
  /** The text of the program. */
  readonly program: string
}

/** Whether a person says yes. */
export type Approve = (request: ApprovalRequest) => Promise<boolean>

export interface RunOptions {
  readonly signal: AbortSignal
  readonly progress: ReportProgress
  /** Absent where nobody can be asked. */
  readonly approve?: Approve | undefined
}

/** Analyzers give readonly data; a result may hold it as it is. */
export type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T

export interface Tool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  /** Canonical dotted name, at most 40 characters: `pprof.top`. */
  readonly name: string
  readonly title: string
  /** What it does, when to use it, what it returns: at most three sentences. */
  readonly description: string
  /** `read` changes nothing; `write` changes the store or files; `run` starts a program on the machine. */
  readonly kind: ToolKind
  readonly toolset: string
  /** A `write` or `run` tool that changes nothing without this argument: it is offered for reading too, then without it. */
  readonly writesOnlyWith?: string
  /**
   * The list of tools shows its special options too (fields with the meta `unlisted`); the other tools that take them
   * leave them out of the list, which every host sends with every request.
   */
  readonly listsAllOptions?: boolean
  /** It talks to machines beyond this one. */
  readonly openWorld?: boolean
  /** It deletes or overwrites what was there; only meaningful for `write`. */
  readonly destructive?: boolean
  /** A second call with the same input changes nothing more. Reading always is. */
  readonly idempotent?: boolean
  /** The view that hosts with MCP Apps show for its result: a bundle of `mcp-server/resources/views.ts`. */
  readonly view?: 'flame-graph'
  /** A strict object; every field described. */
  readonly input: Input
  readonly output: Output
  /** @throws UserError for what the caller can repair. */
  run(context: ToolContext, input: z.output<Input>, options: RunOptions): Promise<DeepReadonly<z.input<Output>>>
  /** A short Markdown text of the same facts for people and for clients that read only text. */
  text(result: z.output<Output>): string
}

/** Infers the types of `run` and `text` from the schemas. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool<Input, Output> {
  return tool
}
