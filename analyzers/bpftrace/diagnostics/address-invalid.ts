import { defineDiagnostic } from './define.ts'

export default defineDiagnostic<{ readonly text: string }>({
  code: 'address-invalid',
  severity: 'error',
  title: 'Text that is no internet address',
  docs: 'pton() takes an IPv4 or IPv6 address.',
  bad: 'begin { $a = pton("300.0.0.1"); }',
  good: 'begin { $a = pton("127.0.0.1"); print($a); }',
  message: ({ text }) => `"${text}" is no IPv4 or IPv6 address.`,
})
