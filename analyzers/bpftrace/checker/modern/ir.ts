/**
 * The tree on which the passes of the modern compiler (since 0.24) are mirrored: as the compiler's own parser leaves it,
 * with parentheses gone, predicates and compound assignments rewritten, and free to be changed by later passes. Every
 * node keeps the span of the source it stands for; nodes from a macro keep that of the call.
 */
import type { Span } from '../../diagnostic.ts'
import type { Node } from '../../syntax/ast.ts'
import type { Type } from '../../types/type.ts'
import type { Cell } from './solver.ts'

interface Base {
  span: Span
  /** The syntax node that an editor asks about; absent on what only a pass made. */
  origin?: Node | undefined
  /** The resolved type, refilled by each round of the solver. */
  cell?: Cell | undefined
}

export type Expr =
  | IntegerExpr
  | BooleanExpr
  | StringExpr
  | NoneExpr
  | UnknownExpr
  | IdentifierExpr
  | BuiltinExpr
  | CallExpr
  | VariableExpr
  | VariableAddressExpr
  | MapExpr
  | MapAddressExpr
  | MapAccessExpr
  | ParameterExpr
  | ParameterCountExpr
  | BinaryExpr
  | UnaryExpr
  | FieldExpr
  | IndexExpr
  | TupleIndexExpr
  | CastExpr
  | TupleExpr
  | RecordExpr
  | IfExpr
  | BlockExpr
  | SizeofExpr
  | OffsetofExpr
  | TypeinfoExpr
  | ComptimeExpr
  | TypeArgumentExpr

/** Negative literals exist only after folding. */
export interface IntegerExpr extends Base {
  kind: 'integer'
  value: bigint
}
export interface BooleanExpr extends Base {
  kind: 'boolean'
  value: boolean
}
export interface StringExpr extends Base {
  kind: 'string'
  value: string
}
export interface NoneExpr extends Base {
  kind: 'none'
}
/** Broken text, or more than is worth judging: of unknown type, and never at fault. */
export interface UnknownExpr extends Base {
  kind: 'unknown'
}
export interface IdentifierExpr extends Base {
  kind: 'identifier'
  name: string
}
export interface BuiltinExpr extends Base {
  kind: 'builtin'
  name: string
}
export interface CallExpr extends Base {
  kind: 'call'
  name: string
  nameSpan: Span
  args: Expr[]
  /** Arguments put in front by a pass: the map and its key. */
  injected: number
  /** For a macro of the standard library that is not expanded: its result. */
  result?: Type | undefined
}
export interface VariableExpr extends Base {
  kind: 'variable'
  name: string
}
export interface VariableAddressExpr extends Base {
  kind: 'variable-address'
  variable: VariableExpr
}
export interface MapExpr extends Base {
  kind: 'map'
  name: string
}
export interface MapAddressExpr extends Base {
  kind: 'map-address'
  map: MapExpr
}
export interface MapAccessExpr extends Base {
  kind: 'map-access'
  map: MapExpr
  key: Expr
}
export interface ParameterExpr extends Base {
  kind: 'parameter'
  index: number
}
export interface ParameterCountExpr extends Base {
  kind: 'parameter-count'
}
export interface BinaryExpr extends Base {
  kind: 'binary'
  operator: string
  left: Expr
  right: Expr
}
export interface UnaryExpr extends Base {
  kind: 'unary'
  operator: '-' | '!' | '~' | '*' | '++' | '--'
  operand: Expr
}
export interface FieldExpr extends Base {
  kind: 'field'
  object: Expr
  field: string
  fieldSpan: Span
}
export interface IndexExpr extends Base {
  kind: 'index'
  object: Expr
  index: Expr
}
export interface TupleIndexExpr extends Base {
  kind: 'tuple-index'
  object: Expr
  index: number
}
export interface CastExpr extends Base {
  kind: 'cast'
  type: TypeRef
  operand: Expr
  /** Made by a pass, so never "unnecessary". */
  implicit?: boolean
}
export interface TupleExpr extends Base {
  kind: 'tuple'
  elements: Expr[]
}
export interface RecordExpr extends Base {
  kind: 'record'
  fields: { name: string; value: Expr }[]
}
export interface IfExpr extends Base {
  kind: 'if'
  condition: Expr
  consequent: Expr
  alternate: Expr
}
export interface BlockExpr extends Base {
  kind: 'block'
  statements: Stmt[]
  result: Expr
}
export interface SizeofExpr extends Base {
  kind: 'sizeof'
  type: TypeRef
}
export interface OffsetofExpr extends Base {
  kind: 'offsetof'
  type: TypeRef
  path: string[]
}
export interface TypeinfoExpr extends Base {
  kind: 'typeinfo'
  type: TypeRef
}
export interface ComptimeExpr extends Base {
  kind: 'comptime'
  operand: Expr
}
/** `typeof(…)` as a call argument. */
export interface TypeArgumentExpr extends Base {
  kind: 'type-argument'
  type: TypeRef
}

