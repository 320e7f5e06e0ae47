/**
 * The picture that hosts show beside the server's name: `media/icon.svg` without its comments, so that it needs no file
 * at run time. A test holds the two together.
 */
import type { Implementation } from '@modelcontextprotocol/sdk/types.js'

const drawing = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">',
  '<title>Tracewright</title><defs><linearGradient id="ground" x1="0" y1="0" x2="0" y2="1">',
  '<stop offset="0" stop-color="#1d2a3f"/><stop offset="1" stop-color="#0f1726"/></linearGradient>',
  '</defs><rect width="256" height="256" rx="52" fill="url(#ground)"/><g>',
  '<rect x="36" y="188" width="184" height="28" rx="6" fill="#c2410c"/>',
  '<rect x="36" y="154" width="120" height="28" rx="6" fill="#ea580c"/>',
  '<rect x="162" y="154" width="58" height="28" rx="6" fill="#ea580c"/>',
  '<rect x="52" y="120" width="84" height="28" rx="6" fill="#f97316"/>',
  '<rect x="174" y="120" width="34" height="28" rx="6" fill="#f97316"/>',
  '<rect x="66" y="86" width="56" height="28" rx="6" fill="#fb923c"/>',
  '<rect x="80" y="52" width="28" height="28" rx="6" fill="#fdba74"/></g>',
  '<path d="M142 100 h20 l12 -42 l16 66 l10 -24 h24" fill="none" stroke="#0f1726" stroke-width="18" stroke-linejoin="round" stroke-linecap="round"/>',
  '<path d="M142 100 h20 l12 -42 l16 66 l10 -24 h24" fill="none" stroke="#5eead4" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"/>',
  '<circle cx="174" cy="58" r="10" fill="#ecfeff" stroke="#0f1726" stroke-width="5"/></svg>',
].join('')

export const icons: NonNullable<Implementation['icons']> = [
  {
    src: `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`,
    mimeType: 'image/svg+xml',
    sizes: ['any'],
  },
]
