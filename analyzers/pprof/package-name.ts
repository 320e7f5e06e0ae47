/**
 * The package, namespace or module that a frame belongs to, for views by package and for colours. It knows only how names
 * and paths look: those of Go, C and C++, Rust, the Java machine, .NET, Python, JavaScript, PHP and Erlang.
 */

export interface Named {
  readonly name: string
  /** Source file, or ''. */
  readonly file: string
  /** File of the binary, or ''. */
  readonly mapping: string
}

/** The first that says something names the package. */
const sources: readonly ((frame: Named) => string | undefined)[] = [
  ({ file }) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1],
  ({ file }) => /^(node):/.exec(file)?.[1],
  ({ file }) => /^.*\/(?:site|dist)-packages\/([^/]+?)(?:\.py)?(?:\/|$)/.exec(file)?.[1],
  ({ name, file }) => (isScript(file) ? '' : packageName(name)),
  // No symbol that tells: the binary it came from. `[vdso]` and `[kernel.kallsyms]` stay as they are.
  ({ mapping }) => /^(?:.*\/)?([^/]+)$/.exec(mapping)?.[1],
  ({ file }) => /^(?:.*\/)?([^/]+)\/[^/]+$/.exec(file)?.[1],
]

/** '' when nothing says. */
export function packageOf(frame: Named): string {
  for (const source of sources) {
    const found = source(frame)
    if (found !== undefined && found !== '') return found
  }
  return ''
}

/** Dots in names of these languages are objects, not packages. */
function isScript(file: string): boolean {
  return /\.(?:[cm]?[jt]sx?|py|rb|lua)$/.test(file)
}

/** What compilers and linkers hang on a C function: clones, cold halves, versions of a symbol. */
const C_SUFFIX = /@.*$|(?:\.(?:part|constprop|isra|cold|llvm|lto_priv|clone|localalias|warm|unlikely)(?:\.\d+)*)+$/

/** What stands in front of the name of a thing that belongs to a C++ class. */
const CPP_PREFIX =
  /^(?:.*\bthunk to |(?:construction )?vtable for |VTT for |typeinfo (?:name )?for |guard variable for )/

/** Functions that Go's compiler makes for types. */
const GO_PREFIX = /^type:?\.+(?:eq|hash)\./

/** `example.com/a/b.(*T).M` is in `example.com/a/b`, `std::vec::push` in `std`; a plain C function is in none: ''. */
export function packageName(functionName: string): string {
  const name = functionName.replace(C_SUFFIX, '').replace(CPP_PREFIX, '').replace(GO_PREFIX, '')
  for (const read of [javaPackage, erlangModule, phpNamespace, rustCrate, cppNamespace, dotNetNamespace]) {
    const found = read(name)
    if (found !== undefined) return found
  }
  return goPackage(name)
}

function erlangModule(name: string): string | undefined {
  return /^([a-z]\w*):[\w'@-]+\/\d+$/.exec(name)?.[1]
}

function phpNamespace(name: string): string | undefined {
  return /^(\w+(?:\\\w+)*)\\\w+::\w+/.exec(name)?.[1]
}

/** `<T as core::fmt::Debug>::fmt`: the crate of the type, else that of the trait. */
function rustCrate(name: string): string | undefined {
  if (!name.startsWith('<')) return undefined
  const inside = name.slice(1).replace(/^impl .* for /, '')
  for (const part of inside.split(' as ')) {
    const crate = /^[<&*[({\s]*(?:(?:mut|dyn|const|impl) )*([A-Za-z_]\w*)::/.exec(part)?.[1]
    if (crate !== undefined) return crate
  }
  return ''
}

/** The outermost name before the first `::` that is not inside brackets, without return type and arguments. */
function cppNamespace(name: string): string | undefined {
  if (!name.includes('::') && !/[\s(]/.test(name)) return undefined
  if (!name.includes('::') && (name.includes('/') || /^\w+\./.test(name))) return undefined
  let depth = 0
  let start = 0
  for (let i = 0; i < name.length; i++) {
    const character = name[i] ?? ''
    if (name.startsWith('(anonymous namespace)::', i) && i === start) {
      i += '(anonymous namespace)'.length
      return ''
    }
    if ('<([{'.includes(character)) {
      // The arguments: what follows is not part of the name any more, and no `::` stood before.
      if (character === '(' && depth === 0 && i > start && !name.startsWith('decltype', start)) return ''
      depth++
    } else if ('>)]}'.includes(character)) depth--
    else if (depth !== 0) continue
    else if (character === ' ') start = i + 1
    else if (character === ':' && name[i + 1] === ':') {
      const scope = name.slice(start, i)
      // A return type has scopes too: the name is what stands after the last blank outside of brackets.
      const rest = blankBeforeArguments(name, i)
      if (rest > i) {
        start = rest + 1
        i = rest
        continue
      }
      return /^[~\w$]+/.exec(scope)?.[0] ?? ''
    }
  }
  return ''
}

/** Where the last blank outside of brackets stands that is followed by the name; -1 where there is none. */
function blankBeforeArguments(name: string, from: number): number {
  let depth = 0
  let blank = -1
  for (let i = from; i < name.length; i++) {
    const character = name[i] ?? ''
    if (character === '(' && depth === 0 && !name.startsWith('(anonymous namespace)', i)) break
    if ('<([{'.includes(character)) depth++
    else if ('>)]}'.includes(character)) depth--
    else if (character === ' ' && depth === 0) blank = name.slice(from, i).endsWith('operator') ? blank : i
  }
  return blank
}

/** The package is what stands before the first part with a capital: `com.acme.Shop.buy`, also `com/acme/Shop.buy`. */
function javaPackage(name: string): string | undefined {
  const dotted = /^([a-z][\w$]*(?:\.[a-z][\w$]*)*)\.[A-Z][\w$]*(?:\/0x[0-9a-f]+)?\.[\w$<]/.exec(name)?.[1]
  if (dotted !== undefined && (dotted.includes('.') || name.includes('$$Lambda'))) return dotted
  const slashed = /^L?([a-z][\w$]*(?:\/[a-z][\w$]*)*)\/[A-Z][\w$]*;?(?:\.|::)[\w$<]/.exec(name)?.[1]
  return slashed?.replaceAll('/', '.')
}

/** All parts with capitals; the last two are class and method. A single class is in no namespace. */
function dotNetNamespace(name: string): string | undefined {
  const plain = name.replace(/^[^!/]*!/, '')
  if (!/^[A-Z][\w`]*(?:\.[\w`<>|]+)+(?:\(.*)?$/.test(plain)) return undefined
  return plain.replace(/\(.*$/, '').split('.').slice(0, -2).join('.')
}

function goPackage(name: string): string {
  const bracket = name.search(/[[(<]/)
  const head = bracket < 0 ? name : name.slice(0, bracket)
  const slash = head.lastIndexOf('/')
  // A version with a dot belongs to the path; Go writes the dot so, or as it is.
  const version = /^[^.]*\.v\d+(?=\.)/.exec(head.slice(slash + 1))?.[0] ?? ''
  const dot = head.indexOf('.', slash + 1 + version.length)
  return dot <= 0 ? '' : head.slice(0, dot).replaceAll('%2e', '.')
}
