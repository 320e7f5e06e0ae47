/** Keywords and operators, with their precedence; the parser knows how to read them, this says since when. */
import type { Lifetime } from './entry.ts'

export interface Word extends Lifetime {
  readonly name: string
  readonly description: string
}

export interface Operator extends Lifetime {
  readonly symbol: string
  readonly position: 'prefix' | 'postfix' | 'binary' | 'ternary' | 'assignment'
  /** Higher binds tighter. */
  readonly precedence: number
  readonly description: string
}

export const keywords: readonly Word[] = [
  { name: 'break', since: '0.9.4', description: 'Leaves the innermost loop.' },
  { name: 'comptime', since: '0.25', description: 'Demands that an expression is known while compiling.' },
  { name: 'config', since: '0.20', description: 'Opens the block of settings at the top of a script.' },
  { name: 'continue', since: '0.9.4', description: 'Starts the next round of the innermost loop.' },
  { name: 'else', since: '0.9', description: 'The branch taken when the condition does not hold.' },
  { name: 'false', since: '0.24', description: 'The boolean value false.' },
  { name: 'fn', since: '0.23', description: 'Defines a function of the script.' },
  { name: 'for', since: '0.20', description: 'Walks over the entries of a map or the numbers of a range.' },
  { name: 'if', since: '0.9', description: 'Runs a block when a condition holds.' },
  { name: 'import', since: '0.24', description: 'Takes in another script, a C file or an object file.' },
  { name: 'let', since: '0.22', description: 'Declares a scratch variable, or at the top level a map.' },
  { name: 'macro', since: '0.24', description: 'Defines a macro that is expanded where it is called.' },
  { name: 'offsetof', since: '0.18', description: 'The offset of a field in bytes.' },
  { name: 'return', since: '0.9.4', description: 'Ends the probe, or the function with a value.' },
  { name: 'sizeof', since: '0.11', description: 'The size of a type or expression in bytes.' },
  { name: 'true', since: '0.24', description: 'The boolean value true.' },
  { name: 'typeinfo', since: '0.25', description: 'A record that describes the type of an expression.' },
  { name: 'typeof', since: '0.25', description: 'The type of an expression, where a type is due.' },
  { name: 'unroll', since: '0.9', description: 'Repeats a block a constant number of times.' },
  {
    name: 'while',
    since: '0.9.4',
    deprecatedIn: '0.25',
    replacedBy: 'for',
    description: 'Repeats a block while a condition holds.',
  },
]

const binary = (symbol: string, precedence: number, description: string): Operator => ({
  symbol,
  position: 'binary',
  precedence,
  since: '0.9',
  description,
})

export const operators: readonly Operator[] = [
  {
    symbol: '.',
    position: 'postfix',
    precedence: 14,
    since: '0.9',
    description: 'Field of a structure, element of a tuple.',
  },
  { symbol: '->', position: 'postfix', precedence: 14, since: '0.9', description: 'Field through a pointer.' },
  {
    symbol: '[]',
    position: 'postfix',
    precedence: 14,
    since: '0.9',
    description: 'Element of an array, entry of a map.',
  },
  {
    symbol: '++',
    position: 'postfix',
    precedence: 14,
    since: '0.9',
    description: 'Adds one, and gives the old value.',
  },
  {
    symbol: '--',
    position: 'postfix',
    precedence: 14,
    since: '0.9',
    description: 'Subtracts one, and gives the old value.',
  },
  { symbol: '++', position: 'prefix', precedence: 13, since: '0.9', description: 'Adds one, and gives the new value.' },
  {
    symbol: '--',
    position: 'prefix',
    precedence: 13,
    since: '0.9',
    description: 'Subtracts one, and gives the new value.',
  },
  { symbol: '-', position: 'prefix', precedence: 13, since: '0.9', description: 'Negates.' },
  { symbol: '!', position: 'prefix', precedence: 13, since: '0.9', description: 'Logical not.' },
  { symbol: '~', position: 'prefix', precedence: 13, since: '0.9', description: 'Inverts all bits.' },
  { symbol: '*', position: 'prefix', precedence: 13, since: '0.9', description: 'Reads what a pointer points to.' },
  { symbol: '&', position: 'prefix', precedence: 13, since: '0.24', description: 'Address of a variable or map.' },
  binary('*', 12, 'Multiplies.'),
  binary('/', 12, 'Divides.'),
  binary('%', 12, 'Remainder of a division.'),
  binary('+', 11, 'Adds; moves a pointer.'),
  binary('-', 11, 'Subtracts; moves a pointer.'),
  binary('<<', 10, 'Shifts to the left.'),
  binary('>>', 10, 'Shifts to the right.'),
  binary('<', 9, 'Less than.'),
  binary('<=', 9, 'Less than or equal.'),
  binary('>', 9, 'Greater than.'),
  binary('>=', 9, 'Greater than or equal.'),
  binary('==', 8, 'Equal.'),
  binary('!=', 8, 'Not equal.'),
  binary('&', 7, 'Bitwise and.'),
  binary('^', 6, 'Bitwise exclusive or.'),
  binary('|', 5, 'Bitwise or.'),
  binary('&&', 4, 'Logical and.'),
  binary('||', 3, 'Logical or.'),
  { symbol: '?:', position: 'ternary', precedence: 2, since: '0.9', description: 'Chooses one of two values.' },
  ...['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|='].map(
    (symbol): Operator => ({
      symbol,
      position: 'assignment',
      precedence: 1,
      since: '0.9',
      description:
        symbol === '=' ? 'Assigns to a variable or map.' : `Assigns the result of \`${symbol.slice(0, -1)}\`.`,
    }),
  ),
]
