/** The passes of the compiler before 0.24. */
import type { Program } from '../../syntax/ast.ts'
import type { Environment } from '../environment.ts'
import type { Judgement } from '../modern/pipeline.ts'

export function judgeClassic(_program: Program, _environment: Environment): Judgement {
  return { typeOf: () => undefined, mapType: () => undefined }
}
