/** Arithmetic of 64-bit literals: undefined where a result cannot be represented. */

const minimum = -(1n << 63n)
const maximum = (1n << 64n) - 1n
const signedMaximum = (1n << 63n) - 1n

const within = (value: bigint) => (value >= minimum && value <= maximum ? value : undefined)

export function arithmetic(operator: string, left: bigint, right: bigint): bigint | undefined {
  const signed = left < 0n || right < 0n
  switch (operator) {
    case '+':
      return within(left + right)
    case '-':
      return within(left - right)
    case '*': {
      const product = left * right
      return signed && product > signedMaximum && !(left < 0n && right < 0n) ? undefined : within(product)
    }
    case '/':
      return right === 0n ? undefined : left / right
    case '%':
      return right === 0n ? undefined : left % right
    case '&':
      return bits(left, signed) & bits(right, signed)
    case '|':
      return bits(left, signed) | bits(right, signed)
    case '^':
      return bits(left, signed) ^ bits(right, signed)
    case '<<':
      if (right < 0n || right >= 64n) return undefined
      return signed ? BigInt.asIntN(64, left << right) : BigInt.asUintN(64, left << right)
    case '>>':
      return right < 0n || right >= 64n ? undefined : left >> right
    default:
      return undefined
  }
}

const bits = (value: bigint, signed: boolean) => (signed ? BigInt.asIntN(64, value) : value)

export function compareValues<T extends bigint | string>(operator: string, left: T, right: T): boolean {
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    case '&&':
      return Boolean(left) && Boolean(right)
    case '||':
      return Boolean(left) || Boolean(right)
    default:
      return false
  }
}
