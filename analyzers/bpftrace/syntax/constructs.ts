/**
 * Which spellings are a syntax error in which versions, as data. The parser accepts the union of all grammars and notes
 * the use of anything listed here; `versions.ts` turns the notes into errors for a target. `since` and `removedIn` are
 * about the grammar only: a version may parse a construct and refuse its meaning later. What a test can ask of a real
 * compiler (0.17, 0.23, 0.27) it asks; the versions between are from the grammars' history.
 *
 * The grammar was rewritten in 0.26. Entries `removedIn: '0.26'` are what only the generated parser before took, those
 * `since: '0.26'` what only the parser after it takes.
 */
export interface Construct {
  /** First version whose grammar has it; absent for 0.9 or earlier. */
  readonly since?: string
  /** First version whose grammar lacks it again. */
  readonly removedIn?: string
  /** First version that has it back. */
  readonly returnedIn?: string
  /** What it is, for messages: "a configuration block". */
  readonly title: string
  /** A program that uses it, and nothing else that is bound to a version. */
  readonly example: string
}

export const constructs = {
  // Top level
  program_empty: { since: '0.24', title: 'a program without probes', example: '#define A 1' },
  config_block: { since: '0.20', title: 'a `config` block', example: 'config = { max_map_keys = 10 } BEGIN { }' },
  import: { since: '0.24', title: '`import`', example: 'import "other.bt"; BEGIN { }' },
  map_declaration: { since: '0.24', title: 'a map declaration', example: 'let @a = hash(10); BEGIN { @a[1] = 1; }' },
  macro: { since: '0.24', title: 'a macro', example: 'macro one() { 1 } BEGIN { print(one()); }' },
  subprogram: { since: '0.21', title: 'a function definition', example: 'fn f($a : int64) : int64 { return $a; }' },
  struct_attribute: {
    since: '0.26',
    title: 'an attribute on a struct definition',
    example: 'struct S { int a; } __attribute__((packed)) BEGIN { }',
  },
  definition_semicolon: {
    since: '0.26',
    title: 'a blank before the semicolon of a C definition',
    example: 'struct S { int a; } ; BEGIN { }',
  },
  definition_comment: {
    since: '0.26',
    title: 'a closing brace in a comment of a C definition',
    example: 'struct S { int x; /* } */ int y; } kprobe:f { }',
  },
  definition_brace: {
    since: '0.26',
    title: 'an opening brace in a comment of a C definition',
    example: 'struct S { int x; /* { */ int y; } kprobe:f { }',
  },
  definition_open: { since: '0.26', title: 'a C definition that is never closed', example: 'struct S { int a;' },
  // Before 0.18 the error is at the end of a misplaced definition, since then at its start.
  definition_late: {
    removedIn: '0.18',
    title: 'a C definition behind a probe',
    example: 'BEGIN { } struct S { int a; };',
  },
  definition_late_end: {
    since: '0.18',
    title: 'a C definition behind a probe',
    example: 'BEGIN { } struct S { int a; };',
  },

  // Before 0.26 the error is where the string begins, since then at what follows.
  string_open: {
    since: '0.26',
    title: 'a string that is never closed',
    example: 'BEGIN { print("a); }',
  },
  string_open_end: {
    removedIn: '0.26',
    title: 'a string that is never closed',
    example: 'BEGIN { print("a); }',
  },

  // Attach points
  attach_point_blank: { removedIn: '0.26', title: 'a blank inside an attach point', example: 'kprobe : vfs_read { }' },
  attach_point_empty: {
    removedIn: '0.24',
    title: 'a comma without an attach point before it',
    example: ', BEGIN { }',
  },
  attach_point_text: { since: '0.26', title: 'this character in an attach point', example: 'uprobe:/bin/sh:f@@V1 { }' },
  probe_name: { since: '0.25', title: 'a name before a probe', example: 'mine=BEGIN { }' },

  // Statements
  if_bare: { since: '0.24', title: 'a condition without parentheses', example: 'BEGIN { if pid { print(1); } }' },
  loop_bare: { since: '0.24', title: 'a loop without parentheses', example: 'BEGIN { unroll 3 { print(1); } }' },
  if_value: {
    since: '0.24',
    title: '`if` as a value',
    example: 'BEGIN { $a = if (pid > 1) { 1 } else { 2 }; print($a); }',
  },
  for_loop: { since: '0.21', title: 'a `for` loop', example: 'BEGIN { @a[1] = 1; for ($kv : @a) { print($kv.0); } }' },
  for_range: { since: '0.24', title: 'a range', example: 'BEGIN { for ($i : 0..5) { print($i); } }' },
  for_expression: {
    removedIn: '0.24',
    title: 'anything but a map or a range in `for`',
    example: 'BEGIN { for ($i : $j) { print($i); } }',
  },
  unroll_expression: {
    since: '0.24',
    title: 'an expression as the count of `unroll`',
    example: 'BEGIN { unroll(1 + 1) { print(1); } }',
  },
  return_value: { since: '0.21', title: '`return` with a value', example: 'BEGIN { return 1; }' },
  let: { since: '0.22', title: '`let`', example: 'BEGIN { let $a = 1; print($a); }' },
  let_open: {
    since: '0.26',
    title: 'a declaration without a semicolon at the end of a block',
    example: 'BEGIN { let $a }',
  },
  discard: { since: '0.25', title: '`_ = …`', example: 'BEGIN { _ = 1; }' },
  block: { since: '0.24', title: 'a block inside a block', example: 'BEGIN { { print(1); } }' },
  block_semicolon: { since: '0.26', title: 'a semicolon behind a block', example: 'BEGIN { if (pid) { print(1); }; }' },
  statement_ternary: {
    removedIn: '0.26',
    title: 'a `?:` statement that starts with a variable or map',
    example: 'BEGIN { $a = 1; $a ? print(1) : print(2); }',
  },
  update_operand: {
    removedIn: '0.26',
    title: 'an operator behind `++` or `--` in a statement',
    example: 'BEGIN { $a = 1; $a++ + 1; }',
  },
  update_after_if: {
    removedIn: '0.26',
    title: '`++` or `--` right behind the block of an `if`',
    example: 'BEGIN { $a = 1; if (pid) { } ++$a; }',
  },

  // Expressions
  ternary_short: { since: '0.26', title: '`a ?: b`', example: 'BEGIN { $a = pid ?: 7; print($a); }' },
  colon_word: {
    since: '0.24',
    title: 'a colon without a blank behind it',
    example: 'BEGIN { $a = pid ? 1 :2; print($a); }',
  },
  address_of: {
    since: '0.24',
    title: 'the address of a variable or map',
    example: 'BEGIN { $a = 1; $b = &$a; print(*$b); }',
  },
  parenthesized_update: { since: '0.26', title: '`++` or `--` on parentheses', example: 'BEGIN { $a = 1; ($a)++; }' },
  parenthesized_word: {
    since: '0.24',
    title: 'a bare word in parentheses as an operand',
    example: 'enum K { A1 } BEGIN { print((A1) == 1); }',
  },
  parenthesized_builtin: {
    removedIn: '0.26',
    title: 'this word in parentheses before `&`, `*` or `-`',
    example: 'BEGIN { print((uid) && 2); }',
  },
  function_word: {
    since: '0.24',
    title: 'the name of a function without parentheses',
    example: 'BEGIN { $a = print; }',
  },
  function_type: {
    since: '0.24',
    title: 'the name of a function or builtin as a type',
    example: 'BEGIN { $a = (path *)1; }',
  },
  keyword_word: { since: '0.26', title: 'a keyword as a name', example: 'BEGIN { $a = else; }' },
  config_word: {
    removedIn: '0.20',
    returnedIn: '0.26',
    title: '`config` as a name',
    example: 'BEGIN { $a = config; }',
  },
  let_word: { removedIn: '0.22', returnedIn: '0.26', title: '`let` as a name', example: 'BEGIN { $a = let; }' },
  fn_word: { removedIn: '0.21', returnedIn: '0.26', title: '`fn` as a name', example: 'BEGIN { $a = fn; }' },
  keyword_field: { since: '0.21', title: 'a keyword as a field', example: 'BEGIN { $a = $b.for; }' },
  type_field: {
    removedIn: '0.18',
    returnedIn: '0.24',
    title: 'the name of a type as a field',
    example: 'BEGIN { $a = $b.string; }',
  },
  type_word: {
    removedIn: '0.18',
    returnedIn: '0.26',
    title: 'the name of a type as a value',
    example: 'BEGIN { print(uint8[1]); }',
  },
  record: { since: '0.25', title: 'a record', example: 'BEGIN { $r = (a=1, b=2); print($r.a); }' },
  tuple_empty: { since: '0.25', title: 'an empty tuple', example: 'BEGIN { $t = (); }' },
  tuple_comma: {
    since: '0.25',
    title: 'a tuple with a comma at its end',
    example: 'BEGIN { $t = (1,); print($t.0); }',
  },
  word_index: {
    removedIn: '0.26',
    title: 'an index on a bare word in parentheses',
    example: 'BEGIN { print((foo[$x])); }',
  },
  offsetof: {
    since: '0.18',
    title: '`offsetof`',
    example: 'struct F { int a; } BEGIN { print(offsetof(struct F, a)); }',
  },
  typeof: { since: '0.25', title: '`typeof`', example: 'BEGIN { $a = 1; let $b : typeof($a) = 3; print($b); }' },
  typeinfo: { since: '0.25', title: '`typeinfo`', example: 'BEGIN { print(typeinfo(uint8).full_type); }' },
  comptime: { since: '0.25', title: '`comptime`', example: 'BEGIN { print(comptime (1 + 2)); }' },
  type_argument: {
    since: '0.27',
    title: 'a type as an argument',
    example: 'macro size(t) { sizeof(t) } BEGIN { print(size(typeof(uint8))); }',
  },
  sizeof_pointer: { since: '0.18', title: 'the size of a pointer type', example: 'BEGIN { print(sizeof(uint8 *)); }' },
  cast_array: { since: '0.19', title: 'a cast to an array', example: 'BEGIN { $a = (uint8[8])1; }' },
  cast_deep_pointer: {
    since: '0.18',
    title: 'a cast to a pointer of more than two levels',
    example: 'BEGIN { $a = (uint8 ***)1; }',
  },
  type_postfix: { since: '0.25', title: 'an array of pointers', example: 'BEGIN { print(sizeof(uint32*[10])); }' },

  // Literals and lexical details
  integer_duration: { since: '0.24', title: 'a duration', example: 'BEGIN { print(5ms); }' },
  integer_upper_suffix: { removedIn: '0.24', title: 'an upper-case integer suffix', example: 'BEGIN { print(10UL); }' },
  integer_hex_separator: { since: '0.26', title: '`_` in a hexadecimal number', example: 'BEGIN { print(0xff_ff); }' },
  integer_wide_unsigned: {
    removedIn: '0.24',
    title: 'a number too large for its suffix',
    example: 'BEGIN { print(5000000000u); }',
  },
  integer_large_exponent: { since: '0.24', title: 'an exponent above 16', example: 'BEGIN { print(1e18); }' },
  integer_zero_exponent: {
    removedIn: '0.24',
    title: 'a zero in scientific notation',
    example: 'BEGIN { print(1e0); }',
  },
  comment_open: { since: '0.26', title: 'a comment that is never closed', example: 'BEGIN { } /* never closed' },
} as const satisfies Record<string, Construct>

