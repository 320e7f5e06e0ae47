/** Registers of x86-64 by the names of `struct pt_regs`. */
const common = 'r15 r14 r13 r12 bp bx r11 r10 r9 r8 ax cx dx si di ip cs flags sp ss'.split(' ')

const classic: ReadonlySet<string> = new Set([...common, 'orig_ax'])
const modern: ReadonlySet<string> = new Set([...common, 'orig_rax', 'pc'])

export const registers = (isModern: boolean): ReadonlySet<string> => (isModern ? modern : classic)
