/** Function names without their package or namespace, as the boxes of a call graph show them. */

const JAVA = /^(?:[a-z]\w*\.)*([A-Z][\w$]*\.(?:<init>|[a-z][\w$]*(?:\$\d+)?))(?:\(|$)/
const GO = /^(?:[\w\-.]+\/)+([^.]+\..+)/
const GO_MODULE_VERSION = /^(.*?)\/v(?:[2-9]|[1-9][0-9]+)([./].*)$/
const CPP = /^(?:[_a-zA-Z]\w*::)+(_*[A-Z]\w*::~?[_a-zA-Z]\w*(?:<.*>)?)/

export function shortName(name: string): string {
  const plain = name.replace(/^\(anonymous namespace\)::/, '').replace(GO_MODULE_VERSION, '$1$2')
  for (const pattern of [GO, JAVA, CPP]) {
    const match = pattern.exec(plain)
    if (match !== null) return match[1] ?? plain
  }
  return plain
}
