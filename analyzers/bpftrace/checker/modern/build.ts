/** Building blocks for what passes make: each stands at the place of the source it is made for. */
import type { Span } from '../../diagnostic.ts'
import type { Type } from '../../types/type.ts'
import type { BlockExpr, Expr, Stmt, TypeRef, VariableExpr, WrittenType } from './ir.ts'

export function builders(span: Span) {
  const none = (): Expr => ({ kind: 'none', span })
  const typeOf = (expression: Expr): TypeRef => ({ kind: 'type-ref', span, written: undefined, expression })
  const written = (type: WrittenType): TypeRef => ({ kind: 'type-ref', span, written: type, expression: undefined })
  const known = (type: Type): TypeRef => written({ kind: 'known', type })
  return {
    none,
    typeOf,
    known,
    integer: (value: number | bigint): Expr => ({ kind: 'integer', span, value: BigInt(value) }),
    string: (value: string): Expr => ({ kind: 'string', span, value }),
    boolean: (value: boolean): Expr => ({ kind: 'boolean', span, value }),
    builtin: (name: string): Expr => ({ kind: 'builtin', span, name }),
    variable: (name: string): VariableExpr => ({ kind: 'variable', span, name }),
    call: (name: string, args: Expr[], result?: Type): Expr => ({
      kind: 'call',
      span,
      name,
      nameSpan: span,
      args,
      injected: 0,
      result,
    }),
    binary: (operator: string, left: Expr, right: Expr): Expr => ({ kind: 'binary', span, operator, left, right }),
    not: (operand: Expr): Expr => ({ kind: 'unary', span, operator: '!', operand }),
    field: (object: Expr, field: string): Expr => ({ kind: 'field', span, object, field, fieldSpan: span }),
    cast: (type: Type, operand: Expr): Expr => ({ kind: 'cast', span, type: known(type), operand, implicit: true }),
    typeinfo: (expression: Expr): Expr => ({ kind: 'typeinfo', span, type: typeOf(expression) }),
    comptimeIf: (condition: Expr, consequent: Expr, alternate?: Expr): Expr => ({
      kind: 'if',
      span,
      condition: { kind: 'comptime', span, operand: condition },
      consequent,
      alternate: alternate ?? none(),
    }),
    block: (statements: Stmt[], result?: Expr): BlockExpr => ({
      kind: 'block',
      span,
      statements,
      result: result ?? none(),
    }),
    run: (expression: Expr): Stmt => ({ kind: 'expression', span, expression }),
    declare: (name: string, type: TypeRef | undefined, value: Expr): Stmt => {
      const variable: VariableExpr = { kind: 'variable', span, name }
      return { kind: 'assign-variable', span, declaration: { kind: 'declare', span, variable, type }, variable, value }
    },
  }
}

export type Builders = ReturnType<typeof builders>
