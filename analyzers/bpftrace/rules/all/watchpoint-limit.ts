import { rule } from '../rule.ts'

/** Debug registers of x86-64 and the least that arm64 has. */
const SLOTS = 4

export default rule({
  code: 'watchpoint-limit',
  title: 'Watchpoints that the processor does not have',
  severity: 'warning',
  verdict: 'caution',
  docs: `Watchpoints use the debug registers of the processor: four on x86-64, two to sixteen on arm64. Those that find no
register fail to attach, and debuggers on the machine use the same ones. One register watches 1, 2, 4 or 8 bytes at an
address that is a multiple of that.`,
  bad: [1, 2, 3, 4, 5].map((n) => `watchpoint:0x${n}000:8:w`).join(',') + ' { @ = count(); }',
  good: 'watchpoint:0x1000:8:w { @ = count(); }',
  acrossProbes: true,
  *check(context) {
    const points = context.estimate.probes.filter(
      ({ load }) => load.provider === 'watchpoint' || load.provider === 'asyncwatchpoint',
    )
    for (const { load } of points) {
      const [, address, length] = load.attachPoint.parts.map((part) => part.text)
      const isPlain = /^(0x[0-9a-f]+|\d+)$/i.test(address ?? '') && /^[1248]$/.test(length ?? '')
      if (!isPlain || BigInt(address ?? 0) % BigInt(length ?? 1) === 0n) continue
      yield {
        span: load.attachPoint.span,
        message: `The processor watches ${length} bytes only at a multiple of ${length}, and ${address} is none: it will not attach`,
      }
    }
    const surplus = points[SLOTS]
    if (surplus === undefined) return
    yield {
      span: surplus.load.attachPoint.span,
      message: `This is watchpoint ${SLOTS + 1} of ${points.length}, and x86-64 has ${SLOTS} debug registers`,
    }
  },
})