export type ConstructId = keyof typeof constructs

/** Words that the generated parsers reserve: no names, and fields only since `keyword_field`. */
export const reservedWords: ReadonlySet<string> = new Set([
  'if', 'else', 'unroll', 'while', 'for', 'return', 'continue', 'break',
]) // biome-ignore format: one line of words

/** Words that became reserved later on, and free again. */
export const laterReservedWords = new Map<string, ConstructId>([
  ['config', 'config_word'],
  ['let', 'let_word'],
  ['fn', 'fn_word'],
])

/** Names of types that the generated parsers of 0.18 to 0.23 lex as types and therefore refuse as fields. */
export const typeWords: ReadonlySet<string> = new Set([
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'string', 'inet', 'buffer',
]) // biome-ignore format: one line of words

/** What the grammar itself takes as the name of a type where an expression could stand too. */
export const builtinTypes: ReadonlySet<string> = new Set([
  'bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'void', 'min_t', 'max_t', 'sum_t',
  'count_t', 'avg_t', 'stats_t', 'umin_t', 'umax_t', 'usum_t', 'uavg_t', 'ustats_t', 'timestamp', 'macaddr_t',
  'cgroup_path_t', 'string', 'buffer', 'inet', 'username_t',
]) // biome-ignore format: a table of words

