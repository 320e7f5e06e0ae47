/** What merging programs and every operation on one give. */
export interface Composed {
  readonly program: string
  readonly notes: readonly string[]
}
