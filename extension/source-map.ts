/** Where a path of a profile lies on this machine, by beginnings that the user has mapped to folders. Text only. */

/** What the map makes of a path: the longest beginning first. Beginnings are whole folders. */
export function mappedPaths(path: string, map: Readonly<Record<string, string>>): string[] {
  const isUnder = (folder: string) => path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`)
  return Object.entries(map)
    .filter(([from]) => from !== '' && isUnder(from))
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([from, to]) => `${to.replace(/\/+$/, '')}/${path.slice(from.length).replace(/^\/+/, '')}`)
}
