import { migration } from '../migration.ts'

const units: Readonly<Record<string, { readonly unit: string; readonly factor: number }>> = {
  s: { unit: 's', factor: 1 },
  ms: { unit: 'ms', factor: 1 },
  us: { unit: 'us', factor: 1 },
  m: { unit: 's', factor: 60 },
  h: { unit: 's', factor: 3600 },
}

export default migration({
  name: 'timer-durations',
  changedIn: '0.24',
  down: (context) => ({
    edits: context.tree.program.items.flatMap((item) =>
      item.kind !== 'Probe'
        ? []
        : item.attachPoints.flatMap((point) => {
            const [provider, duration] = point.parts
            if (!/^(interval|i|profile|p)$/i.test(provider?.text ?? '') || point.parts.length !== 2) return []
            const match = /^(\d+)(s|ms|us|m|h)$/.exec(duration?.text ?? '')
            const unit = units[match?.[2] ?? '']
            if (duration === undefined || match === null || unit === undefined) return []
            return [{ span: duration.span, newText: `${unit.unit}:${Number(match[1]) * unit.factor}` }]
          }),
    ),
  }),
})
