/** Every diagnostic by its code, which is the name of its file. Written by scripts/generate-listings.ts: do not edit. */
import addressInvalid from './address-invalid.ts'
import addressSpaceMismatch from './address-space-mismatch.ts'
import aggregateContained from './aggregate-contained.ts'
import aggregateNotAssigned from './aggregate-not-assigned.ts'
import aggregateSize from './aggregate-size.ts'
import argumentCount from './argument-count.ts'
import argumentInvalid from './argument-invalid.ts'
import argumentLiteral from './argument-literal.ts'
import argumentRegister from './argument-register.ts'
import argumentType from './argument-type.ts'
import argumentUnknown from './argument-unknown.ts'
import arrayComparison from './array-comparison.ts'
import assignmentInType from './assignment-in-type.ts'
import assignmentInvalid from './assignment-invalid.ts'
import assignmentNotAllowed from './assignment-not-allowed.ts'
import attachPointInvalid from './attach-point-invalid.ts'
import attachPointParameter from './attach-point-parameter.ts'
import attachPointParts from './attach-point-parts.ts'
import branchTypes from './branch-types.ts'
import builtinInLoop from './builtin-in-loop.ts'
import builtinOutsideProbe from './builtin-outside-probe.ts'
import builtinRemoved from './builtin-removed.ts'
import builtinUnavailable from './builtin-unavailable.ts'
import cDefinition from './c-definition.ts'
import cMacro from './c-macro.ts'
import castInvalid from './cast-invalid.ts'
import clockUnknown from './clock-unknown.ts'
import comparisonMismatch from './comparison-mismatch.ts'
import comptimeUnresolved from './comptime-unresolved.ts'
import conditionInvalid from './condition-invalid.ts'
import configEnvironmentOnly from './config-environment-only.ts'
import configKeyDeprecated from './config-key-deprecated.ts'
import configKeyRenamed from './config-key-renamed.ts'
import configKeyUnknown from './config-key-unknown.ts'
import configValueInvalid from './config-value-invalid.ts'
import contextInKey from './context-in-key.ts'
import debugf from './debugf.ts'
import declarationType from './declaration-type.ts'
import type { DiagnosticDefinition } from './define.ts'
import dereferenceInvalid from './dereference-invalid.ts'
import discardedValue from './discarded-value.ts'
import enumUnknown from './enum-unknown.ts'
import enumValueUnknown from './enum-value-unknown.ts'
import eventUnknown from './event-unknown.ts'
import failArguments from './fail-arguments.ts'
import failCall from './fail-call.ts'
import featureUnstable from './feature-unstable.ts'
import fieldAccess from './field-access.ts'
import fieldOnPointer from './field-on-pointer.ts'
import fieldTag from './field-tag.ts'
import fieldUnknown from './field-unknown.ts'
import formatArguments from './format-arguments.ts'
import formatSpecifier from './format-specifier.ts'
import functionUnavailable from './function-unavailable.ts'
import functionUnknown from './function-unknown.ts'
import getopt from './getopt.ts'
import histogramShape from './histogram-shape.ts'
import identifierUnknown from './identifier-unknown.ts'
import implicitCast from './implicit-cast.ts'
import importNotFound from './import-not-found.ts'
import importStatement from './import-statement.ts'
import importTypeUnknown from './import-type-unknown.ts'
import indexInvalid from './index-invalid.ts'
import indexOutOfBounds from './index-out-of-bounds.ts'
import indexType from './index-type.ts'
import indexUnsized from './index-unsized.ts'
import iterAttachPoints from './iter-attach-points.ts'
import iterationType from './iteration-type.ts'
import jumpDisallowed from './jump-disallowed.ts'
import kernelFieldUnknown from './kernel-field-unknown.ts'
import keyedMapWithoutKey from './keyed-map-without-key.ts'
import lengthNegative from './length-negative.ts'
import literalOverflow from './literal-overflow.ts'
import loopReturnInconsistent from './loop-return-inconsistent.ts'
import loopVariableShadows from './loop-variable-shadows.ts'
import macroArgumentKind from './macro-argument-kind.ts'
import macroArgumentShadowed from './macro-argument-shadowed.ts'
import macroArguments from './macro-arguments.ts'
import macroHygiene from './macro-hygiene.ts'
import macroParameterDuplicate from './macro-parameter-duplicate.ts'
import macroRecursion from './macro-recursion.ts'
import macroRedefinition from './macro-redefinition.ts'
import mapArgumentExpected from './map-argument-expected.ts'
import mapKeyInvalid from './map-key-invalid.ts'
import mapKeyMismatch from './map-key-mismatch.ts'
import mapKeyOnWhole from './map-key-on-whole.ts'
import mapTypeIncompatible from './map-type-incompatible.ts'
import mapTypeMismatch from './map-type-mismatch.ts'
import mapTypeUnknown from './map-type-unknown.ts'
import mapUndefined from './map-undefined.ts'
import mapUnused from './map-unused.ts'
import mapValueInvalid from './map-value-invalid.ts'
import namespaceUnknown from './namespace-unknown.ts'
import offsetField from './offset-field.ts'
import olderSpelling from './older-spelling.ts'
import operatorInvalid from './operator-invalid.ts'
import parameterEmpty from './parameter-empty.ts'
import parameterText from './parameter-text.ts'
import pointerComparison from './pointer-comparison.ts'
import predicateInvalid from './predicate-invalid.ts'
import printInLoop from './print-in-loop.ts'
import printInvalid from './print-invalid.ts'
import printStats from './print-stats.ts'
import probeNameDuplicate from './probe-name-duplicate.ts'
import probeRateInvalid from './probe-rate-invalid.ts'
import probeReturn from './probe-return.ts'
import probeTypeUnknown from './probe-type-unknown.ts'
import rangeType from './range-type.ts'
import registerUnknown from './register-unknown.ts'
import returnType from './return-type.ts'
import retvalMissing from './retval-missing.ts'
import scalarMapIteration from './scalar-map-iteration.ts'
import scalarMapWithKey from './scalar-map-with-key.ts'
import signMix from './sign-mix.ts'
import signalInvalid from './signal-invalid.ts'
import signedDivision from './signed-division.ts'
import sizeMismatch from './size-mismatch.ts'
import specialProbeDuplicate from './special-probe-duplicate.ts'
import stackArguments from './stack-arguments.ts'
import stackModeFallback from './stack-mode-fallback.ts'
import stackModeUnknown from './stack-mode-unknown.ts'
import strLength from './str-length.ts'
import strParameter from './str-parameter.ts'
import stringAlwaysEmpty from './string-always-empty.ts'
import stringTooLong from './string-too-long.ts'
import structUnknown from './struct-unknown.ts'
import ternaryType from './ternary-type.ts'
import tracepointCommonField from './tracepoint-common-field.ts'
import tupleAccess from './tuple-access.ts'
import tupleAsKey from './tuple-as-key.ts'
import tupleIndex from './tuple-index.ts'
import tupleIndexLiteral from './tuple-index-literal.ts'
import typeArgumentMisplaced from './type-argument-misplaced.ts'
import typeLocked from './type-locked.ts'
import typeMismatch from './type-mismatch.ts'
import typeUnknown from './type-unknown.ts'
import typeUnresolved from './type-unresolved.ts'
import unnecessaryCast from './unnecessary-cast.ts'
import unreachable from './unreachable.ts'
import unrollCount from './unroll-count.ts'
import unsafeAddress from './unsafe-address.ts'
import unsafeFunction from './unsafe-function.ts'
import unusedMacro from './unused-macro.ts'
import unusedVariable from './unused-variable.ts'
import variableBeforeAssignment from './variable-before-assignment.ts'
import variableNeverAssigned from './variable-never-assigned.ts'
import variableRedeclared from './variable-redeclared.ts'
import variableUndeclared from './variable-undeclared.ts'
import variableValueInvalid from './variable-value-invalid.ts'
import whileDeprecated from './while-deprecated.ts'

