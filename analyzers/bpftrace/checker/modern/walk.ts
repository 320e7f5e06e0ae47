/** Generic ways through the tree of the passes: visiting, rewriting from the leaves up, copying. */
import type { BlockExpr, Expr, Stmt, TypeRef } from './ir.ts'

/** The expressions right below one, statements of blocks included. */
export function visitExpr(expression: Expr, visit: (child: Expr) => void, visitStmt: (statement: Stmt) => void): void {
  switch (expression.kind) {
    case 'call':
      for (const argument of expression.args) visit(argument)
      return
    case 'variable-address':
      return visit(expression.variable)
    case 'map-address':
      return visit(expression.map)
    case 'map-access':
      visit(expression.map)
      return visit(expression.key)
    case 'binary':
      visit(expression.left)
      return visit(expression.right)
    case 'unary':
    case 'comptime':
      return visit(expression.operand)
    case 'field':
    case 'tuple-index':
      return visit(expression.object)
    case 'index':
      visit(expression.object)
      return visit(expression.index)
    case 'cast':
      visit(expression.operand)
      return visitTypeRef(expression.type, visit)
    case 'tuple':
      for (const element of expression.elements) visit(element)
      return
    case 'record':
      for (const field of expression.fields) visit(field.value)
      return
    case 'if':
      visit(expression.condition)
      visit(expression.consequent)
      return visit(expression.alternate)
    case 'block':
      for (const statement of expression.statements) visitStmt(statement)
      return visit(expression.result)
    case 'sizeof':
    case 'offsetof':
    case 'typeinfo':
    case 'type-argument':
      return visitTypeRef(expression.type, visit)
    default:
      return
  }
}

export function visitTypeRef(type: TypeRef, visit: (child: Expr) => void): void {
  if (type.expression) visit(type.expression)
}

export function visitStmtParts(statement: Stmt, visit: (child: Expr) => void): void {
  switch (statement.kind) {
    case 'expression':
    case 'discard':
      return visit(statement.expression)
    case 'declare':
      if (statement.type) visitTypeRef(statement.type, visit)
      return visit(statement.variable)
    case 'assign-variable':
      if (statement.declaration?.type) visitTypeRef(statement.declaration.type, visit)
      visit(statement.variable)
      return visit(statement.value)
    case 'assign-map':
      visit(statement.target)
      return visit(statement.value)
    case 'jump':
      if (statement.value) visit(statement.value)
      return
    case 'while':
      visit(statement.condition)
      return visit(statement.body)
    case 'unroll':
      visit(statement.count)
      return visit(statement.body)
    case 'for':
      visit(statement.variable)
      if (statement.iterable.kind === 'range') {
        visit(statement.iterable.start)
        visit(statement.iterable.end)
      } else visit(statement.iterable)
      return visit(statement.body)
    case 'import':
      return
  }
}

/** Every expression below and including `root`, parents first; `false` skips what is below. */
export function everyExpr(root: Expr, enter: (expression: Expr) => boolean | undefined): void {
  const visit = (expression: Expr): void => {
    if (enter(expression) !== false) visitExpr(expression, visit, visitStatement)
  }
  const visitStatement = (statement: Stmt): void => visitStmtParts(statement, visit)
  visit(root)
}

function replaceEach(list: Expr[], map: (child: Expr) => Expr): void {
  for (let i = 0; i < list.length; i++) {
    const child = list[i]
    if (child) list[i] = map(child)
  }
}

/** Replaces children by what `map` makes of them. Places that must stay a block, map or variable keep their kind. */
export function rewriteExpr(expression: Expr, map: (child: Expr) => Expr): void {
  switch (expression.kind) {
    case 'call':
      return replaceEach(expression.args, map)
    case 'map-access':
      expression.key = map(expression.key)
      return
    case 'binary':
      expression.left = map(expression.left)
      expression.right = map(expression.right)
      return
    case 'unary':
    case 'comptime':
      expression.operand = map(expression.operand)
      return
    case 'field':
    case 'tuple-index':
      expression.object = map(expression.object)
      return
    case 'index':
      expression.object = map(expression.object)
      expression.index = map(expression.index)
      return
    case 'cast':
      expression.operand = map(expression.operand)
      return rewriteTypeRef(expression.type, map)
    case 'tuple':
      return replaceEach(expression.elements, map)
    case 'record':
      for (const field of expression.fields) field.value = map(field.value)
      return
    case 'if':
      expression.condition = map(expression.condition)
      expression.consequent = map(expression.consequent)
      expression.alternate = map(expression.alternate)
      return
    case 'block':
      for (const statement of expression.statements) rewriteStmt(statement, map)
      expression.result = map(expression.result)
      return
    case 'sizeof':
    case 'offsetof':
    case 'typeinfo':
    case 'type-argument':
      return rewriteTypeRef(expression.type, map)
    default:
      return
  }
}

export function rewriteTypeRef(type: TypeRef, map: (child: Expr) => Expr): void {
  if (type.expression) type.expression = map(type.expression)
}

export function rewriteStmt(statement: Stmt, map: (child: Expr) => Expr): void {
  const inside = (block: BlockExpr) => rewriteExpr(block, map)
  switch (statement.kind) {
    case 'expression':
    case 'discard':
      statement.expression = map(statement.expression)
      return
    case 'declare':
      if (statement.type) rewriteTypeRef(statement.type, map)
      return
    case 'assign-variable':
      if (statement.declaration?.type) rewriteTypeRef(statement.declaration.type, map)
      statement.value = map(statement.value)
      return
    case 'assign-map':
      if (statement.target.kind === 'map-access') rewriteExpr(statement.target, map)
      statement.value = map(statement.value)
      return
    case 'jump':
      if (statement.value) statement.value = map(statement.value)
      return
    case 'while':
      statement.condition = map(statement.condition)
      return inside(statement.body)
    case 'unroll':
      statement.count = map(statement.count)
      return inside(statement.body)
    case 'for':
      if (statement.iterable.kind === 'range') {
        statement.iterable.start = map(statement.iterable.start)
        statement.iterable.end = map(statement.iterable.end)
      }
      return inside(statement.body)
    case 'import':
      return
  }
}

/** A copy that shares nothing that passes change. */
export function cloneExpr<T extends Expr>(expression: T): T {
  return clone(expression)
}

export function cloneBlock(block: BlockExpr): BlockExpr {
  return clone(block)
}

/** Spans, syntax nodes, cells and types are values: copied as they are. */
const shared = new Set(['span', 'nameSpan', 'fieldSpan', 'origin', 'cell', 'result', 'written', 'path'])

function clone<T>(value: T): T {
  if (Array.isArray(value)) {
    // An array of T's element type, copied element by element.
    return value.map(clone) as T
  }
  if (value === null || typeof value !== 'object') return value
  const copy: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) {
    const isBlockResult = key === 'result' && 'statements' in value
    copy[key] = shared.has(key) && !isBlockResult ? part : clone(part)
  }
  // Same fields, same types.
  return copy as T
}