const builtinWords = new Set([
  'args', 'ctx', 'kstack', 'nsecs', 'pid', 'tid', 'ustack', '__builtin_comm', '__builtin_cpid', '__builtin_cpu',
  '__builtin_dw_ustack', '__builtin_elapsed', '__builtin_func', '__builtin_ncpus', '__builtin_probe',
  '__builtin_retval', '__builtin_usermode',
]) // biome-ignore format: a table of words

/** Words that the newest grammar knows as builtins, so that they are never read as a type, a record field or a parameter. */
export function isGrammarBuiltin(name: string): boolean {
  return builtinWords.has(name) || /^s?arg[0-9]+$/.test(name)
}

/** Builtins of the generated parsers that are library macros today: words to the newest grammar, values to the old. */
export const formerBuiltins: ReadonlySet<string> = new Set([
  'cgroup', 'comm', 'cpid', 'numaid', 'cpu', 'curtask', 'elapsed', 'func', 'gid', 'probe', 'rand', 'retval', 'uid',
  'username', 'jiffies', 'usermode', 'ncpus',
]) // biome-ignore format: a table of words

/** Functions of the generated parsers: to them neither names nor types. */
export const formerCalls: ReadonlySet<string> = new Set([
  'avg', 'buf', 'cat', 'cgroupid', 'clear', 'count', 'delete', 'exit', 'hist', 'join', 'kaddr', 'kptr', 'ksym', 'lhist',
  'macaddr', 'max', 'min', 'ntop', 'override', 'print', 'printf', 'cgroup_path', 'reg', 'signal', 'sizeof', 'stats',
  'str', 'strerror', 'strftime', 'strncmp', 'strcontains', 'sum', 'system', 'time', 'uaddr', 'uptr', 'usym', 'zero',
  'path', 'unwatch', 'bswap', 'skboutput', 'pton', 'debugf',
]) // biome-ignore format: a table of words

/** Words that choose how a stack is shown; the generated parsers lex them apart. */
export const stackModes: ReadonlySet<string> = new Set(['bpftrace', 'perf', 'raw'])
