/**
 * What the editor asks the language server about programs that are in no file yet, as functions. The server is started
 * for it where no bpftrace document has been opened yet: it knows the target, and no work is done in this process.
 */
import type { ExtensionContext } from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import type { TemplateChoice } from '../analyzers/bpftrace/preview.ts'
import {
  type ComposeProgramsParams,
  composeProgramsRequest,
  type Insertion,
  type InsertionParams,
  insertionRequest,
  type ParameterValues,
  type ParameterValuesParams,
  type ProgramAnswer,
  parameterValuesRequest,
  renderTemplateRequest,
  type TemplateDescription,
  templatesRequest,
} from '../language-server/protocol/programs.ts'
import { languageClient, restartLanguageClient } from './language-client.ts'

export class ProgramRequests {
  readonly #context: ExtensionContext

  constructor(context: ExtensionContext) {
    this.#context = context
  }

  templates(): Promise<readonly TemplateDescription[]> {
    return this.#ask(templatesRequest, {})
  }

  render(uri: string, choice: TemplateChoice): Promise<ProgramAnswer> {
    return this.#ask(renderTemplateRequest, { uri, ...choice })
  }

  compose(params: ComposeProgramsParams): Promise<ProgramAnswer> {
    return this.#ask(composeProgramsRequest, params)
  }

  values(params: ParameterValuesParams): Promise<ParameterValues> {
    return this.#ask(parameterValuesRequest, params)
  }

  insertion(params: InsertionParams): Promise<Insertion> {
    return this.#ask(insertionRequest, params)
  }

  async #ask<Answer>(request: string, params: object): Promise<Answer> {
    const answer = await (await this.#client()).sendRequest<Answer | null>(request, params)
    // The server answers with nothing only where it has met a bug of its own, which stands in its log.
    if (answer === null) throw new Error(`The language server has no answer to ${request}.`)
    return answer
  }

  async #client(): Promise<LanguageClient> {
    const running = await languageClient()
    if (running !== undefined) return running
    await restartLanguageClient(this.#context)
    const started = await languageClient()
    if (started === undefined) throw new Error('The language server did not start.')
    return started
  }
}
