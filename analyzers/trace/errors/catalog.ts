/** Every known error; the first that matches a line explains it, so more particular ones stand first in each file. */

import { attachingErrors } from './known/attaching.ts'
import { commandLineErrors } from './known/command-line.ts'
import { hostErrors } from './known/host.ts'
import { loadingErrors } from './known/loading.ts'
import { privilegesErrors } from './known/privileges.ts'
import { programErrors } from './known/program.ts'
import { runningErrors } from './known/running.ts'
import type { KnownError } from './known-error.ts'

export const knownErrors: readonly KnownError[] = [
  ...privilegesErrors,
  ...attachingErrors,
  ...loadingErrors,
  ...runningErrors,
  ...commandLineErrors,
  ...hostErrors,
  ...programErrors,
]