export const diagnostics = {
  'address-invalid': addressInvalid,
  'address-space-mismatch': addressSpaceMismatch,
  'aggregate-contained': aggregateContained,
  'aggregate-not-assigned': aggregateNotAssigned,
  'aggregate-size': aggregateSize,
  'argument-count': argumentCount,
  'argument-invalid': argumentInvalid,
  'argument-literal': argumentLiteral,
  'argument-register': argumentRegister,
  'argument-type': argumentType,
  'argument-unknown': argumentUnknown,
  'array-comparison': arrayComparison,
  'assignment-in-type': assignmentInType,
  'assignment-invalid': assignmentInvalid,
  'assignment-not-allowed': assignmentNotAllowed,
  'attach-point-invalid': attachPointInvalid,
  'attach-point-parameter': attachPointParameter,
  'attach-point-parts': attachPointParts,
  'branch-types': branchTypes,
  'builtin-in-loop': builtinInLoop,
  'builtin-outside-probe': builtinOutsideProbe,
  'builtin-removed': builtinRemoved,
  'builtin-unavailable': builtinUnavailable,
  'c-definition': cDefinition,
  'c-macro': cMacro,
  'cast-invalid': castInvalid,
  'clock-unknown': clockUnknown,
  'comparison-mismatch': comparisonMismatch,
  'comptime-unresolved': comptimeUnresolved,
  'condition-invalid': conditionInvalid,
  'config-environment-only': configEnvironmentOnly,
  'config-key-deprecated': configKeyDeprecated,
  'config-key-renamed': configKeyRenamed,
  'config-key-unknown': configKeyUnknown,
  'config-value-invalid': configValueInvalid,
  'context-in-key': contextInKey,
  debugf: debugf,
  'declaration-type': declarationType,
  'dereference-invalid': dereferenceInvalid,
  'discarded-value': discardedValue,
  'enum-unknown': enumUnknown,
  'enum-value-unknown': enumValueUnknown,
  'event-unknown': eventUnknown,
  'fail-arguments': failArguments,
  'fail-call': failCall,
  'feature-unstable': featureUnstable,
  'field-access': fieldAccess,
  'field-on-pointer': fieldOnPointer,
  'field-tag': fieldTag,
  'field-unknown': fieldUnknown,
  'format-arguments': formatArguments,
  'format-specifier': formatSpecifier,
  'function-unavailable': functionUnavailable,
  'function-unknown': functionUnknown,
  getopt: getopt,
  'histogram-shape': histogramShape,
  'identifier-unknown': identifierUnknown,
  'implicit-cast': implicitCast,
  'import-not-found': importNotFound,
  'import-statement': importStatement,
  'import-type-unknown': importTypeUnknown,
  'index-invalid': indexInvalid,
  'index-out-of-bounds': indexOutOfBounds,
  'index-type': indexType,
  'index-unsized': indexUnsized,
  'iter-attach-points': iterAttachPoints,
  'iteration-type': iterationType,
  'jump-disallowed': jumpDisallowed,
  'kernel-field-unknown': kernelFieldUnknown,
  'keyed-map-without-key': keyedMapWithoutKey,
  'length-negative': lengthNegative,
  'literal-overflow': literalOverflow,
  'loop-return-inconsistent': loopReturnInconsistent,
  'loop-variable-shadows': loopVariableShadows,
  'macro-argument-kind': macroArgumentKind,
  'macro-argument-shadowed': macroArgumentShadowed,
  'macro-arguments': macroArguments,
  'macro-hygiene': macroHygiene,
  'macro-parameter-duplicate': macroParameterDuplicate,
  'macro-recursion': macroRecursion,
  'macro-redefinition': macroRedefinition,
  'map-argument-expected': mapArgumentExpected,
  'map-key-invalid': mapKeyInvalid,
  'map-key-mismatch': mapKeyMismatch,
  'map-key-on-whole': mapKeyOnWhole,
  'map-type-incompatible': mapTypeIncompatible,
  'map-type-mismatch': mapTypeMismatch,
  'map-type-unknown': mapTypeUnknown,
  'map-undefined': mapUndefined,
  'map-unused': mapUnused,
  'map-value-invalid': mapValueInvalid,
  'namespace-unknown': namespaceUnknown,
  'offset-field': offsetField,
  'older-spelling': olderSpelling,
  'operator-invalid': operatorInvalid,
  'parameter-empty': parameterEmpty,
  'parameter-text': parameterText,
  'pointer-comparison': pointerComparison,
  'predicate-invalid': predicateInvalid,
  'print-in-loop': printInLoop,
  'print-invalid': printInvalid,
  'print-stats': printStats,
  'probe-name-duplicate': probeNameDuplicate,
  'probe-rate-invalid': probeRateInvalid,
  'probe-return': probeReturn,
  'probe-type-unknown': probeTypeUnknown,
  'range-type': rangeType,
  'register-unknown': registerUnknown,
  'return-type': returnType,
  'retval-missing': retvalMissing,
  'scalar-map-iteration': scalarMapIteration,
  'scalar-map-with-key': scalarMapWithKey,
  'sign-mix': signMix,
  'signal-invalid': signalInvalid,
  'signed-division': signedDivision,
  'size-mismatch': sizeMismatch,
  'special-probe-duplicate': specialProbeDuplicate,
  'stack-arguments': stackArguments,
  'stack-mode-fallback': stackModeFallback,
  'stack-mode-unknown': stackModeUnknown,
  'str-length': strLength,
  'str-parameter': strParameter,
  'string-always-empty': stringAlwaysEmpty,
  'string-too-long': stringTooLong,
  'struct-unknown': structUnknown,
  'ternary-type': ternaryType,
  'tracepoint-common-field': tracepointCommonField,
  'tuple-access': tupleAccess,
  'tuple-as-key': tupleAsKey,
  'tuple-index': tupleIndex,
  'tuple-index-literal': tupleIndexLiteral,
  'type-argument-misplaced': typeArgumentMisplaced,
  'type-locked': typeLocked,
  'type-mismatch': typeMismatch,
  'type-unknown': typeUnknown,
  'type-unresolved': typeUnresolved,
  'unnecessary-cast': unnecessaryCast,
  unreachable: unreachable,
  'unroll-count': unrollCount,
  'unsafe-address': unsafeAddress,
  'unsafe-function': unsafeFunction,
  'unused-macro': unusedMacro,
  'unused-variable': unusedVariable,
  'variable-before-assignment': variableBeforeAssignment,
  'variable-never-assigned': variableNeverAssigned,
  'variable-redeclared': variableRedeclared,
  'variable-undeclared': variableUndeclared,
  'variable-value-invalid': variableValueInvalid,
  'while-deprecated': whileDeprecated,
} as const

export type Code = keyof typeof diagnostics
export type DataOf<C extends Code> = (typeof diagnostics)[C] extends DiagnosticDefinition<infer Data> ? Data : never
