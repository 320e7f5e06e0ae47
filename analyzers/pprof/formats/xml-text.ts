/** Text made safe for XML and HTML: names in profiles may hold anything, markup and control characters included. */
export function xmlText(text: string): string {
  // Most texts are fine as they are, and pictures have thousands.
  if (!UNSAFE.test(text)) return text
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

const UNSAFE = /[\p{Cc}\p{Cs}\uFFFE\uFFFF&<>"']/u
