/**
 * A filter on the system calls of a host (seccomp), where this machine has something that can set one before Node begins: perl, which
 * most systems have, since setpriv learns it with util-linux 2.41 only. What a host never needs is refused by the operating
 * system itself: new processes, sockets, other processes' memory, mounts, namespaces, keys, kernel modules, io_uring, bpf.
 * What remains is what Node needs to compute and to read and write its channel. Linux on x86-64; elsewhere there is none.
 */

/** Numbers of arch/x86/entry/syscalls/syscall_64.tbl. */
const refused: { readonly [call: string]: number } = {
  socket: 41,
  connect: 42,
  accept: 43,
  bind: 49,
  listen: 50,
  fork: 57,
  vfork: 58,
  ptrace: 101,
  personality: 135,
  pivot_root: 155,
  chroot: 161,
  acct: 163,
  settimeofday: 164,
  mount: 165,
  umount2: 166,
  swapon: 167,
  swapoff: 168,
  reboot: 169,
  sethostname: 170,
  iopl: 172,
  ioperm: 173,
  init_module: 175,
  delete_module: 176,
  quotactl: 179,
  clock_settime: 227,
  kexec_load: 246,
  add_key: 248,
  request_key: 249,
  keyctl: 250,
  unshare: 272,
  accept4: 288,
  perf_event_open: 298,
  name_to_handle_at: 303,
  open_by_handle_at: 304,
  setns: 308,
  process_vm_readv: 310,
  process_vm_writev: 311,
  kcmp: 312,
  finit_module: 313,
  kexec_file_load: 320,
  bpf: 321,
  execveat: 322,
  userfaultfd: 323,
  pidfd_send_signal: 424,
  io_uring_setup: 425,
  io_uring_enter: 426,
  io_uring_register: 427,
  open_tree: 428,
  move_mount: 429,
  fsopen: 430,
  fsconfig: 431,
  fsmount: 432,
  pidfd_open: 434,
  pidfd_getfd: 438,
};
const [clone, clone3] = [56, 435];
const sharesMemoryAsThread = 0x1_0000;
const x86of64 = 0xc000_003e;
/** Offsets in struct seccomp_data. */
const [numberAt, processorAt, firstArgumentAt] = [0, 4, 16];
const [load, equal, atLeast, anyBit, give] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [allow, kill] = [0x7fff_0000, 0x8000_0000];
const fail = (errno: number): number => 0x0005_0000 | errno;
const [notPermitted, notThere] = [1, 38];

/** A classic BPF program: instructions of eight bytes. */
export function systemCallFilter(): Buffer {
  const instructions: (readonly [code: number, yes: number, no: number, value: number])[] = [
    [load, 0, 0, processorAt],
    [equal, 1, 0, x86of64],
    [give, 0, 0, kill],
    [load, 0, 0, numberAt],
    // Calls of the x32 interface are numbered from here.
    [atLeast, 0, 1, 0x4000_0000],
    [give, 0, 0, fail(notPermitted)],
    ...Object.values(refused).flatMap((number) => [[equal, 0, 1, number] as const, [give, 0, 0, fail(notPermitted)] as const]),
    // Its flags cannot be seen here; without it the C library takes the older call.
    [equal, 0, 1, clone3],
    [give, 0, 0, fail(notThere)],
    [equal, 0, 4, clone],
    [load, 0, 0, firstArgumentAt],
    [anyBit, 1, 0, sharesMemoryAsThread],
    [give, 0, 0, fail(notPermitted)],
    [give, 0, 0, allow],
    [give, 0, 0, allow],
  ];
  const program = Buffer.alloc(instructions.length * 8);
  for (const [at, [code, yes, no, value]] of instructions.entries()) {
    program.writeUInt16LE(code, at * 8);
    program.writeUInt8(yes, at * 8 + 2);
    program.writeUInt8(no, at * 8 + 3);
    program.writeUInt32LE(value, at * 8 + 4);
  }
  return program;
}

/** prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program); then the program that follows takes its place. Without success nothing is started. */
const setAndGo =
  'my $filter = pack("H*", shift); my $program = pack("S x6 P", length($filter) / 8, $filter); syscall(157, 22, 2, $program, 0, 0) == 0 or die "seccomp: $!"; exec { $ARGV[0] } @ARGV or die "exec: $!";';

/** What stands before Node; it needs no-new-privileges to be set. Empty where there is no filter for this machine. */
export const filtered = (perl: string | null): readonly string[] =>
  perl === null || process.platform !== 'linux' || process.arch !== 'x64' ? [] : [perl, '-e', setAndGo, systemCallFilter().toString('hex')];