/** A place where a type stands: written out, or that of an expression. */
export interface TypeRef extends Base {
  kind: 'type-ref'
  written: WrittenType | undefined
  expression: Expr | undefined
}

export type WrittenType =
  | { kind: 'named'; keyword: 'struct' | 'union' | 'enum' | null; name: string }
  | { kind: 'pointer'; to: WrittenType }
  | { kind: 'array'; of: WrittenType; length: number }
  | { kind: 'known'; type: Type }

export type Stmt =
  | { kind: 'expression'; span: Span; expression: Expr }
  | DeclareStmt
  | AssignVariableStmt
  | AssignMapStmt
  | { kind: 'discard'; span: Span; expression: Expr }
  | JumpStmt
  | { kind: 'while'; span: Span; condition: Expr; body: BlockExpr }
  | { kind: 'unroll'; span: Span; count: Expr; body: BlockExpr }
  | ForStmt
  | { kind: 'import'; span: Span; path: string }

export interface DeclareStmt {
  kind: 'declare'
  span: Span
  variable: VariableExpr
  type: TypeRef | undefined
}
export interface AssignVariableStmt {
  kind: 'assign-variable'
  span: Span
  declaration: DeclareStmt | undefined
  variable: VariableExpr
  value: Expr
}
/** The target is a bare map until the pass that gives it its default key. */
export interface AssignMapStmt {
  kind: 'assign-map'
  span: Span
  target: MapExpr | MapAccessExpr
  value: Expr
}
export interface JumpStmt {
  kind: 'jump'
  span: Span
  keyword: 'break' | 'continue' | 'return'
  value: Expr | undefined
}
export interface ForStmt {
  kind: 'for'
  span: Span
  variable: VariableExpr
  iterable: MapExpr | { kind: 'range'; span: Span; start: Expr; end: Expr } | UnknownExpr
  body: BlockExpr
}

export interface ProbeIr {
  kind: 'probe'
  span: Span
  attachPoints: readonly import('../attach-points/attach-point.ts').AttachPoint[]
  body: BlockExpr
}
export interface SubprogramIr {
  kind: 'subprogram'
  span: Span
  name: string
  parameters: { span: Span; variable: VariableExpr; type: TypeRef }[]
  returns: TypeRef
  body: BlockExpr
}
export interface MacroIr {
  kind: 'macro'
  span: Span
  nameSpan: Span
  name: string
  parameters: (IdentifierExpr | VariableExpr | MapExpr)[]
  body: BlockExpr
}
export type Scope = BlockExpr | ForStmt | ProbeIr | SubprogramIr
export type Root = ProbeIr | SubprogramIr

export interface ProgramIr {
  /** Bare words, called functions and keywords that occur. */
  readonly words: Set<string>
  probes: ProbeIr[]
  subprograms: SubprogramIr[]
  macros: MacroIr[]
  mapDeclarations: { span: Span; map: string; mapSpan: Span; type: string; typeSpan: Span }[]
}
