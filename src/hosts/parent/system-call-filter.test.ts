/** The filter is set for real programs here; what they then may not do is asked of the operating system. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { surroundings } from './containment.ts';
import { openTestHosts } from './specimens.ts';
import { filtered } from './system-call-filter.ts';

const { perl = null, setpriv } = surroundings('own');
const before = filtered(perl);
const there = before.length > 0 && setpriv !== null;
/** What a small program answers behind the filter. */
function behind(script: string): string {
  const [file = '', ...rest] = [setpriv ?? '', '--no-new-privs', ...before, perl ?? '', '-e', script];
  const ended = spawnSync(file, rest, { encoding: 'utf8', timeout: 10_000 });
  return `${ended.stdout}${ended.stderr}`.trim();
}

describe('the filter on system calls', { skip: !there }, () => {
  test('lets a program compute, read and write', () => {
    assert.equal(behind('open(my $f, "<", "/proc/self/status") or die; print scalar(grep { /^Seccomp:\\t2$/ } <$f>);'), '1');
  });

  for (const [what, script] of [
    ['a new process', 'my $pid = fork(); if (defined $pid) { exit if $pid == 0; print "done" } else { print $! }'],
    ['a program beside itself', 'print system("/bin/true") == -1 ? $! : "done";'],
    ['a socket', 'print syscall(41, 2, 1, 0) == -1 ? $! : "done";'],
    ['a local socket', 'print syscall(41, 1, 1, 0) == -1 ? $! : "done";'],
    ['a look at another process', 'print syscall(101, 16, getppid(), 0, 0) == -1 ? $! : "done";'],
    ['a descriptor of another process', 'print syscall(434, getppid(), 0) == -1 ? $! : "done";'],
    ['a namespace', 'print syscall(272, 0x10000000) == -1 ? $! : "done";'],
    ['io_uring', 'my $p = "\\0" x 120; print syscall(425, 8, $p) == -1 ? $! : "done";'],
    ['bpf', 'my $p = "\\0" x 120; print syscall(321, 0, $p, 120) == -1 ? $! : "done";'],
    ['a key ring', 'print syscall(250, 0, -3, 1, 0, 0) == -1 ? $! : "done";'],
    ['a call of the x32 interface', 'print syscall(0x40000000 + 39) == -1 ? $! : "done";'],
  ] as const)
    test(`refuses ${what}`, () => assert.equal(behind(script), 'Operation not permitted'));

  test('a control: without it the same programs do what they try', () => {
    const plain = spawnSync(perl ?? '', ['-e', 'my $pid = fork(); exit if $pid == 0; print syscall(41, 2, 1, 0) >= 0 ? "done" : $!;'], {
      encoding: 'utf8',
    });
    assert.equal(plain.stdout, 'done');
  });

  for (const user of ['own', 'same'] as const)
    test(`holds every host (${user} user)`, async () => {
      const hosts = await openTestHosts({ user });
      while (hosts.pids().length < 3) await new Promise((done) => setImmediate(done));
      for (const { pid } of hosts.pids()) assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), /^Seccomp:\t2$/m);
      assert.equal(hosts.status().containment.find(({ name }) => name === 'system call filter')?.holds, true);
      await hosts.close();
    });
});
