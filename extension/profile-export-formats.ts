/** The formats that a profile view can be written in. */
export const exportFormats = ['svg', 'html', 'pprof', 'folded', 'speedscope', 'cpuprofile'] as const
export type ExportFormat = (typeof exportFormats)[number]
