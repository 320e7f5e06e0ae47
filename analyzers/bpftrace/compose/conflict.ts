/** Programs that cannot become one without a decision that only a person can take. */
import { UserError } from '../../shared/user-error.ts'

export function conflict(message: string): UserError {
  return new UserError({
    code: 'CONFLICT',
    message,
    hint: 'Make them equal, or rename one of them, and compose again.',
  })
}
