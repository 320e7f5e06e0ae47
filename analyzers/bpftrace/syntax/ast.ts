/**
 * The syntax tree of a bpftrace program: one discriminated union for the language of every version. Nodes hold
 * UTF-16 offsets and token indexes and nothing else: no parents, no types, no version. What a name means (builtin,
 * function, macro) is for the checker; the tree says how it is written.
 *
 * Every expression slot holds a node: where the source lacks one there is a `Missing` node with an empty span, and
 * text that fits nowhere is an `Error` node, so that an editor always has a place to stand.
 */
import type { Span } from '../diagnostic.ts'

interface NodeBase {
  readonly span: Span
  /** Index of the first token. */
  readonly firstToken: number
  /** Index of the last token; `firstToken - 1` for a node without tokens. */
  readonly lastToken: number
}

export interface Program extends NodeBase {
  readonly kind: 'Program'
  /** In source order, whether or not the order is allowed. */
  readonly items: readonly TopLevel[]
}

export type TopLevel =
  | Preprocessor
  | CDefinition
  | Config
  | Import
  | MapDeclaration
  | Macro
  | Subprogram
  | Probe
  | ErrorNode

/** A preprocessor line without its line end: `#include <linux/sched.h>`. */
export interface Preprocessor extends NodeBase {
  readonly kind: 'Preprocessor'
  /** The word after `#`: `include`, `define`, `ifdef`; empty when there is none. */
  readonly directive: string
}

/** A C struct, union or enum definition, handed on as text to the C parser: the node's span is that text. */
export interface CDefinition extends NodeBase {
  readonly kind: 'CDefinition'
  readonly keyword: 'struct' | 'union' | 'enum'
  /** Empty for an anonymous one. */
  readonly name: string
  readonly nameSpan: Span
}

/** `config = { key = value; … }` */
export interface Config extends NodeBase {
  readonly kind: 'Config'
  readonly entries: readonly (ConfigEntry | ErrorNode)[]
}

export interface ConfigEntry extends NodeBase {
  readonly kind: 'ConfigEntry'
  readonly key: Name
  /** A string, an integer, a boolean or a bare word. */
  readonly value: Expression
}

/** `import "path";` at the root or as a statement. */
export interface Import extends NodeBase {
  readonly kind: 'Import'
  readonly path: StringLiteral | Missing
}

/** `let @name = lruhash(100);` */
export interface MapDeclaration extends NodeBase {
  readonly kind: 'MapDeclaration'
  readonly map: MapReference
  readonly type: Name
  readonly size: IntegerLiteral | Missing
}

/** `macro name(a, $b, @c) { … }` */
export interface Macro extends NodeBase {
  readonly kind: 'Macro'
  readonly name: Name
  readonly parameters: readonly MacroParameter[]
  readonly body: Block
}

export type MacroParameter = Identifier | Variable | MapReference | Missing

/** `fn name($a : int64) : void { … }` */
export interface Subprogram extends NodeBase {
  readonly kind: 'Subprogram'
  readonly name: Name
  readonly parameters: readonly SubprogramParameter[]
  readonly returns: TypeNode
  readonly body: Block
}

export interface SubprogramParameter extends NodeBase {
  readonly kind: 'SubprogramParameter'
  readonly variable: Variable
  readonly type: TypeNode
}

/** One or more attach points with an optional predicate and an action block. */
export interface Probe extends NodeBase {
  readonly kind: 'Probe'
  readonly attachPoints: readonly AttachPoint[]
  readonly predicate: Predicate | null
  readonly body: Block
}

/**
 * One attach point as written: `name=provider:part:part`. Parts are split at colons outside quotes; what each means
 * depends on the provider and is for the checker.
 */
export interface AttachPoint extends NodeBase {
  readonly kind: 'AttachPoint'
  /** The whole text; for versions before 0.26 without the blanks and comments that may stand inside. */
  readonly text: string
  /** The reserved name before `=`. */
  readonly name: AttachPointPart | null
  /** `parts[0]` is the provider. There is at least one part; it may be empty. */
  readonly parts: readonly AttachPointPart[]
}

/** A stretch between two colons; `text` is without quotes and their escapes. */
export interface AttachPointPart {
  readonly text: string
  readonly quoted: boolean
  readonly span: Span
}

/** `/condition/` */
export interface Predicate extends NodeBase {
  readonly kind: 'Predicate'
  readonly condition: Expression
}

