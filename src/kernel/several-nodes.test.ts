/** Several kernels over one log: each decides by what it has read, appends only where nobody was first, and may die at any moment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Command, decide, emptyState, isRefusal, type KernelEvent, type KernelState, replay, apply } from './index.ts';
import { at, facts, generation, owner, policy } from './specimens.ts';

interface Node {
  state: KernelState;
}
const first = decide(emptyState, { kind: 'install', at, by: owner, generation: generation(1) });

const commandOf = (state: KernelState, kind: string, number: number, later: boolean): Command => {
  const stable = state.routing.stable ?? generation(1);
  switch (kind) {
    case 'admit':
      return { kind, at, by: owner, facts: facts(stable, generation(number), String(number)) };
    case 'activate':
      return { kind, at, by: owner, generation: generation(number) };
    case 'roll-back':
      return { kind, at, by: owner, withLater: later, policy };
    case 'close':
      return { kind, at, by: owner, activation: number };
    case 'freeze':
      return { kind, at, by: owner, why: '', policy };
    default:
      return { kind: 'unfreeze', at, by: owner, policy };
  }
};

test('whoever decides in whatever order, with deaths between deciding, appending and hearing of it: one log, one state, one that serves', () => {
  const step = fc.record({
    node: fc.nat(2),
    kind: fc.constantFrom('admit', 'admit', 'activate', 'activate', 'roll-back', 'close', 'freeze', 'unfreeze'),
    number: fc.integer({ min: 2, max: 6 }),
    later: fc.boolean(),
    dies: fc.constantFrom('not', 'not', 'not', 'before it appends', 'before it hears that it did'),
    reads: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      assert.ok(!isRefusal(first));
      const log: KernelEvent[] = [...first];
      const started = (): Node => ({ state: replay(emptyState, log) });
      const nodes: Node[] = [started(), started(), started()];
      for (const { node: at, kind, number, later, dies, reads } of steps) {
        const node = nodes[at];
        if (node === undefined) continue;
        const readOn = (): void => void (node.state = replay(node.state, log.slice(node.state.seq)));
        if (reads) readOn();
        // A command speaks of what the node saw when it was given; it is decided again where another was first.
        const command = commandOf(node.state, kind, number, later);
        for (;;) {
          const decided = decide(node.state, command);
          if (isRefusal(decided) || decided.length === 0) break;
          if (dies === 'before it appends') {
            nodes[at] = started();
            break;
          }
          if (node.state.seq !== log.length) {
            readOn();
            continue;
          }
          const before = replay(emptyState, log);
          log.push(...decided);
          if (dies === 'before it hears that it did') nodes[at] = started();
          else node.state = decided.reduce(apply, node.state);
          holds(replay(emptyState, log), before, decided);
          break;
        }
      }
      for (const node of nodes) {
        assert.deepEqual(replay(emptyState, log.slice(0, node.state.seq)), node.state, 'a node is the fold of a beginning of the log');
        assert.deepEqual(replay(node.state, log.slice(node.state.seq)), replay(emptyState, log));
      }
    }),
    { seed: 20261123, numRuns: 400 },
  );
});

function holds(state: KernelState, before: KernelState, decided: readonly KernelEvent[]): void {
  const { routing } = state;
  assert.ok(routing.stable !== null && state.admitted[routing.stable] !== undefined, 'what serves was admitted');
  assert.equal(Object.values(state.live).filter((life) => life.state === 'serving').length, 1);
  assert.equal(state.line.at(-1)?.generation, routing.stable);
  for (const event of decided) {
    if (event.kind === 'activated') {
      assert.equal(state.admitted[event.generation]?.base, before.routing.stable, 'it was made on what served');
      assert.equal(event.activation, before.routing.activation + 1, 'no number is given twice');
    }
    if (event.kind === 'activated' || event.kind === 'admitted') assert.equal(before.frozen, null);
  }
}
