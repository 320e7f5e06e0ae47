/** The package, namespace or module that a function name tells, for views by package. It knows only how names look. */

/** Compiler-made decorations in front of a name: Rust's `<T as Trait>::f`, C++'s `(anonymous namespace)::f`. */
const LEADING_NOISE = /^(?:\(anonymous namespace\)::|<+|&|\*)+/

/**
 * `example.com/a/b.(*T).M` is in `example.com/a/b`, `std::vec::push` in `std`, `com.acme.Shop.buy` in `com.acme`. A
 * plain C function has no package: ''.
 */
export function packageName(functionName: string): string {
  const name = functionName.replace(LEADING_NOISE, '')
  const bracket = name.search(/[[(<]/)
  const head = bracket < 0 ? name : name.slice(0, bracket)
  const scope = head.indexOf('::')
  if (scope > 0) return head.slice(0, scope)
  const slash = head.lastIndexOf('/')
  if (slash < 0 && /^[a-z][\w$]*(\.[a-z][\w$]*)+\.[A-Z]/.test(head)) {
    // Java: the package is what stands before the first capitalised part.
    return head.slice(0, head.search(/\.[A-Z]/))
  }
  const dot = head.indexOf('.', slash + 1)
  // Go writes a dot in the last part of a path so, to tell it from the dot before the function.
  return dot < 0 ? '' : head.slice(0, dot).replaceAll('%2e', '.')
}
