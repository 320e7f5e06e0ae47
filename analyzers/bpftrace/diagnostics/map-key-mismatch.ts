import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly name: string; readonly type: string; readonly current: string }>({
  code: 'map-key-mismatch',
  severity: 'error',
  title: 'Key of another type than the map',
  docs: 'All keys of a map have one type and one number of parts.',
  bad: 'begin { @a[1] = 1; @a["x"] = 2; }',
  good: 'begin { @a[1] = 1; @a[2] = 2; }',
  message: ({ name, type, current }) =>
    `Argument mismatch for ${name}: it is accessed with '${type}', but its keys are '${current}'.`,
})
