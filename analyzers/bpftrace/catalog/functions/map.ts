/** Functions over maps. */
import type { FunctionEntry } from '../entry.ts'

export const mapFunctions: readonly FunctionEntry[] = [
  {
    name: 'clear',
    description: 'Removes every entry of a map (handled in user space).',
    since: '0.9',
    category: 'map',
    implementation: 'compiler',
    mode: 'async',
    signatures: [{ returns: 'void', params: [{ name: 'm', type: 'map' }] }],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 1; clear(@a); }',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'zero',
    description: 'Sets every value of a map to zero (handled in user space).',
    since: '0.9',
    category: 'map',
    implementation: 'compiler',
    mode: 'async',
    signatures: [{ returns: 'void', params: [{ name: 'm', type: 'map' }] }],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 1; zero(@a); }',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'delete',
    description: 'Removes one key; returns whether it existed (0.24+).',
    since: '0.9',
    category: 'map',
    implementation: 'stdlib',
    stdlibSince: '0.25',
    mode: 'sync',
    signatures: [
      {
        returns: 'bool',
        params: [
          { name: 'm', type: 'map' },
          { name: 'key', type: 'mapkey' },
        ],
      },
      { returns: 'bool', params: [{ name: 'element', type: 'mapkey' }] },
    ],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 1; delete(@a, 1); }',
    classicExample: 'BEGIN { @a[1] = 1; delete(@a[1]); }',
    notes:
      'delete(@m[k]) is the only form before 0.22 and a deprecated one after. delete(@a[1], @a[2], …) existed only in 0.21. Tuple keys: delete(@m, (a, b)).',
    acceptedBy: ['0.17.0', '0.27.1'],
  },
  {
    name: 'has_key',
    description: 'Tests whether a key is present.',
    since: '0.22',
    category: 'map',
    implementation: 'stdlib',
    stdlibSince: '0.25',
    mode: 'sync',
    signatures: [
      {
        returns: 'bool',
        params: [
          { name: 'm', type: 'map' },
          { name: 'key', type: 'mapkey' },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 1; if (has_key(@a, 1)) { print(1); } }',
    notes: 'Integer 0/1 until 0.23, bool from 0.24. Not for scalar maps.',
    acceptedBy: ['0.27.1'],
  },
  {
    name: 'find',
    description: 'Looks a key up once: true plus the value stored in the given variable, else false.',
    since: '0.25',
    category: 'map',
    implementation: 'stdlib',
    mode: 'sync',
    signatures: [
      {
        returns: 'bool',
        params: [
          { name: 'm', type: 'map' },
          { name: 'key', type: 'mapkey' },
          { name: 'result', type: 'variable' },
        ],
      },
    ],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 7; let $v; if (find(@a, 1, $v)) { print($v); } }',
    acceptedBy: ['0.27.1'],
  },
  {
    name: 'len',
    description: 'Number of entries in a map, or of frames in a stack.',
    since: '0.20',
    category: 'map',
    implementation: 'stdlib',
    stdlibSince: '0.25',
    mode: 'sync',
    signatures: [
      { returns: 'int64', params: [{ name: 'm', type: 'map' }] },
      { returns: 'int64', params: [{ name: 'stack', type: 'kstack|ustack' }] },
    ],
    validIn: ['*'],
    example: 'BEGIN { @a[1] = 1; print(len(@a)); }',
    notes: 'Stacks since 0.23; not for scalar maps.',
    acceptedBy: ['0.27.1'],
  },
]
