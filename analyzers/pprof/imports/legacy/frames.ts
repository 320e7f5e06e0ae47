/**
 * Frames that belong to the profiler or the allocator, not to the program: what google/pprof drops from the leaf end of
 * a legacy profile, by kind of profile (https://github.com/google/pprof, profile/legacy_profile.go). Kept as lists of
 * names; joined they are the RE2 patterns of `drop_frames` and `keep_frames`.
 */
const allocation = [
  ...[
    'calloc',
    'cfree',
    'malloc',
    'free',
    'memalign',
    'do_memalign',
    '(__)?posix_memalign',
    'pvalloc',
    'valloc',
    'realloc',
  ],
  'tcmalloc::.*',
  ...['calloc', 'cfree', 'malloc', 'free', 'memalign', 'posix_memalign', 'pvalloc', 'valloc', 'realloc'].map(
    (name) => `tc_${name}`,
  ),
  ...['new', 'delete', 'newarray', 'deletearray', 'new_nothrow', 'newarray_nothrow'].map((name) => `tc_${name}`),
  ...['malloc', 'calloc', 'valloc', 'realloc', 'memalign', 'free'].map((name) => `malloc_zone_${name}`),
  'runtime\\..*',
  'BaseArena::.*',
  ...['(::)?do_malloc_no_errno', '(::)?do_malloc_pages', '(::)?do_malloc'],
  'DoSampledAllocation',
  'MallocedMemBlock::MallocedMemBlock',
  ...['_M_allocate', '__builtin_(vec_)?delete', '__builtin_(vec_)?new', '__gnu_cxx::new_allocator::allocate'],
  ...['__libc_malloc', '__malloc_alloc_template::allocate', 'allocate', 'cpp_alloc', 'operator new(\\[\\])?'],
  'simple_alloc::allocate',
]

const keptOfAllocation = ['runtime\\.panic', 'runtime\\.reflectcall', 'runtime\\.call[0-9]*']

const lock = [
  'RecordLockProfileData',
  ...['RecordLockProfileData.*', 'SubmitMutexProfileData.*', 'SubmitSpinLockProfileData.*'].map(
    (name) => `(base::)?${name}`,
  ),
  ...['AwaitCommon.*', 'Unlock.*', 'UnlockSlow.*', 'ReaderUnlock.*'].map((name) => `(base::Mutex::)?${name}`),
  '(base::MutexLock::)?~MutexLock.*',
  ...['AwaitCommon.*', 'Unlock.*', 'UnlockSlow.*', 'ReaderUnlock.*'].map((name) => `(Mutex::)?${name}`),
  '(MutexLock::)?~MutexLock.*',
  ...['Unlock.*', 'SlowUnlock.*'].map((name) => `(SpinLock::)?${name}`),
  '(SpinLockHolder::)?~SpinLockHolder.*',
]

const cpuProfiler = [
  'ProfileData::Add',
  'ProfileData::prof_handler',
  'CpuProfiler::prof_handler',
  '__pthread_sighandler',
  '__restore',
]

const heapTypes = new Set([
  'objects,space',
  'inuse_objects,inuse_space',
  'alloc_objects,alloc_space',
  'alloc_objects,alloc_space,inuse_objects,inuse_space',
])

export interface FramePatterns {
  readonly dropFrames: string
  readonly keepFrames: string
}

/** The patterns for a legacy profile of these sample types. */
export function framePatterns(sampleTypes: readonly { readonly type: string }[]): FramePatterns {
  const types = sampleTypes.map((each) => each.type).join(',')
  if (heapTypes.has(types)) return { dropFrames: allocation.join('|'), keepFrames: keptOfAllocation.join('|') }
  return { dropFrames: (types === 'contentions,delay' ? lock : cpuProfiler).join('|'), keepFrames: '' }
}
