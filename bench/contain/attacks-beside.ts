/**
 * The attacks of test/attacks that are no operations: reactions and jobs, which need a clock that is set, and `fetch`, which needs outside
 * hosts that write raw bytes. Each has its own machine with real hosts and a real PostgreSQL, on the same computer as the loaded system.
 */
import { attacksOf } from '../../test/attacks/harness/collection.ts';
import { mustStayOutside, openOutsideWorld, type OutsideAttack } from '../../test/attacks/harness/outsides.ts';
import { openAttackedBench, runUnaskedAttack, type UnaskedAttack } from '../../test/attacks/harness/unasked.ts';

export interface AttackBeside {
  readonly name: string;
  /** Throws where it succeeded. */
  readonly attack: () => Promise<void>;
}
/** One after another: those of a machine set its clock, and its outside hosts. */
export interface AttacksBeside {
  readonly attacks: readonly AttackBeside[];
  close(): Promise<void>;
}

export async function openAttacksBeside(): Promise<AttacksBeside> {
  const [unasked, outside] = await Promise.all([openAttackedBench(), openOutsideWorld()]);
  const attacks: AttackBeside[] = [];
  for (const kind of ['reactions', 'jobs'])
    for (const [name, attack] of await attacksOf<UnaskedAttack>(kind))
      attacks.push({ name: `${kind}/${name}`, attack: () => runUnaskedAttack(unasked, attack) });
  for (const [name, attack] of await attacksOf<OutsideAttack>('fetch'))
    attacks.push({ name: `fetch/${name}`, attack: () => mustStayOutside(outside, attack) });
  return {
    attacks,
    close: async () => {
      await Promise.all([unasked.close(), outside.close()]);
    },
  };
}
