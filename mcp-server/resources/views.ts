/**
 * Views of results as MCP Apps (`ui://…`): each one self-contained page, put together from a bundle of `dist/webviews`.
 * Hosts that know MCP Apps show it in the conversation; others never ask for it.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ResourceKind } from './resource-kind.ts'

export type ViewName = 'flame-graph'

const VIEW_MIME_TYPE = 'text/html;profile=mcp-app'

const views: Readonly<Record<ViewName, { readonly title: string; readonly bundle: string; readonly about: string }>> = {
  'flame-graph': {
    title: 'Flame graph',
    bundle: 'mcp-app',
    about: 'Zoom, search and read the flame graph that pprof_flamegraph returns with format interactive',
  },
}

export function viewUri(name: ViewName): string {
  return `ui://tracewright/${name}`
}

export const viewPages: ResourceKind = {
  list: async () => listViews(),
  read: async (uri) => {
    const text = readView(uri)
    // The page is complete: it needs no network, so it declares none.
    const ui = { csp: { connectDomains: [], resourceDomains: [] }, prefersBorder: true }
    return text === undefined ? undefined : { mimeType: VIEW_MIME_TYPE, text, _meta: { ui } }
  },
}

/** Those whose bundle is there: from sources, before a build, there is none. */
function listViews() {
  return viewNames()
    .filter((name) => readBundle(views[name].bundle) !== undefined)
    .map((name) => ({
      uri: viewUri(name),
      name,
      title: views[name].title,
      description: views[name].about,
      mimeType: VIEW_MIME_TYPE,
    }))
}

/** The page of a view, or undefined for a URI that names none. */
export function readView(uri: string): string | undefined {
  const name = viewNames().find((each) => viewUri(each) === uri)
  const bundle = name === undefined ? undefined : readBundle(views[name].bundle)
  if (name === undefined || bundle === undefined) return undefined
  // Inside a script or style element only its own end tag could end it early.
  const script = bundle.script.replaceAll('</script', '<\\/script')
  const style = bundle.style.replaceAll('</style', '<\\/style')
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${views[name].title}</title>
<style>${style}</style>
</head>
<body class="vscode-light">
<div id="app"></div>
<script>${script}</script>
</body>
</html>
`
}

function viewNames(): ViewName[] {
  return ['flame-graph']
}

function readBundle(name: string): { readonly script: string; readonly style: string } | undefined {
  // Bundled, this module lies in `dist` itself; as a source beside it.
  for (const folder of ['webviews', '../../dist/webviews']) {
    const file = path.join(import.meta.dirname, folder, name)
    try {
      return { script: readAsset(`${file}.js`), style: readAsset(`${file}.css`) }
    } catch (error) {
      // The next place is tried; without a bundle there is no view, and every tool is useful without.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    }
  }
  return undefined
}

/** Without the line that names its source map: the page has no other files. */
function readAsset(file: string): string {
  return readFileSync(file, 'utf8').replace(/\n\/[/*]# sourceMappingURL=.*\n?$/, '')
}
