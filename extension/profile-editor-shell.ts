/**
 * The page around a view: a policy that allows nothing but the view's own bundle, and an empty element. Data and texts
 * come later, as messages.
 */
import { randomBytes } from 'node:crypto'
import { Uri, type Webview } from 'vscode'

export function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webviews')
}

/** `bundle` is a name in `dist/webviews`. */
export function shell(webview: Webview, extensionUri: Uri, bundle: string): string {
  const nonce = randomBytes(18).toString('base64')
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(webviewRoot(extensionUri), name)).toString()
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
  ].join('; ')
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${asset('codicon.css')}">
  <link rel="stylesheet" href="${asset(`${bundle}.css`)}">
</head>
<body>
  <div id="app"></div>
  <script nonce="${nonce}" src="${asset(`${bundle}.js`)}"></script>
</body>
</html>`
}
