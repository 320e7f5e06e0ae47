/** Kinds of arguments, by position as written in a program: the kind, and whether only a literal will do. */
type Spec = readonly [kind: 'integer' | 'string' | 'pointer' | 'timestamp-mode', literal: boolean] | undefined

const text: Spec = ['string', true]
const number: Spec = ['integer', false]
const constant: Spec = ['integer', true]

export const argumentKinds: Readonly<Record<string, readonly Spec[]>> = {
  buf: [undefined, number],
  cat: [text],
  cgroupid: [text],
  cgroup_path: [number, ['string', false]],
  debugf: [text],
  errorf: [text],
  exit: [number],
  hist: [number, constant],
  join: [undefined, text],
  kaddr: [text],
  lhist: [number, constant, constant, constant],
  tseries: [number, constant, constant, text],
  nsecs: [['timestamp-mode', false]],
  path: [undefined, constant],
  percpu_kaddr: [text, number],
  print: [undefined, constant, constant],
  printf: [text],
  reg: [text],
  skboutput: [text, ['pointer', false], number, number],
  str: [undefined, number],
  strftime: [text, number],
  strncmp: [['string', false], ['string', false], constant],
  system: [text],
  time: [text],
  uaddr: [text],
  unwatch: [number],
  warnf: [text],
  socket_cookie: [['pointer', false]],
  fail: [text],
}
