// Written by scripts/generate-listings.ts from the folder listing: do not edit.
import blockLatencyHeat from './all/block-latency-heat.ts'
import blockLatency from './all/block-latency.ts'
import blockSizes from './all/block-sizes.ts'
import blockedStacks from './all/blocked-stacks.ts'
import cgroupBreakdown from './all/cgroup-breakdown.ts'
import contextSwitches from './all/context-switches.ts'
import cpuByProcess from './all/cpu-by-process.ts'
import cpuStacks from './all/cpu-stacks.ts'
import dnsLatency from './all/dns-latency.ts'
import eventCounts from './all/event-counts.ts'
import eventRate from './all/event-rate.ts'
import eventStacks from './all/event-stacks.ts'
import fileDeletes from './all/file-deletes.ts'
import fileOpens from './all/file-opens.ts'
import fileSystemLatency from './all/file-system-latency.ts'
import forks from './all/forks.ts'
import futexWaits from './all/futex-waits.ts'
import hardInterrupts from './all/hard-interrupts.ts'
import ioBytes from './all/io-bytes.ts'
import kernelAllocations from './all/kernel-allocations.ts'
import kernelFunctionArgument from './all/kernel-function-argument.ts'
import kernelFunctionCounts from './all/kernel-function-counts.ts'
import kernelFunctionLatency from './all/kernel-function-latency.ts'
import kernelFunctionReturn from './all/kernel-function-return.ts'
import kernelLocks from './all/kernel-locks.ts'
import latencyBetween from './all/latency-between.ts'
import mallocLive from './all/malloc-live.ts'
import mallocSizes from './all/malloc-sizes.ts'
import mallocStacks from './all/malloc-stacks.ts'
import memoryReclaim from './all/memory-reclaim.ts'
import migrations from './all/migrations.ts'
import mutexContention from './all/mutex-contention.ts'
import networkTraffic from './all/network-traffic.ts'
import offCpu from './all/off-cpu.ts'
import oomKills from './all/oom-kills.ts'
import packetDrops from './all/packet-drops.ts'
import pageAllocations from './all/page-allocations.ts'
import pageCache from './all/page-cache.ts'
import pageFaults from './all/page-faults.ts'
import privilegeChanges from './all/privilege-changes.ts'
import processExits from './all/process-exits.ts'
import processStarts from './all/process-starts.ts'
import runQueueLatency from './all/run-queue-latency.ts'
import runQueueLength from './all/run-queue-length.ts'
import signals from './all/signals.ts'
import slowBlockIo from './all/slow-block-io.ts'
import slowFileIo from './all/slow-file-io.ts'
import slowSyscalls from './all/slow-syscalls.ts'
import socketSizes from './all/socket-sizes.ts'
import softInterrupts from './all/soft-interrupts.ts'
import syscallCounts from './all/syscall-counts.ts'
import syscallErrors from './all/syscall-errors.ts'
import syscallLatency from './all/syscall-latency.ts'
import syscallsByProcess from './all/syscalls-by-process.ts'
import tcpAccepts from './all/tcp-accepts.ts'
import tcpConnectLatency from './all/tcp-connect-latency.ts'
import tcpConnects from './all/tcp-connects.ts'
import tcpLifetime from './all/tcp-lifetime.ts'
import tcpRetransmits from './all/tcp-retransmits.ts'
import tcpStates from './all/tcp-states.ts'
import timeSeries from './all/time-series.ts'
import tlsHandshakes from './all/tls-handshakes.ts'
import tlsTraffic from './all/tls-traffic.ts'
import udpSizes from './all/udp-sizes.ts'
import usdtCounts from './all/usdt-counts.ts'
import userFunctionCounts from './all/user-function-counts.ts'
import userFunctionLatency from './all/user-function-latency.ts'
import wakeups from './all/wakeups.ts'
import workqueueLatency from './all/workqueue-latency.ts'
import type { Template } from './template.ts'

export const templates: readonly Template[] = [
  blockLatencyHeat,
  blockLatency,
  blockSizes,
  blockedStacks,
  cgroupBreakdown,
  contextSwitches,
  cpuByProcess,
  cpuStacks,
  dnsLatency,
  eventCounts,
  eventRate,
  eventStacks,
  fileDeletes,
  fileOpens,
  fileSystemLatency,
  forks,
  futexWaits,
  hardInterrupts,
  ioBytes,
  kernelAllocations,
  kernelFunctionArgument,
  kernelFunctionCounts,
  kernelFunctionLatency,
  kernelFunctionReturn,
  kernelLocks,
  latencyBetween,
  mallocLive,
  mallocSizes,
  mallocStacks,
  memoryReclaim,
  migrations,
  mutexContention,
  networkTraffic,
  offCpu,
  oomKills,
  packetDrops,
  pageAllocations,
  pageCache,
  pageFaults,
  privilegeChanges,
  processExits,
  processStarts,
  runQueueLatency,
  runQueueLength,
  signals,
  slowBlockIo,
  slowFileIo,
  slowSyscalls,
  socketSizes,
  softInterrupts,
  syscallCounts,
  syscallErrors,
  syscallLatency,
  syscallsByProcess,
  tcpAccepts,
  tcpConnectLatency,
  tcpConnects,
  tcpLifetime,
  tcpRetransmits,
  tcpStates,
  timeSeries,
  tlsHandshakes,
  tlsTraffic,
  udpSizes,
  usdtCounts,
  userFunctionCounts,
  userFunctionLatency,
  wakeups,
  workqueueLatency,
]