/** `{ … }`, as a body, a branch, a statement or an expression. */
export interface Block extends NodeBase {
  readonly kind: 'Block'
  readonly statements: readonly Statement[]
  /** The value of a block used as an expression or branch: its last expression when no semicolon follows. */
  readonly result: Expression | null
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | VariableDeclaration
  | Discard
  | Jump
  | While
  | Unroll
  | For
  | Import
  | ErrorNode

/** Any expression for its effect; `if` and bare blocks are expressions too. */
export interface ExpressionStatement extends NodeBase {
  readonly kind: 'ExpressionStatement'
  readonly expression: Expression
}

export interface Assignment extends NodeBase {
  readonly kind: 'Assignment'
  /** Anything may stand here in a faulty program; a valid one has a variable, a map or a map access. */
  readonly target: Expression
  readonly operator: AssignmentOperator
  readonly operatorSpan: Span
  readonly value: Expression
}

export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '<<=' | '>>=' | '&=' | '|=' | '^='

/** `let $a;`, `let $a : T;`, `let $a : T = e;` */
export interface VariableDeclaration extends NodeBase {
  readonly kind: 'VariableDeclaration'
  readonly variable: Variable | Missing
  readonly type: TypeNode | null
  readonly value: Expression | null
}

/** `_ = e;` */
export interface Discard extends NodeBase {
  readonly kind: 'Discard'
  readonly value: Expression
}

export interface Jump extends NodeBase {
  readonly kind: 'Jump'
  readonly keyword: 'break' | 'continue' | 'return'
  readonly value: Expression | null
}

export interface While extends NodeBase {
  readonly kind: 'While'
  readonly condition: Expression
  readonly body: Block
}

export interface Unroll extends NodeBase {
  readonly kind: 'Unroll'
  readonly count: Expression
  readonly body: Block
}

/** `for ($kv : @m) { … }`, `for $i : 0..5 { … }` */
export interface For extends NodeBase {
  readonly kind: 'For'
  readonly variable: Variable | Missing
  /** A map or a range in a valid program. */
  readonly iterable: Expression
  readonly body: Block
}

export type Expression =
  | Identifier
  | IntegerLiteral
  | StringLiteral
  | BooleanLiteral
  | Variable
  | PositionalParameter
  | ParameterCount
  | MapReference
  | MapAccess
  | Call
  | Unary
  | Update
  | AddressOf
  | Binary
  | Conditional
  | FieldAccess
  | TupleAccess
  | IndexAccess
  | Cast
  | Tuple
  | Record
  | Parenthesized
  | Range
  | If
  | Block
  | Sizeof
  | Offsetof
  | Typeinfo
  | Comptime
  | TypeNode
  | Missing
  | ErrorNode

/** A bare word: builtin, enumerator, macro without arguments, stack mode, defined constant. */
export interface Identifier extends NodeBase {
  readonly kind: 'Identifier'
  readonly name: string
}

export interface IntegerLiteral extends NodeBase {
  readonly kind: 'IntegerLiteral'
  /** As written: `0xff`, `1_000u`, `1e6`, `5ms`. */
  readonly text: string
  /** With exponent and duration applied (nanoseconds); null when the text is no number or exceeds 64 bits. */
  readonly value: bigint | null
}

export interface StringLiteral extends NodeBase {
  readonly kind: 'StringLiteral'
  /** With escapes resolved. */
  readonly value: string
}

export interface BooleanLiteral extends NodeBase {
  readonly kind: 'BooleanLiteral'
  readonly value: boolean
}

/** `$name`; `name` is with the dollar sign. */
export interface Variable extends NodeBase {
  readonly kind: 'Variable'
  readonly name: string
}

/** `$1` */
export interface PositionalParameter extends NodeBase {
  readonly kind: 'PositionalParameter'
  readonly index: number
}

/** `$#` */
export interface ParameterCount extends NodeBase {
  readonly kind: 'ParameterCount'
}

/** `@name` or `@`; `name` is with the at sign. */
export interface MapReference extends NodeBase {
  readonly kind: 'MapReference'
  readonly name: string
}

/** `@name[key, …]` */
export interface MapAccess extends NodeBase {
  readonly kind: 'MapAccess'
  readonly map: MapReference
  readonly keys: readonly Expression[]
}

/** `name(argument, …)`; an argument may be `typeof(…)`. */
export interface Call extends NodeBase {
  readonly kind: 'Call'
  readonly callee: Name
  readonly arguments: readonly Expression[]
}

export interface Unary extends NodeBase {
  readonly kind: 'Unary'
  readonly operator: '-' | '!' | '~' | '*'
  readonly operand: Expression
}

/** `++$a`, `@b--` */
export interface Update extends NodeBase {
  readonly kind: 'Update'
  readonly operator: '++' | '--'
  readonly prefix: boolean
  readonly operand: Expression
}

/** `&$a`, `&@m` */
export interface AddressOf extends NodeBase {
  readonly kind: 'AddressOf'
  readonly operand: Expression
}

export interface Binary extends NodeBase {
  readonly kind: 'Binary'
  readonly operator: BinaryOperator
  readonly operatorSpan: Span
  readonly left: Expression
  readonly right: Expression
}

export type BinaryOperator =
  | '||'
  | '&&'
  | '|'
  | '^'
  | '&'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '<<'
  | '>>'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'

/** `c ? a : b`, and `c ?: b` where `consequent` is null. */
export interface Conditional extends NodeBase {
  readonly kind: 'Conditional'
  readonly condition: Expression
  readonly consequent: Expression | null
  readonly alternate: Expression
}

/** `a.b`, `a->b` */
export interface FieldAccess extends NodeBase {
  readonly kind: 'FieldAccess'
  readonly object: Expression
  readonly operator: '.' | '->'
  readonly field: Name
}

/** `$t.1` */
export interface TupleAccess extends NodeBase {
  readonly kind: 'TupleAccess'
  readonly object: Expression
  readonly index: IntegerLiteral
}

/** `a[i]` on anything but a map. */
export interface IndexAccess extends NodeBase {
  readonly kind: 'IndexAccess'
  readonly object: Expression
  readonly index: Expression
}

/** `(T)e` */
export interface Cast extends NodeBase {
  readonly kind: 'Cast'
  readonly type: TypeNode
  readonly operand: Expression
}

/** `()`, `(a,)`, `(a, b)` */
export interface Tuple extends NodeBase {
  readonly kind: 'Tuple'
  readonly elements: readonly Expression[]
}

/** `(name = e, …)` */
export interface Record extends NodeBase {
  readonly kind: 'Record'
  readonly fields: readonly RecordField[]
}

export interface RecordField extends NodeBase {
  readonly kind: 'RecordField'
  readonly name: Name
  readonly value: Expression
}

/** `(e)`; the parentheses of `if (c)`, `while (c)` and the like belong to those statements instead. */
export interface Parenthesized extends NodeBase {
  readonly kind: 'Parenthesized'
  readonly expression: Expression
}

/** `a..b` in a `for`. */
export interface Range extends NodeBase {
  readonly kind: 'Range'
  readonly start: Expression
  readonly end: Expression
}

/** `if c { … } else …`, as a statement or a value. */
export interface If extends NodeBase {
  readonly kind: 'If'
  readonly condition: Expression
  readonly consequent: Block
  readonly alternate: Block | If | Missing | null
}

/** `sizeof(T)`, `sizeof(e)`: a bare word that is no known type name is an `Identifier`. */
export interface Sizeof extends NodeBase {
  readonly kind: 'Sizeof'
  readonly argument: Expression
}

/** `offsetof(struct S, a.b)` */
export interface Offsetof extends NodeBase {
  readonly kind: 'Offsetof'
  readonly argument: Expression
  readonly path: readonly Name[]
}

/** `typeinfo(T)`, `typeinfo(e)` */
export interface Typeinfo extends NodeBase {
  readonly kind: 'Typeinfo'
  readonly argument: Expression
}

/** `comptime e`, also in `if comptime (c)`. */
export interface Comptime extends NodeBase {
  readonly kind: 'Comptime'
  readonly operand: Expression
}

export type TypeNode = NamedType | PointerType | ArrayType | Typeof | MissingType

/** `uint64`, `struct task_struct`, `enum K`, a typedef's name. */
export interface NamedType extends NodeBase {
  readonly kind: 'NamedType'
  readonly keyword: 'struct' | 'union' | 'enum' | null
  readonly name: string
}

export interface PointerType extends NodeBase {
  readonly kind: 'PointerType'
  readonly to: TypeNode
}

/** `T[4]`, `T[]`, `string[32]` */
export interface ArrayType extends NodeBase {
  readonly kind: 'ArrayType'
  readonly of: TypeNode
  /** Null when the brackets are empty. */
  readonly size: IntegerLiteral | null
}

/** `typeof(e)`, `typeof(T)` where a type is due, and as a call argument. */
export interface Typeof extends NodeBase {
  readonly kind: 'Typeof'
  readonly argument: Expression
}

/** A type is due here and there is none. */
export interface MissingType extends NodeBase {
  readonly kind: 'MissingType'
}

/** A word in a place where only its text counts: a field, a callee, a config key. Empty when missing. */
export interface Name extends NodeBase {
  readonly kind: 'Name'
  readonly text: string
}

/** An expression is due here and there is none; the span is empty. */
export interface Missing extends NodeBase {
  readonly kind: 'Missing'
}

/** Skipped text that fits nowhere. */
export interface ErrorNode extends NodeBase {
  readonly kind: 'Error'
}

export type Node =
  | Program
  | TopLevel
  | ConfigEntry
  | SubprogramParameter
  | AttachPoint
  | Predicate
  | Statement
  | Expression
  | RecordField
  | Name

export type NodeKind = Node['kind']
